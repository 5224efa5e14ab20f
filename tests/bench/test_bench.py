"""The bench computes, tells and draws what it measured; here the runs are made up."""

import re
from pathlib import Path
from types import SimpleNamespace

import beside
import change
import curve
import draw
import growth
import machine
import plain
import pytest
from beside import FIRST, MATERIAL, OURS, ZENSICAL
from curve import Growth
from lxml import etree
from measure import Build, Run, rounds, run
from ratio import Ratio, compare, ratio
from section import Section

import bench

SVG = "{http://www.w3.org/2000/svg}"
DEVELOPERS = Path(__file__).parents[2] / "docs" / "developers"


def made(seconds, *, memory=100.0, files=10, written=2.0):
    """A run that took so many seconds of the processor, and twice as long by the clock."""
    return Run(seconds=seconds, wall=2 * seconds, memory=memory, files=files, written=written)


def grown(seconds):
    """A growth with these seconds in each round, by count; first builds take a second more."""
    return Growth(
        first={count: made(took[0] + 1, memory=300) for count, took in seconds.items()},
        runs={
            count: tuple(made(each, memory=100 + count, files=count, written=count / 1024) for each in took)
            for count, took in seconds.items()
        },
    )


def texts(drawing):
    """What is written in a drawing."""
    return [each.text for each in etree.fromstring(drawing).iter(f"{SVG}text")]


def shapes(drawing, kind):
    """How many shapes there are of a kind in each series of a drawing."""
    groups = etree.fromstring(drawing).iter(f"{SVG}g")
    return [len(list(each.iter(f"{SVG}{kind}"))) for each in groups if "series" in each.get("class", "")]


# --- Ratios ------------------------------------------------------------------------------------------


def test_a_ratio_is_of_the_runs_of_one_round():
    """A machine that is slow for a while slows both sides: the ratio of the medians would be 1.5 here."""
    assert ratio([2, 30, 4], [1, 10, 4]) == Ratio(median=2, least=1, greatest=3)
    assert str(ratio([2, 30, 4], [1, 10, 4])) == "2.00 (1.00 to 3.00)"


def test_runs_are_compared_by_any_of_their_figures():
    """Seconds, unless another is asked for."""
    these, those = [made(3, memory=50), made(5, memory=70)], [made(1, memory=100), made(1, memory=100)]
    assert compare(these, those) == Ratio(median=4, least=3, greatest=5)
    assert compare(these, those, "memory") == Ratio(median=0.6, least=0.5, greatest=0.7)


def test_rounds_with_different_numbers_of_runs_have_no_ratio():
    """Otherwise runs of different rounds would be held against each other."""
    with pytest.raises(ValueError, match="shorter"):
        ratio([1, 2], [1])


# --- A run -------------------------------------------------------------------------------------------


def script(folder, text, **others):
    """A build of `folder`/site by a shell."""
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


def test_the_table_has_every_tool_beside_ours():
    """Figures are medians; ratios are of single rounds."""
    section = beside.section([(text(90), took(hugo=[1, 1]))], ["zensical"])
    assert "### The real charter: 90 pages, 1,234 words" in section.text
    assert "and so left out: zensical." in section.text
    assert "| ours | 3.00 | 6.00 | 100 | 2.0 |" in section.text
    assert (
        "| ours, first build | 10.00 = 3.50 × (3.00 to 4.00) | 20.00 = 3.50 × (3.00 to 4.00) |"
        in section.text
    )
    assert "| hugo | 1.00 = 0.38 × (0.25 to 0.50) | 2.00 = 0.38 × (0.25 to 0.50) |" in section.text
    assert section.missed == ()


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
    """What is told has our first build too; where a target is missed, that is what is said of it."""
    runs = took(**{tool: seconds})
    section = beside.section([(text(pages), runs)], [])
    asked = f", and has to take less than {target}" if target else ""
    said = (
        f"Ours takes {compare(runs[OURS], runs[tool])} times the processor time of {tool}{asked}."
        " Our first build, which makes every PDF as well, takes"
        f" {compare(runs[FIRST], runs[tool])} times as much."
    )
    assert f"- {said}\n" in section.text
    assert section.missed == (() if met else (said,))


def test_every_tool_has_a_bar_with_its_figure():
    """Ours in another colour, and one plot for each text."""
    tools = took(**{MATERIAL: [5, 7], "hugo": [1, 1]})
    section = beside.section([(text(90), tools), (text(248), took(hugo=[2, 2]))], [])
    assert list(section.plots) == ["beside-1", "beside-2"]
    written = texts(section.plots["beside-1"])
    assert {"ours, first build: 10.00", "ours: 3.00", f"{MATERIAL}: 6.00", "hugo: 1.00"} <= set(written)
    assert shapes(section.plots["beside-1"], "rect") == [4]
    colours = re.findall(r"<rect[^>]*fill=\"(#\w+)\"", section.plots["beside-1"])[1:]
    assert colours == [draw.LIMIT, draw.LIMIT, draw.LINE, draw.LINE]  # leather draws from the bottom


def test_a_drawing_is_made_smaller_as_a_whole():
    """An image that is narrower than the drawing would show a part of it otherwise."""
    drawn = etree.fromstring(draw.bars("Title", "seconds", {"one": 0.004, "other": 0.06}))
    assert drawn.get("viewBox") == f"0 0 {drawn.get('width')} {drawn.get('height')}"


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0.06, ["0", "0.01", "0.02", "0.03", "0.04", "0.05", "0.06"]),
        (10, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        (1600, ["0", "200", "400", "600", "800", "1,000", "1,200", "1,400", "1,600"]),
        (100_000, ["0", *(f"{each}0,000" for each in range(1, 11))]),
    ],
)
def test_an_axis_has_few_ticks_at_round_figures(most, ticks):
    """Whatever is counted."""
    drawn = draw.curve("Title", "things", dots=[(0, 1), (most, 2)], line=[(0, 1), (most, 2)], limit=[])
    bottom = next(
        each for each in etree.fromstring(drawn).iter(f"{SVG}g") if each.get("class") == "axis bottom"
    )
    assert sorted(bottom.itertext(), key=lambda each: (len(each), each)) == sorted(
        ["things", *ticks], key=lambda each: (len(each), each)
    )


# --- Growth ------------------------------------------------------------------------------------------


def test_a_straight_line_is_told_from_a_bent_one():
    """By R², and by what the last ones take beside the first."""
    straight = grown({0: [1.0], 10: [2.0], 100: [11.0]})
    assert straight.line() == curve.Line(slope=pytest.approx(0.1), fit=pytest.approx(1.0))
    assert straight.slope == pytest.approx(100)
    assert straight.bend(0, 10, 100) == pytest.approx(1.0)
    bent = grown({0: [1.0], 10: [2.0], 100: [101.0]})
    assert bent.bend(0, 10, 100) == pytest.approx(11.0)
    assert bent.line().fit < 0.999


def test_a_figure_of_growth_spreads_over_single_rounds():
    """Its own value is of the medians."""
    found = grown({1: [1.0, 2.0, 4.0], 10: [3.0, 4.0, 4.0]})
    assert found.times(10) == 2.0
    assert found.spread(lambda each: each.times(10)) == (1.0, 3.0)
    assert found.more(10) == 2.0


CURVES = {each.name: each for each in growth.CURVES}
FLAT = {count: [1.0 + count / 10_000] * 2 for each in growth.CURVES for count in each.counts}


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_tells_and_draws_every_count(name):
    """Each has its row, its dots, and the line that is the most allowed."""
    counts = CURVES[name].counts
    found = grown({count: FLAT[count] for count in counts})
    assert CURVES[name].missed(found) == tuple(
        limit.told(found) for limit in CURVES[name].limits if limit.figure(found) > limit.most
    )
    table = CURVES[name].table(found)
    assert re.findall(r"^\| ([\d,]+) \|", table, re.MULTILINE) == [f"{count:,}" for count in counts]
    assert "1.00 files (R² 1.0000), 1.00 KiB written (R² 1.0000)" in table
    assert f" s and 300 MiB for {counts[-1]:,}." in table
    drawn = CURVES[name].plot(found)
    assert sum(shapes(drawn, "circle")) == 2 * len(counts)
    assert {"the most allowed", "median", "every run", name} <= set(texts(drawn))


@pytest.mark.parametrize("name", CURVES)
def test_the_short_one_is_told_and_drawn_too(name):
    """It has fewer counts, so the most that is allowed has no line."""
    counts = CURVES[name].quick
    found = grown({count: [1.0 + count / 10_000] for count in counts})
    assert CURVES[name].missed(found) == ()
    assert re.findall(r"^\| ([\d,]+) \|", CURVES[name].table(found), re.MULTILINE) == [
        f"{count:,}" for count in counts
    ]
    assert {"median", "every run"} <= set(texts(CURVES[name].plot(found)))
    assert "the most allowed" not in CURVES[name].plot(found)


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
    """And one for a count that was not built is not asked."""
    found = Growth(first={}, runs={count: (made(each),) for count, each in seconds.items()})
    told = CURVES[name].missed(found)
    assert len(told) == len(missed)
    assert all(said.startswith(start) for said, start in zip(told, missed, strict=True))


def test_memory_has_its_limits():
    """500 MiB with 10,000 signatories, 1 GiB with 100,000."""
    seconds = {0: 1, 1000: 1.8, 10_000: 9, 100_000: 81}
    memory = {0: 90, 1000: 100, 10_000: 501, 100_000: 1025}
    found = Growth(
        first={}, runs={count: (made(each, memory=memory[count]),) for count, each in seconds.items()}
    )
    assert [said.partition(" at the most")[0] for said in CURVES["signatories"].missed(found)] == [
        "With them a build takes 501 MiB of memory",
        "With 100,000 a build takes 1,025 MiB of memory",
    ]


# --- One word changed --------------------------------------------------------------------------------


def test_a_changed_word_is_held_against_a_full_build():
    """The table has the stricter comparison too, which has no target."""
    steps = {"`build` after one word": [3.0, 4.0], "`serve` after one word": [5.0, 7.0]}
    found = change.Change(name="a charter", full=[10.0, 10.0], unchanged=[3.0, 2.0], steps=steps)
    section = change.section([found])
    assert (
        "| a charter | `build` after one word | 3.50 | 0.35 (0.30 to 0.40) | 1.50 (1.00 to 2.00) |"
        in section.text
    )
    assert section.missed == (
        "`serve` after one word takes 0.60 (0.50 to 0.70) of a full build of a charter; the most is 0.5.",
    )
    assert "was not measured" not in section.text


def test_a_preview_that_cannot_be_measured_is_told():
    """Only Linux says what a process has used that is still running."""
    found = change.Change(
        name="a charter", full=[10.0], unchanged=[3.0], steps={"`build` after one word": [3.0]}
    )
    assert "`serve` was not measured" in change.section([found]).text


# --- The machine -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "place"), [(machine.ROOM, True), (machine.ROOM - 1, False)])
def test_builds_write_into_memory_where_there_is_room(tmp_path, monkeypatch, left, place):
    """A disk that has to find room for files first would be measured with them."""
    monkeypatch.setattr(machine, "MEMORY", tmp_path)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: SimpleNamespace(free=left))
    assert machine.place() == (tmp_path if place else None)
    monkeypatch.setattr(machine, "MEMORY", tmp_path / "none")
    assert machine.place() is None


def test_the_noise_stands_with_the_machine():
    """The least and the greatest of a build beside the same again."""
    noise = {field: ratio([1, 2], [1, 1.6]) for field in ("seconds", "wall", "memory")}
    told = machine.section(noise, {"processor": "Abacus, 2 cores"}).text
    assert "| processor | Abacus, 2 cores |" in told
    assert "took 1.12 (1.00 to 1.25) times the processor time" in told


# --- The page ----------------------------------------------------------------------------------------

FOUND = {
    "growth": Section(heading="First", text="| a |", plots={"a": "<svg/>"}, missed=("It took 3.",)),
    "none": Section(heading="Second", text="Words."),
}


@pytest.fixture
def notes(tmp_path, monkeypatch):
    """A folder for what people wrote of a section, and another place for the page."""
    monkeypatch.setattr(bench, "NOTES", tmp_path / "notes")
    monkeypatch.setattr(bench, "PAGE", tmp_path / "performance.md")
    (tmp_path / "notes").mkdir()
    return tmp_path / "notes"


def test_the_page_has_every_section_what_it_missed_and_what_people_wrote_of_it(notes):
    """In the order of the sections; the day and the number of runs stand at the head."""
    (notes / "growth.md").write_text("A profile says why.\n")
    page = bench.page(FOUND, runs=5, day="2026-01-31")
    assert page.endswith(
        "\n\n## First { #growth }\n\n| a |\n\n- **Missed:** It took 3.\n\nA profile says why.\n\n"
        "## Second { #none }\n\nWords.\n"
    )
    assert "Figures are medians of 5." in page
    assert "Measured on 2026-01-31." in page


def test_the_page_and_its_plots_take_the_place_of_the_old_ones(notes):
    """A plot that is drawn no more goes."""
    bench.PAGE.with_name("performance-old.svg").write_text("<svg/>")
    bench.write("words", FOUND)
    assert {path.name: path.read_text() for path in notes.parent.iterdir() if path.is_file()} == {
        "performance.md": "words",
        "performance-a.svg": "<svg/>",
    }


def test_every_section_is_measured_written_and_a_missed_target_fails(notes, monkeypatch, capsys):
    """What is missed is said with its sentence, and where to say why."""
    asked = []

    def measures(name):
        def measure(folder, *, runs, quick):
            asked.append((name, list(folder.iterdir()), runs, quick))
            return FOUND[name]

        return measure

    monkeypatch.setattr(bench, "ROOT", notes.parent)
    monkeypatch.setattr(bench, "SECTIONS", {name: measures(name) for name in FOUND})
    monkeypatch.setenv("DATE", "2026-01-31")
    monkeypatch.delenv("QUICK", raising=False)
    assert bench.main() == 1
    assert asked == [("growth", [], 5, False), ("none", [], 5, False)]
    assert bench.PAGE.read_text() == bench.page(FOUND, runs=5, day="2026-01-31")
    out, err = capsys.readouterr()
    assert "## First" in out
    assert "bench: target missed: It took 3. Say why in notes/growth.md, by a profile." in err
    monkeypatch.setattr(bench, "SECTIONS", {"none": measures("none")})
    monkeypatch.setenv("QUICK", "1")
    written = bench.PAGE.read_text()
    assert bench.main() == 0
    assert asked[-1] == ("none", [], 1, True)
    assert bench.PAGE.read_text() == written, "a quick one only prints"


def committed():
    return (DEVELOPERS / "performance.md").read_text(encoding="utf-8")


def test_the_committed_page_has_the_sections_that_the_bench_writes():
    """In their order, each with what people wrote of it; so that neither goes on without the other."""
    assert re.findall(r"^## .+ \{ #(\w+) \}$", committed(), re.MULTILINE) == list(bench.SECTIONS)
    assert re.findall(r"^### By the number of (\w+)$", committed(), re.MULTILINE) == list(CURVES)
    for note in sorted(bench.NOTES.glob("*.md")):
        assert note.stem in bench.SECTIONS
        assert note.read_text(encoding="utf-8").strip() in committed()


def test_the_committed_page_shows_every_plot_and_no_other():
    """Each is well-formed, and has words for those who do not see it."""
    shown = dict(re.findall(r"!\[([^\]]+)\]\((performance-[\w-]+\.svg)\)", committed()))
    plots = {path.name for path in DEVELOPERS.glob("performance-*.svg")}
    assert sorted(shown.values()) == sorted(plots)
    for name in plots:
        assert etree.parse(DEVELOPERS / name).getroot().tag == f"{SVG}svg"
