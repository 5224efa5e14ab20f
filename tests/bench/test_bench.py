"""The bench computes, tells and draws what it measured; here the figures are made up."""

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import beside
import change
import curve
import growth
import languages
import machine
import plain
import pytest
import reader
import reports
from beside import FIRST, MATERIAL, OURS, ZENSICAL
from curve import Growth
from figures import SCORES, grown, made, made_languages, made_reader, made_reports, made_versions, visited
from lxml import etree
from measure import Build, Ratio, compare, ratio, rounds, run
from section import FOLDER, Section

import bench
import versions
from checkouts import files

SVG = "{http://www.w3.org/2000/svg}"
GOLDEN = Path(__file__).parents[1] / "golden" / "bench"
DEVELOPERS = Path(__file__).parents[2] / "docs" / "developers"


# --- Ratios ------------------------------------------------------------------------------------------


def test_a_ratio_is_of_the_runs_of_one_round():
    """A machine that is slow for a while slows both sides: the ratio of the medians would be 1.5 here."""
    assert ratio([2, 30, 4], [1, 10, 4]) == Ratio(median=2, least=1, greatest=3)
    assert str(ratio([2, 30, 4], [1, 10, 4])) == "2.00 (1.00 to 3.00)"
    these, those = [made(3, memory=50), made(5, memory=70)], [made(1, memory=100), made(1, memory=100)]
    assert compare(these, those) == Ratio(median=4, least=3, greatest=5)
    assert compare(these, those, "memory") == Ratio(median=0.6, least=0.5, greatest=0.7)
    with pytest.raises(ValueError, match="shorter"):
        ratio([1, 2], [1])


# --- A run -------------------------------------------------------------------------------------------


def script(folder, text, **others):
    site = folder / "site"
    return Build(command=("sh", "-c", text), folder=folder, site=site, **others)


def test_a_run_counts_what_was_written_and_what_its_children_used(tmp_path):
    """The processor time of a child counts; the folder is free again for the next run."""
    busy = "sh -c 'i=0; while [ $i -lt 90000 ]; do i=$((i+1)); done'"
    busy = f"mkdir site; head -c 1048576 /dev/zero > site/a; : > site/b; {busy}"
    took = rounds({"one": script(tmp_path, busy)}, 2, "a script")["one"]
    assert [(each.files, each.written) for each in took] == [(2, 1.0)] * 2
    assert all(0.01 < each.seconds <= each.wall * 1.5 and each.memory > 0.5 for each in took)
    assert not (tmp_path / "site").exists()


def test_what_an_earlier_run_kept_is_removed_before_a_cold_one(tmp_path):
    """The second build fails if it finds what the first one kept."""
    keeps = "test ! -e kept/a || exit 3; mkdir -p kept site; : > kept/a; : > site/a"
    cold = script(tmp_path, keeps, fresh=(tmp_path / "kept",))
    assert [run(cold).files for _ in range(2)] == [1, 1]
    with pytest.raises(SystemExit, match="failed"):
        run(script(tmp_path, keeps))


def test_the_memory_is_that_of_the_command_alone(tmp_path):
    """Linux counts what the program that started it had: this one has 200 MiB more while it runs."""
    ballast = bytearray(200 << 20)
    took = run(script(tmp_path, "mkdir site"))
    assert ballast
    assert 0.5 < took.memory < 100


def test_python_keeps_what_it_compiled(tmp_path, monkeypatch):
    """Or ours alone would be compiled at every build: the others were when they were installed."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    asked = 'mkdir site; echo "$PYTHONDONTWRITEBYTECODE$CHARTER_SOURCE" > site/told'
    run(script(tmp_path, asked, source=Path("there")), keep=True)
    assert (tmp_path / "site" / "told").read_text() == "there\n"


def test_a_build_that_fails_ends_the_bench_with_its_words(tmp_path):
    """Nobody is shown figures of a build that was none."""
    with pytest.raises(SystemExit, match="no such charter"):
        run(script(tmp_path, "echo no such charter; exit 1"))


# --- The same words for others -----------------------------------------------------------------------


def test_every_page_becomes_one_file_of_the_same_words(tmp_path):
    """The addresses of versions have dots in them, which are no ends of names."""
    pages = {
        "index.html": "<nav>Menu</nav><main><h1>Home</h1><p>One * two</p></main>",
        "404.html": "<main><p>Missing</p></main>",
        "versions/1.0.0/index.html": "<main><h2>First</h2><ul><li>kept</li></ul></main>",
        "versions/1.0.1/index.html": "<main><p>Second<script>not this</script></p></main>",
        "versions/1.0/index.html": "<p>It moved.</p>",
    }
    for path, html in pages.items():
        page = tmp_path / "site" / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html)
    docs = tmp_path / "docs"
    assert plain.docs(tmp_path / "site", docs) == (3, 6)
    assert {path.relative_to(docs).as_posix(): path.read_text() for path in docs.rglob("*.md")} == {
        "index.md": "# Home\n\nOne \\* two\n",
        "versions/1.0.0.md": "## First\n\n- kept\n",
        "versions/1.0.1.md": "Second\n",
    }


# --- Beside others -----------------------------------------------------------------------------------


def took(**others):
    """Two rounds of a first build, of ours, and of others by their seconds."""
    found = {FIRST: [made(8), made(12)], OURS: [made(2), made(4)]}
    return found | {name: [made(each) for each in seconds] for name, seconds in others.items()}


def text(pages):
    """The real charter's text, or where it has many pages the larger one."""
    name = beside.REAL if pages < 200 else "a larger one"
    return beside.Text(name=name, pages=pages, words=1234, sides={})


@pytest.mark.parametrize(
    ("pages", "tool", "seconds", "target", "met"),
    [
        (90, MATERIAL, [4, 8], "0.8", True),
        (90, MATERIAL, [2.4, 4.8], "0.8", False),
        (90, ZENSICAL, [1, 1], None, True),
        (248, ZENSICAL, [3, 5], "1", True),
        (248, ZENSICAL, [2, 4], "1", False),
        (248, MATERIAL, [1, 1], None, True),
    ],
)
def test_the_real_charter_is_held_against_material_and_many_pages_against_zensical(
    pages, tool, seconds, target, met
):
    section = beside.section([(text(pages), took(**{tool: seconds}))], [])
    assert (f", and has to take less than {target}. Our first build" in section.text) == (target is not None)
    assert bool(section.missed) != met


# --- Growth ------------------------------------------------------------------------------------------


def test_a_straight_line_is_told_from_a_bent_one():
    straight = grown({0: [1.0], 10: [2.0], 100: [11.0]})
    assert straight.line() == curve.Line(slope=pytest.approx(0.1), fit=pytest.approx(1.0))
    assert straight.slope == pytest.approx(100)
    assert straight.bend(0, 10, 100) == pytest.approx(1.0)
    bent = grown({0: [1.0], 10: [2.0], 100: [101.0]})
    assert bent.bend(0, 10, 100) == pytest.approx(11.0)
    assert bent.line().fit < 0.999


def test_a_figure_of_growth_spreads_over_single_rounds():
    found = grown({1: [1.0, 2.0, 4.0], 10: [3.0, 4.0, 4.0]})
    assert found.times(10) == 2.0
    assert found.spread(lambda each: each.times(10)) == (1.0, 3.0)
    assert found.more(10) == 2.0


CURVES = {each.name: each for each in growth.CURVES}


@pytest.mark.parametrize(
    ("name", "seconds", "missed"),
    [
        ("releases", {1: 1, 10: 1.2, 100: 2.5}, []),
        ("releases", {1: 1, 10: 1.2, 100: 3.5}, ["100 releases take 3.50", "Each further release adds 25."]),
        ("principles", {16: 1, 160: 2, 1600: 12}, []),
        ("principles", {16: 1, 160: 2, 1600: 15}, ["Each one above 160 takes 1.30"]),
        ("principles", {16: 1, 64: 100}, []),  # the short one has no more
        ("signatories", {0: 1, 1000: 1.8, 10_000: 9, 100_000: 81}, []),
        ("signatories", {0: 1, 1000: 2, 10_000: 12, 100_000: 112}, ["10,000 signatories take 11.00"]),
        (
            "signatories",
            {0: 1, 1000: 1.4, 10_000: 9, 100_000: 81},
            ["Each of their last thousands takes 2.11"],
        ),
        ("signatories", {0: 1, 1000: 1.8, 10_000: 9, 100_000: 121}, ["Each one above 10,000 takes 1.56"]),
    ],
)
def test_a_limit_that_is_missed_is_told(name, seconds, missed):
    found = Growth(first={}, runs={count: (made(each),) for count, each in seconds.items()})
    told = CURVES[name].missed(found)
    assert len(told) == len(missed)
    assert all(said.startswith(start) for said, start in zip(told, missed, strict=True))


@pytest.mark.parametrize(
    ("costs", "page", "missed"),
    [
        ((4.9, 9.0, 1.0), ("a/", 150_000), []),
        (
            (5.1, 9.0, 1.0),
            ("a/", 150_000),
            ["The reports of 1,000 organisations cost 5.10 s"],
        ),
        ((1.0,), ("a/", 150_001), ["The page a/ has 150,001 bytes"]),
    ],
)
def test_reports_have_a_price_and_a_weight_that_they_may_not_exceed(costs, page, missed):
    found = reports.section(*made_reports(*costs, page=page)).missed
    assert [said.partition("; the most is ")[0] for said in found] == missed


def test_memory_has_its_limits():
    runs = {0: (1, 90), 1000: (1.8, 100), 10_000: (9, 501), 100_000: (81, 1025)}
    found = Growth(first={}, runs={count: (made(took, memory=used),) for count, (took, used) in runs.items()})
    assert [said.partition(" at the most")[0] for said in CURVES["signatories"].missed(found)] == [
        "With them a build takes 501 MiB of memory",
        "With 100,000 a build takes 1,025 MiB of memory",
    ]


# --- The machine -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "place"), [(machine.ROOM, True), (machine.ROOM - 1, False)])
def test_builds_write_into_memory_where_there_is_room(tmp_path, monkeypatch, left, place):
    """A disk that has to find room for files first would be measured with them."""
    monkeypatch.setattr(machine, "MEMORY", tmp_path)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: SimpleNamespace(free=left))
    assert machine.place() == (tmp_path if place else None)
    monkeypatch.setattr(machine, "MEMORY", tmp_path / "none")
    assert machine.place() is None


# --- The page ----------------------------------------------------------------------------------------

CHANGES = (
    change.Change(
        name="a charter",
        full=[10.0, 10.0],
        unchanged=[3.0, 2.0],
        steps={"`build` after one word": [3.0, 4.0], "`serve` after one word": [5.0, 7.0]},
    ),
    change.Change(name="b", full=[10.0], unchanged=[3.0], steps={"`build` after one word": [3.0]}),
)
NOISE = {field: ratio([1, 2], [1, 1.6]) for field in ("seconds", "wall", "memory")}


def sections():
    tools = {MATERIAL: [2.4, 4.8], "hugo": [1, 1]}
    found = {
        each.name: grown({n: [1 + n / 10_000, 1.5 + n / 9000] for n in each.counts}) for each in growth.CURVES
    }
    return [
        Section(name="machine", found={"noise": NOISE, "parts": {"processor": "Abacus", "system": "Slate"}}),
        beside.section([(text(90), took(**tools)), (text(248), took(**{ZENSICAL: [3, 5]}))], ["mike"]),
        versions.section(made_versions((4.1, 4.1, 4.2))),
        growth.section(found),
        change.section(CHANGES),
        languages.section(*made_languages((2.41, 2.5, 2.3), (1.03,) * 5)),
        reports.section(*made_reports(4.1, 5.5, 4.2)),
        reader.section(made_reader(pages={"home": visited(50_000, 150_001)}, scores=SCORES)),
    ]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "PAGE", tmp_path / "performance.md")
    return tmp_path


def test_the_page_and_its_plots_tell_every_figure_and_take_the_place_of_the_old_ones(folder):
    """What was missed and what people wrote of it too; a plot that is drawn no more goes."""
    (folder / "performance-old.svg").write_text("<svg/>")
    bench.write(bench.page(sections(), runs=5, day="2026-01-31"), sections())
    if os.environ.get("UPDATE_CASES"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        shutil.copytree(folder, GOLDEN)
    assert files(folder) == files(GOLDEN)


def test_a_quick_curve_has_no_line_for_what_is_allowed():
    short = {count: [1.0, 1.5] for count in CURVES["releases"].quick}
    assert "the most allowed" not in CURVES["releases"].plot(grown(short))


def test_a_serve_or_a_lighthouse_that_was_not_run_is_told():
    assert "`serve` was not measured" in change.section(CHANGES[1:]).text
    assert "`serve` was not measured" not in change.section(CHANGES[:1]).text
    assert "\n\nLighthouse was not run." in reader.section(made_reader()).text


FOUND = [
    Section(name="growth", found={}, plots={"a": "<svg/>"}, missed=("It took 3.",)),
    Section(name="machine", found={"noise": NOISE, "parts": {}}),
]


def test_every_section_is_measured_written_and_a_missed_target_fails(folder, monkeypatch, capsys):
    asked = []

    def measures(at):
        def measure(folder, *, runs, quick):
            asked.append((list(folder.iterdir()), runs, quick))
            return replace(FOUND[1], missed=FOUND[at].missed)

        return measure

    monkeypatch.setattr(bench, "SECTIONS", {"growth": measures(0), "machine": measures(1)})
    monkeypatch.setenv("DATE", "2026-01-31")
    monkeypatch.delenv("QUICK", raising=False)
    assert bench.main() == 1
    assert asked == [([], 5, False)] * 2
    written = bench.PAGE.read_text()
    assert "Figures are medians of 5." in written
    assert "Measured on 2026-01-31." in written
    out, err = capsys.readouterr()
    assert "## The machine" in out
    assert "target missed: It took 3. Say why in tests/bench/sections/machine.md, by a profile." in err
    monkeypatch.setattr(bench, "SECTIONS", {"machine": measures(1)})
    monkeypatch.setenv("QUICK", "1")
    assert bench.main() == 0
    assert asked[-1] == ([], 1, True)
    assert bench.PAGE.read_text() == written, "a quick one only prints"


def committed():
    return (DEVELOPERS / "performance.md").read_text(encoding="utf-8")


def test_the_committed_page_has_the_sections_that_the_bench_writes():
    """In their order, each with what people wrote of it; so that neither goes on without the other."""
    assert re.findall(r"^## .+ \{ #(\w+) \}$", committed(), re.MULTILINE) == list(bench.SECTIONS)
    assert re.findall(r"^### By the number of (\w+)$", committed(), re.MULTILINE) == list(CURVES)
    for template in sorted(FOLDER.glob("*.md")):
        note = (
            template.read_text(encoding="utf-8").partition("**Missed:** {{ said }}\n{% endfor %}")[2].strip()
        )
        assert template.stem in bench.SECTIONS
        assert note in committed()


def test_the_committed_page_shows_every_plot_and_no_other():
    """Each is well-formed, and has words for those who do not see it."""
    shown = dict(re.findall(r"!\[([^\]]+)\]\((performance-[\w-]+\.svg)\)", committed()))
    plots = {path.name for path in DEVELOPERS.glob("performance-*.svg")}
    assert sorted(shown.values()) == sorted(plots)
    for name in plots:
        assert etree.parse(DEVELOPERS / name).getroot().tag == f"{SVG}svg"
