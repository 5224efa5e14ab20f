"""Files → Edition: what is read, what is kept, and that nothing in a file is an exception."""

from __future__ import annotations

import json
import time
import tracemalloc
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    make_charter,
    make_note,
    make_principle,
    make_release,
    make_section,
    make_theme,
    write_charter,
    write_note,
    write_release,
)
from charterpress.checks import check
from charterpress.model import (
    MAX_FILE_BYTES,
    MAX_RELEASE_BYTES,
    Class,
    EntryKind,
    Erratum,
    Mapping,
    Retired,
    Role,
    Scalar,
    Section,
    Sequence,
)
from charterpress.model.errors import UsageError
from charterpress.read import load, string_yaml, with_files
from charterpress.read.releases import read_release
from charterpress.read.string_yaml import read_yaml
from charterpress.text import markdown
from charterpress.text.interface import MARKS, PSEUDO, use_language


def without_paths(charter):
    themes = tuple(
        replace(theme, path="", principles=tuple(replace(p, path="") for p in theme.principles))
        for theme in charter.themes
    )
    return replace(charter, themes=themes, path="", preamble_path="")


def test_what_was_written_is_what_is_read(tmp_path):
    charter = make_charter()
    edition = load(write_charter(tmp_path, charter), shown="charter")
    assert without_paths(edition.charter) == charter
    assert check(edition) == ()


def test_paths_are_as_shown(tmp_path):
    edition = load(write_charter(tmp_path), shown="charter")
    assert edition.charter.themes[1].principles[0].path == "charter/themes/tides/tides-first.md"
    assert (edition.charter.path, edition.charter.preamble_path) == (
        "charter/charter.yml",
        "charter/preamble.md",
    )
    assert edition.document("charter/themes/tides/index.md").role is Role.THEME


def test_without_a_folder_there_is_nothing_to_read(tmp_path):
    with pytest.raises(UsageError, match="there is no folder"):
        load(tmp_path / "nowhere")


def test_every_value_keeps_its_source_text():
    """No number, date, truth or null is made of words; quotes, folds and escapes are undone."""
    lines = ["version: 1.10", "answer: NO", "date: 2026-12-01", "none: ~", 'words: "a\\tb"']
    lines += ["folded: >", "  c", "  d", "list: [007, 0x1F]"]
    node, faults = read_yaml(lines, first_line=2)
    assert faults == ()
    *plain, (key, items) = [(key.value, value) for key, value in node.entries]
    assert [(key, each.value, each.line, each.column) for key, each in plain] == [
        ("version", "1.10", 2, 10),
        ("answer", "NO", 3, 9),
        ("date", "2026-12-01", 4, 7),
        ("none", "~", 5, 7),
        ("words", "a\tb", 6, 8),
        ("folded", "c d", 7, 9),
    ]
    octal, hexadecimal = Scalar(value="007", line=10, column=8), Scalar(value="0x1F", line=10, column=13)
    assert (key, items) == ("list", Sequence(items=(octal, hexadecimal), line=10, column=7))


def test_a_key_that_stands_twice_is_kept_twice():
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
    root = write_charter(tmp_path, **{"themes__tides__tides-first_dot_md": "---\ntitle: a: b\n---\n"})
    assert [p.id for _, p in load(root).charter.principles()] == [
        "moorings-first",
        "moorings-second",
        "tides-second",
    ]


@pytest.mark.parametrize("text", ["", "just words", "title: [", "- a\n- b\n", "<<<<<<< ours\n"])
def test_without_readable_settings_there_is_no_charter(tmp_path, text):
    edition = load(write_charter(tmp_path, charter_dot_yml=text))
    assert edition.charter is None
    assert len(edition.documents) == 8
    assert [finding.path.rsplit("/", 1)[1] for finding in check(edition)] == ["charter.yml"]


def test_where_signatures_go_is_read_and_is_no_part_of_a_release(tmp_path):
    folder = write_charter(tmp_path)
    settings = folder / "charter.yml"
    settings.write_text(
        f"{settings.read_text()}contact: {{email: post@quay.org.uk, name: The harbour office}}\n"
    )
    contact = load(folder).charter.contact
    assert (contact.email, contact.name, contact.post) == ("post@quay.org.uk", "The harbour office", "")
    assert make_release().charter.contact.email == ""


def test_links_and_sub_modules_are_listed_and_not_followed(tmp_path):
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
    gone = Retired(id="one", title="One", theme="tides", version="1.0.0")
    root = write_charter(
        tmp_path,
        releases__2_dot_0_dot_0_dot_json="[" * 100_000,
        changes__note_dot_md="---\nprinciples: [tides]\nretires: {two: ~, one: x}\n---\nWhy.\n",
    )
    write_release(root, make_release(retired=(gone,)))
    assert load(root).retired == ("one", "two")


# --- Releases, change notes, errata -------------------------------------------------------------------


def test_releases_notes_and_errata_are_read(tmp_path):
    root = write_charter(tmp_path)
    first = make_release(version="1.9.0")
    second = make_release(first, version="1.10.0")
    for release in (second, first):
        write_release(root, release)
    (root / "errata").mkdir()
    (root / "errata" / "1.9.0.md").write_text("\nThe *word* is quay.\n\n")
    write_note(
        root, "tides", "tides-first", id="b", class_="guidance", retires={"old": "~", "odd": "tides-first"}
    )
    write_note(root, "preamble", id="a", approved_by=["The chair", "The clerk"])
    write_note(root, "preamble", id="c", class_="large")
    edition = load(root, shown="charter")
    assert edition.releases == (first, second)
    assert edition.current == second
    assert edition.errata == (
        Erratum(version="1.9.0", text="The *word* is quay.", path="charter/errata/1.9.0.md"),
    )
    assert edition.notes == (
        make_note(
            "a", principles=("preamble",), approved_by=("The chair", "The clerk"), path="charter/changes/a.md"
        ),
        make_note(
            "b",
            principles=("tides", "tides-first"),
            class_=Class.GUIDANCE,
            retires=(("old", ""), ("odd", "tides-first")),
            path="charter/changes/b.md",
        ),
    )


def test_line_ends_and_unicode_forms_make_no_other_note(tmp_path):
    root = write_charter(tmp_path)
    path = write_note(root, "preamble")
    path.write_bytes(path.read_bytes().replace(b"grown", "gr\u00f6wn".encode()))
    plain = load(root).notes
    text = unicodedata.normalize("NFD", path.read_text()).replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load(root).notes == plain


def test_a_link_in_the_place_of_a_release_is_not_followed(tmp_path):
    root = write_charter(tmp_path)
    write_release(root, make_release()).rename(tmp_path / "elsewhere")
    (root / "releases" / "1.0.0.json").symlink_to("../../elsewhere")
    assert load(root).releases == ()


START = '{"format": "release-1", '
DATED = START + '"version": "1.0.0", "date": "2027-12-01", '
BROKEN = {
    "": "it is not whole, or not JSON",
    "[]": "there is no object",
    "null": "there is no object",
    "[" * 100_000: "it is not the JSON of a release",
    '{"version": ' + "1" * 5_000 + "}": "it is not the JSON of a release",
    "{}": "there is no “format”",
    '{"format": "release-2"}': "there is an unknown form, “release-2”, "
    "which a newer tool may read, at format",
    '{"format": "release-1"}': "there is no “version”",
    START + '"version": "1.0"}': "there is no version at version",
    START + '"version": "01.0.0"}': "there is no version at version",
    START + '"version": 1}': "there is no version at version",
    START + '"version": "1.0.0", "date": "1 May"}': "there is no date at date",
    START + '"version": "1.0.0", "date": "2027-13-01"}': "there is no date of the calendar at date",
    DATED + '"class": "none"}': "there is no class of change at class",
    DATED + '"class": ["none"]}': "there is no class of change at class",
}


@pytest.mark.parametrize(("text", "message"), BROKEN.items(), ids=range(len(BROKEN)))
def test_a_broken_release_is_a_fault_that_says_where(text, message):
    release, faults = read_release(text.encode(), path="x.json", root="charter")
    assert release is None
    assert [(fault.rule, fault.message) for fault in faults] == [
        ("release-unreadable", f"this release cannot be read: {message}")
    ]


def test_the_place_of_a_wrong_value_is_named():
    values = json.loads(make_release().data)
    values["themes"][1]["principles"][0]["behaviours"][0]["measure"] = 5
    _, faults = read_release(json.dumps(values).encode(), path="x.json", root="charter")
    assert faults[0].message.endswith("there is no text at themes[1].principles[0].behaviours[0].measure")


LINES = (
    "name: A",
    "kind: 'x y'",
    "signed:",
    "  - version: 1.10",
    "    date: NO",
    "pledge: >",
    "- a",
    "",
    "#",
    "reports:",
    "  - from: 2026-01-01",
    "    principles:",
    "      - principle: a-b",
    '        words: "a: b"',
)
SIGNS = "---:#*(|>&%@`\"' \\ab1,?é\u202e=<~.\ufffd\U0001f600\xa0"
PLAIN = st.lists(st.one_of(st.sampled_from(LINES), st.text(alphabet=SIGNS, max_size=24)), max_size=10)


@pytest.mark.skipif(string_yaml.QUICK is None, reason="PyYAML is built without its parser in C here")
@given(PLAIN)
def test_both_parsers_of_yaml_say_the_same(lines):
    """The quick one is only asked what it answers as the other does: values, places and faults."""
    quick = read_yaml(lines, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(string_yaml, "QUICK", None)
        assert read_yaml(lines, 3) == quick


def least(call) -> float:
    """The seconds of processor time that a call takes, the least of three: what else runs on a machine
    makes it longer. What a text was made of is not kept."""
    taken = []
    for _ in range(3):
        markdown.parse_blocks.cache_clear()
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return min(taken)


FULL = MAX_FILE_BYTES - 100
"""About as many bytes as a file may have."""
HEAVY = [
    words.encode() * (FULL // len(words.encode()))
    for words in (
        *("“will\n", "'a'a 'a\n", "‘a\n", "will \n", "](\n", "<a:\n", "- a\n", "a\n\n"),
        *("![" * 4_000 + "\n", "[^" * 4_000 + "\n"),
    )
]


@pytest.mark.serial
@pytest.mark.parametrize(
    "data",
    [
        b"---\na: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n---\n",
        b"---\n" + b"[" * FULL,
        b"---\n" + b"- " * 4_000 + b"\n---\n",
        b"---\n" + b"a: b\n" * 6_500 + b"---\n",
        b"---\n" + b"? " * 4_000 + b"\n---\n",
        b"---\ntitle: " + b"x" * 30_000 + b"\n---\n",
        b"---\ntitle: x\n---\n" + b"> " * 4_000,
        b"---\ntitle: x\n---\n" + b"![" * 4_000,
        *(b"---\ntitle: x\nsummary: x\n---\n## Why it matters\n" + words for words in HEAVY),
        b"---\ntitle: " + b"<!--" * 2_400 + b"\n" + b"  <!--\n" * 3_200 + b"---\n",
        b"\0" * FULL,
        b"\r" * FULL,
        b"\n" * FULL,
        b"\xff" * FULL,
        b'---\ntitle: "\\ud800\\udfff"\n---\n',
    ],
    ids=lambda data: repr(data[:24]),
)
def test_a_file_meant_to_do_harm_is_only_a_fault(tmp_path, data):
    """Bombs, depth, length and nonsense: an answer, and within a second of processor time."""
    assert len(data) <= MAX_FILE_BYTES
    root = write_charter(tmp_path)
    (root / "themes" / "tides" / "tides-first.md").write_bytes(data)
    assert least(lambda: check(load(root))) < 1
    assert check(load(root)) != ()


def test_a_release_takes_little_memory_whatever_it_holds():
    """Very many values, and lines with nothing in them after it; each once took hundreds of megabytes."""
    full = MAX_RELEASE_BYTES
    right = make_release()
    tracemalloc.start()
    try:
        for data in (b"[" + b"{}," * (full // 3 - 1) + b"{}]", b"[" + b'"ab",' * (full // 5 - 1) + b'"ab"]'):
            release, (fault,) = read_release(data, path="x.json", root="charter")
            assert (release, "more than 1,000,000 values" in fault.message) == (None, True)
        data = right.data + b" \n" * ((full - len(right.data)) // 2)
        release, (fault,) = read_release(data, path=right.path, root="charter")
        assert (release.charter, fault.rule, fault.line) == (
            right.charter,
            "release-form",
            right.data.count(b"\n") + 1,
        )
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


LONG = "there is a text that is longer than a file of a charter may be at preamble"
"""It is read as Markdown whenever two versions are compared, which would take as long as it is."""
NULL = "there is a character that no text has, U+0000, at summary"
"""The Markdown of a version is written by a library that stops with an error at one."""


@pytest.mark.parametrize(
    ("words", "message"), [({"preamble": "![" * MAX_FILE_BYTES}, LONG), ({"summary": "a\0b"}, NULL)]
)
def test_a_text_of_a_release_is_one_that_programs_can_read(words, message):
    wrong = make_release(charter=make_charter(**words))
    release, (fault,) = read_release(wrong.data, path=wrong.path, root="charter")
    assert (release, fault.message) == (None, f"this release cannot be read: {message}")


def test_the_line_is_told_where_a_release_was_edited():
    right = make_release()
    lines = right.data.split(b"\n")
    lines[7] += b" "
    _, (fault,) = read_release(b"\n".join(lines), path=right.path, root="charter")
    assert (fault.rule, fault.line) == ("release-form", 8)


# --- As it would be ----------------------------------------------------------------------------------


def test_files_that_are_not_written_yet_are_read_as_they_will_be(tmp_path):
    root = write_charter(tmp_path)
    index = (root / "themes/tides/index.md").read_text()
    files = {
        "themes/tides/index.md": index.replace('"tides-first"', '"new", "tides-first"').encode(),
        "themes/tides/new.md": b"---\ntitle: New\nsummary: It is.\n---\n\n# Why it matters\n\nIt is.\n",
        "changes/deep.md": b"---\nprinciples: [new]\nclass: commitment\nretires: {gone: ~}\n---\nWhy.\n",
        "signatories/quay.yml": b"name: Quay\n",
        "strange/thing.txt": b"",
    }
    before = load(root)
    would_be = with_files(before, files)
    assert before == load(root)
    for name, data in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
    assert would_be == load(root)


def test_a_fault_is_told_in_the_language_in_use_though_the_file_was_read_before(tmp_path):
    root = write_charter(tmp_path)
    (root / "charter.yml").write_text("title: A: b\n", encoding="utf-8")
    told = {}
    for tag in ("en", PSEUDO, "en"):
        with use_language(tag):
            told[tag] = [fault.message for document in load(root).documents for fault in document.faults]
    assert told["en"]
    assert [MARKS[0] in message for message in told["en"]] == [False] * len(told["en"])
    assert [MARKS[0] in message for message in told[PSEUDO]] == [True] * len(told["en"])
