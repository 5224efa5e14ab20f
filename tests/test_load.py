"""Files → Edition: what is read, what is kept, and that nothing in a file is an exception."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import make_charter, make_principle, make_section, make_theme, write_charter
from press.check import check
from press.errors import UsageError
from press.load import load
from press.load.plain_yaml import read_yaml
from press.model import EntryKind, Mapping, Role, Scalar, Section, Sequence


def without_paths(charter):
    """The same charter as if it had come from nowhere."""
    themes = tuple(
        replace(theme, path="", principles=tuple(replace(p, path="") for p in theme.principles))
        for theme in charter.themes
    )
    return replace(charter, themes=themes, path="", preamble_path="")


def test_what_was_written_is_what_is_read(tmp_path):
    """Every field of the model comes back from its files."""
    charter = make_charter()
    edition = load(write_charter(tmp_path, charter), shown="charter")
    assert without_paths(edition.charter) == charter
    assert check(edition) == ()


def test_paths_are_as_shown(tmp_path):
    """Messages speak of charter/…, wherever the folder really lies."""
    edition = load(write_charter(tmp_path), shown="charter")
    assert edition.charter.themes[1].principles[0].path == "charter/themes/tides/tides-first.md"
    assert (edition.charter.path, edition.charter.preamble_path) == (
        "charter/charter.yml",
        "charter/preamble.md",
    )
    assert edition.document("charter/themes/tides/index.md").role is Role.THEME


def test_without_a_folder_there_is_nothing_to_read(tmp_path):
    """The one thing that is an exception."""
    with pytest.raises(UsageError, match="there is no folder"):
        load(tmp_path / "nowhere")


def test_every_value_keeps_its_source_text():
    """No number, date, truth or null is made of words; quotes, folds and escapes are undone."""
    lines = [
        "version: 1.10",
        "answer: NO",
        "date: 2026-12-01",
        "none: ~",
        'words: "a\\tb"',
        "folded: >",
        "  c",
        "  d",
        "list: [007, 0x1F]",
    ]
    node, faults = read_yaml(lines, first_line=2)
    assert faults == ()
    values = {key.value: value for key, value in node.entries}
    assert values == {
        "version": Scalar(value="1.10", line=2, column=10),
        "answer": Scalar(value="NO", line=3, column=9),
        "date": Scalar(value="2026-12-01", line=4, column=7),
        "none": Scalar(value="~", line=5, column=7),
        "words": Scalar(value="a\tb", line=6, column=8),
        "folded": Scalar(value="c d", line=7, column=9),
        "list": Sequence(
            items=(Scalar(value="007", line=10, column=8), Scalar(value="0x1F", line=10, column=13)),
            line=10,
            column=7,
        ),
    }


def test_a_key_that_stands_twice_is_kept_twice():
    """A rule speaks of the second."""
    node, _ = read_yaml(["a: 1", "a: 2"])
    assert node == Mapping(
        entries=(
            (Scalar(value="a", line=1, column=1), Scalar(value="1", line=1, column=4)),
            (Scalar(value="a", line=2, column=1), Scalar(value="2", line=2, column=4)),
        ),
        line=1,
        column=1,
    )


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_line_endings_and_a_byte_order_mark_make_no_difference(tmp_path, ending, mark):
    """Windows editors write both; no digest may know."""
    root = write_charter(tmp_path)
    plain = load(root, shown="charter").charter
    for path in root.rglob("*.*"):
        path.write_bytes(mark + path.read_bytes().replace(b"\n", ending))
    edition = load(root, shown="charter")
    assert edition.charter == plain
    assert check(edition) == ()


def test_the_charter_is_in_nfc_and_the_lines_are_as_written(tmp_path):
    """Texts that look the same are the same; what an editor is shown is what stands in the file."""
    decomposed = unicodedata.normalize("NFD", "Café")
    principle = make_principle(
        "first",
        title=decomposed,
        sections=(make_section("promises", items=(f"visit the {decomposed}.",)), make_section()),
    )
    root = write_charter(tmp_path, make_charter(themes=(make_theme(principles=(principle,)),)))
    edition = load(root)
    (_, read), *_ = edition.charter.principles()
    assert (read.title, read.sections[0].items) == ("Café", ("visit the Café.",))
    assert decomposed in edition.document(read.path).lines[1]


def test_sections_of_any_order_and_level_are_found(tmp_path):
    """A rule says that they are out of place; the text is known all the same."""
    body = "# Why it matters\n\nIt *does*.\n\nTwice.\n\n## We promise to\n\n- one,\n  on two lines.\n- two.\n"
    front = "---\ntitle: A\nsummary: B.\n---\n"
    root = write_charter(tmp_path, **{"themes__tides__tides-first_dot_md": front + body})
    (principle,) = [p for _, p in load(root).charter.principles() if p.id == "tides-first"]
    assert principle.sections == (
        Section(id="promises", text="- one,\n  on two lines.\n- two.", items=("one,\non two lines.", "two.")),
        make_section("reasons", "It *does*.\n\nTwice."),
    )


def test_a_principle_that_cannot_be_understood_is_left_out(tmp_path):
    """The rest of the charter is still there to be looked at."""
    root = write_charter(tmp_path, **{"themes__tides__tides-first_dot_md": "---\ntitle: a: b\n---\n"})
    assert [p.id for _, p in load(root).charter.principles()] == [
        "moorings-first",
        "moorings-second",
        "tides-second",
    ]


@pytest.mark.parametrize("text", ["", "just words", "title: [", "- a\n- b\n", "<<<<<<< ours\n"])
def test_without_readable_settings_there_is_no_charter(tmp_path, text):
    """Nothing can be built, but every file is still read and checked."""
    edition = load(write_charter(tmp_path, charter_dot_yml=text))
    assert edition.charter is None
    assert len(edition.documents) == 8
    assert [finding.path.rsplit("/", 1)[1] for finding in check(edition)] == ["charter.yml"]


def test_links_and_sub_modules_are_listed_and_not_followed(tmp_path):
    """What lies behind them stays unread."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "index.md").write_text("---\ntitle: Secret\n---\n")
    root = write_charter(tmp_path)
    (root / "themes" / "linked").symlink_to(secret)
    (root / "README.md").symlink_to(secret / "index.md")
    (root / "changes").mkdir()
    (root / "changes" / ".git").write_text("gitdir: elsewhere\n")
    (root / "changes" / "note.md").write_text("---\n")
    edition = load(root, shown="charter")
    strange = (entry for entry in edition.entries if entry.kind not in (EntryKind.FILE, EntryKind.FOLDER))
    kinds = {entry.path: entry.kind for entry in strange}
    assert kinds == {
        "charter/README.md": EntryKind.SYMLINK,
        "charter/changes": EntryKind.SUBMODULE,
        "charter/themes/linked": EntryKind.SYMLINK,
    }
    assert [document.path for document in edition.documents if "Secret" in "".join(document.lines)] == []
    assert edition.document("charter/changes/note.md") is None


def test_retired_ids_come_from_releases_and_notes(tmp_path):
    """A release that cannot be read says nothing here."""
    root = write_charter(
        tmp_path,
        releases__1_dot_0_dot_0_dot_json='{"retired": [{"id": "one"}, {"id": 2}, "x"]}',
        releases__2_dot_0_dot_0_dot_json="[" * 100_000,
        releases__3_dot_0_dot_0_dot_json='{"retired": 5}',
        changes__note_dot_md="---\nprinciples: [tides]\nretires: {two: ~, one: x}\n---\nWhy.\n",
    )
    assert load(root).retired == ("one", "two")


HEAVY = [
    words.encode() * (200_000 // len(words.encode()))
    for words in ("“will\n", "'a'a 'a\n", "‘a\n", "will \n", "](\n", "<a:\n")
]


@pytest.mark.parametrize(
    "data",
    [
        b"---\na: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n---\n",
        b"---\n" + b"[" * 200_000,
        b"---\n" + b"- " * 4_000 + b"\n---\n",
        b"---\n" + b"a: b\n" * 20_000 + b"---\n",
        b"---\n" + b"? " * 4_000 + b"\n---\n",
        b"---\ntitle: " + b"x" * 200_000 + b"\n---\n",
        b"---\ntitle: x\n---\n" + b"> " * 4_000,
        b"---\ntitle: x\n---\n" + b"![" * 4_000,
        *(b"---\ntitle: x\nsummary: x\n---\n## Why it matters\n" + words for words in HEAVY),
        b"---\ntitle: " + b"<!--" * 2_400 + b"\n" + b"  <!--\n" * 30_000 + b"---\n",
        b"\0" * 200_000,
        b"\r" * 200_000,
        b"\n" * 200_000,
        b"\xff" * 200_000,
        b'---\ntitle: "\\ud800\\udfff"\n---\n',
    ],
    ids=lambda data: repr(data[:24]),
)
def test_a_file_meant_to_do_harm_is_only_a_fault(tmp_path, data):
    """Bombs, depth, length and nonsense: an answer, and within a second or two of processor time."""
    root = write_charter(tmp_path)
    (root / "themes" / "tides" / "tides-first.md").write_bytes(data)
    start = time.process_time()
    assert check(load(root)) != ()
    assert time.process_time() - start < 5


MARKDOWN = st.text(alphabet="---\n:#*[](){}|>&!%@`\"' \t\\ a\u202e\ud7ff=<", max_size=120)


@given(
    st.one_of(
        st.binary(max_size=200),
        MARKDOWN.map(lambda t: f"---\n{t}\n---\n{t}".encode()),
        MARKDOWN.map(str.encode),
    )
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_answered(tmp_path, data):
    """As a principle and as charter.yml: findings, never an exception."""
    root = write_charter(tmp_path)
    (root / "themes" / "tides" / "tides-first.md").write_bytes(data)
    check(load(root))
    (root / "charter.yml").write_bytes(data)
    check(load(root))
