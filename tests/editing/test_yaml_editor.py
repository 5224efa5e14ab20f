"""YAML in a charter's files is edited so that every other byte stays as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterpress.editing.yaml_editor import apply_edits, differs_only_by, plain_values
from charterpress.model import Role
from charterpress.model.errors import CharterError
from charterpress.read.documents import read_document

INDEX = "themes/tides/index.md"
FILES = {path.stem: path.read_text() for path in sorted(Path(__file__).with_name("entries").glob("*.yml"))}
"""A signatory's entry in each style that editors use."""
PLAIN, WIDE = FILES["plain"], FILES["wide"]
WORDS = {
    ("plain", "area"): "The harbour",
    ("plain", "kind"): "boat club",
    ("quoted", "area"): '"The harbour"',
    ("quoted", "kind"): "'boat club'",
    ("wide", "area"): ">-\n  The\n  harbour",
    ("wide", "pledge"): "|\n  A berth for all:\n  whoever comes late.",
    ("brackets", "area"): "The harbour",
    ("object", "pledge"): '"A berth."',
    ("mixed", "area"): "The\n  harbour",
}
"""What stands in a file behind a key, as it is written there."""
SIGNED = {"version": "2.0.0", "date": "2025-08-01", "role": "Chair: the new one"}

values = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="\ufffd"), min_size=1, max_size=60
).map(lambda words: " ".join(words.split()) or "x")
"""Whatever can be typed in one line, YAML's own signs among it."""
SIGNS = """
*a; &a b; !!int 1; {a: b}; [a]; # a; a #b; a: b; - a; ? a; | a; '; "; %a; @a; `a`; ~; null; NO; 1.10
2024-12-01; ---; ...; <<; =; a, b; \\x07
"""
tricky = st.one_of(values, st.sampled_from(re.split("; |\n", SIGNS.strip())))
endings = st.tuples(st.booleans(), st.booleans(), st.booleans())
"""Whether a file has CRLF, a byte order mark, and a line feed at its end."""


def encoded(text: str, ending: tuple[bool, bool, bool]) -> bytes:
    """`text` as an editor may have saved it."""
    crlf, mark, last = ending
    text = text if last else text.rstrip("\n")
    return b"\xef\xbb\xbf" * mark + (text.replace("\n", "\r\n") if crlf else text).encode()


def document(data: bytes, inside: str = "signatories/quay-club.yml"):
    """Return a signatory's file or a theme's, read."""
    role = Role.SIGNATORY if inside.endswith(".yml") else Role.THEME
    return read_document(data, path=f"charter/{inside}", inside=inside, role=role, headings=frozenset())


def edited(data: bytes, *edits, **inside) -> bytes:
    """Return `data` with `edits`, which change what they should and nothing else."""
    new = apply_edits(data, document(data, **inside), edits)
    assert differs_only_by(edits, document(data, **inside), document(new, **inside)), new.decode()
    return new


# --- Every other byte --------------------------------------------------------------------------------


@given(st.sampled_from(sorted(WORDS)), tricky, endings)
def test_a_corrected_value_is_all_that_changes(where, value, ending):
    """Whatever is typed, before and behind it every byte is as it was: comments, quotes, order, line ends."""
    name, key = where
    source = WORDS[where].replace("\n", "\r\n") if ending[0] else WORDS[where]
    before = encoded(FILES[name], ending)
    start, found, rest = before.partition(source.encode())
    assert found
    new = edited(before, ((key,), value))
    assert new.startswith(start)
    assert new.endswith(rest)
    between = new[len(start) : len(new) - len(rest)].decode()
    assert "\n" not in between
    if WORDS[where][0] in "\"'":
        assert between[0] in "\"'"


@given(st.sampled_from(sorted(FILES)), tricky, endings)
def test_what_is_added_is_added_in_one_place_and_taken_out_again_without_a_trace(name, value, ending):
    before = encoded(FILES[name], ending)
    added = edited(before, (("registration",), value))
    assert len(added) > len(before)
    assert edited(added, (("registration",), None)) == before
    if "withdrawn" not in FILES[name]:
        left = edited(before, (("withdrawn",), {"date": "2025-07-01", "note": value}))
        assert edited(left, (("withdrawn",), None)) == before
    link = ("signed", 0, "link")
    if name != "wide":
        assert edited(edited(before, (link, value)), (link, None)) == before


@given(st.sampled_from(sorted(FILES)), tricky, endings)
def test_a_new_signature_leaves_all_that_was_written_where_it_is(name, role, ending):
    before = encoded(FILES[name], ending)
    number = FILES[name].count("version")
    new = edited(before, (("signed", number), {**SIGNED, "role": role}))
    at = next((at for at in range(len(before)) if before[at] != new[at]), len(before))
    missing = [part for part in (before[:at], before[at:]) if part and part not in new]
    assert missing == []
    assert new.endswith(before[at:].removeprefix(b"\r\n").removeprefix(b"\n") or b"")


def test_a_signature_is_written_as_those_before_it():
    def signed(text: str) -> str:
        number = text.count("version")
        return edited(text.encode(), (("signed", number), SIGNED)).decode()

    assert signed(PLAIN) == PLAIN.replace(
        "spring meeting\n",
        "spring meeting\n  - version: 2.0.0\n    date: 2025-08-01\n    role: 'Chair: the new one'\n",
    )
    assert signed(FILES["quoted"]) == (
        FILES["quoted"] + "- version: 2.0.0\n  date: 2025-08-01\n  role: 'Chair: the new one'\n"
    )
    assert signed(WIDE) == WIDE.replace(
        "withdrawn:",
        "      -   version: 2.0.0\n          date: 2025-08-01\n          role: 'Chair: the new "
        "one'\nwithdrawn:",
    )
    flow = "{version: 2.0.0, date: 2025-08-01, role: 'Chair: the new one'}"
    assert signed(FILES["brackets"]) == FILES["brackets"].replace("Chair}]", f"Chair}}, {flow}]")
    assert signed(FILES["object"]) == FILES["object"].replace('"Chair"}]', f'"Chair"}}, {flow}]')
    assert signed(FILES["mixed"]) == FILES["mixed"].replace("...", f"  - {flow}\n...")


def test_the_first_key_behind_a_dash_is_taken_out_too():
    new = edited(WIDE.encode(), (("signed", 1, "link"), None)).decode()
    assert new == WIDE.replace(
        "link: https://quay-club.example/again\n          version: 1.1.0", "version: 1.1.0"
    )


def test_a_key_stands_where_the_format_has_it():
    new = edited(PLAIN.encode(), (("pledge",), "A berth."), (("withdrawn",), {"date": "2025-07-01"}))
    assert new.decode() == PLAIN.replace("signed:", "pledge: A berth.\nsigned:").replace(
        "\n\n# That", "\nwithdrawn:\n  date: 2025-07-01\n\n# That"
    )


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace("area:", "area: &a"),
        PLAIN.replace("area: The harbour", "area: !!str The harbour"),
        PLAIN.replace("area: The harbour", "area: [The harbour]"),
        PLAIN + "area: The mole\n",
        PLAIN.replace("area: The harbour", "area: 'The harbour"),
        "<<<<<<< ours\n" + PLAIN,
        "- name: Quay Club\n",
    ],
)
def test_a_file_that_cannot_be_edited_line_by_line_is_left_to_a_person(text):
    """Anchors, tags, lists, keys that stand twice, what is no YAML: nothing is guessed at."""
    data, edit = text.encode(), (("area",), "The mole")
    with pytest.raises(CharterError) as refused:
        apply_edits(data, document(data), [edit])
    assert str(refused.value).startswith(
        "charter/signatories/quay-club.yml: nothing was written: this command cannot edit the file as it is "
        "formatted."
    )


def test_a_file_that_changed_since_it_was_read_is_not_overwritten():
    with pytest.raises(CharterError, match="nothing was written"):
        apply_edits(PLAIN.encode() + b"# and more\n", document(PLAIN.encode()), [(("area",), "The mole")])


# --- A list of words, in front matter ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "after", "becomes"),
    [
        ("principles: [a, b]\n", "", "principles: [a, b, new]\n"),
        ("principles: [a, b]\n", "a", "principles: [a, new, b]\n"),
        ("principles: [a]   # one\n", "", "principles: [a, new]   # one\n"),
        ("principles: [\"a\", 'b']\n", "a", "principles: [\"a\", new, 'b']\n"),
        ("principles: [ a , b ]\n", "", "principles: [ a , b, new ]\n"),
        ("principles: []\n", "", "principles: [new]\n"),
        ("principles: [ ]\n", "", "principles: [new ]\n"),
        ("principles:\n", "", "principles: [new]\n"),
        ("principles:   # none yet\n", "", "principles: [new]   # none yet\n"),
        ("principles: [\n  a,\n  b,\n]\n", "", "principles: [\n  a,\n  b, new,\n]\n"),
        ("principles: [\n  a,  # first\n  b\n]\n", "a", "principles: [\n  a, new,  # first\n  b\n]\n"),
        ("principles:\n  - a\n  - b\n", "", "principles:\n  - a\n  - b\n  - new\n"),
        ("principles:\n  - a\n  - b\n", "a", "principles:\n  - a\n  - new\n  - b\n"),
        ("principles:\n- a\n- b\n", "", "principles:\n- a\n- b\n- new\n"),
        ("principles:\n  -   a\n  -   b\n", "", "principles:\n  -   a\n  -   b\n  -   new\n"),
        (
            "principles:\n  - a  # x\n\n  # y\n  - b\n",
            "a",
            "principles:\n  - a  # x\n  - new\n\n  # y\n  - b\n",
        ),
        ("principles:\n  - 'a'\n  - \"b\"\n", "", "principles:\n  - 'a'\n  - \"b\"\n  - new\n"),
        ("# é 🙂\nprinciples: [a] # é\n", "", "# é 🙂\nprinciples: [a, new] # é\n"),
        ("'principles' : [a]\n", "", "'principles' : [a, new]\n"),
        ("principles:\n  - a\nsummary2: [x]\n", "", "principles:\n  - a\n  - new\nsummary2: [x]\n"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["", "bom"])
def test_an_item_is_inserted_and_every_other_byte_stays(written, after, becomes, ends, bom):
    around = f"{bom}---\ntitle:   Tides\n{{}}summary: 'They  come.'\n---\n\nprinciples: [x]\n\n\nText "
    before, expected = (around.format(each).replace("\n", ends).encode() for each in (written, becomes))
    place = 1 if after else len(plain_values(document(before, INDEX).front)["principles"])
    assert edited(before, (("principles", place), "new"), inside=INDEX) == expected


@pytest.mark.parametrize(
    "written", ["principles: a\n", "principles: {a: b}\n", "principles: &x [a]\n", "principles: [a\n"]
)
def test_a_list_in_an_unknown_style_is_left_alone(written):
    data = f"---\ntitle: Tides\nsummary: They come.\n{written}---\n\nText.\n".encode()
    with pytest.raises(CharterError, match="nothing was written: this command cannot edit the file"):
        apply_edits(data, document(data, INDEX), [(("principles", 1), "new")])


@given(tricky)
def test_no_value_is_read_as_anything_but_its_letters(value):
    """Written with the command's own words, read with those of the site: the same."""
    for text in FILES.values():
        new = document(edited(text.encode(), (("registration",), value)))
        assert new.front.get("registration").value == value
