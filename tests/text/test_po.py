"""Files of translations: what is read is written again, and what cannot be read is told with its line."""

from __future__ import annotations

import pytest

from charterpress.model import Translation, TranslationEntry
from charterpress.text.po import PoError, read_po, write_po

FILE = """\
# Welsh of the charter.
#
msgid ""
msgstr ""
"Language: cy\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Generator: Poedit 3.4\\n"

# a translator's word
#. what it is
#: charter/themes/a/b.md charter/charter.yml:3
#, fuzzy, no-wrap
#| msgid ""
#| "What a long sentence was before it was changed, which is longer than a "
#| "line."
msgctxt "b.title"
msgid "Say \\"it\\" and \\\\ go\\n"
"on"
msgstr ""

#, fuzzy
#~| msgid "Older"
#~ msgctxt "gone.title"
#~ msgid "Gone"
#~ msgstr "Wedi mynd"
"""


def read(text: str) -> Translation:
    return read_po(text.splitlines(), language="cy", path="cy.po")


def test_everything_in_a_file_is_read():
    assert read(FILE) == Translation(
        language="cy",
        path="cy.po",
        comment="Welsh of the charter.\n",
        headers=(
            ("Language", "cy"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("X-Generator", "Poedit 3.4"),
        ),
        entries=(
            TranslationEntry(
                unit="b.title",
                source='Say "it" and \\ go\non',
                previous="What a long sentence was before it was changed, which is longer than a line.",
                fuzzy=True,
                flags=("no-wrap",),
                comment="a translator's word",
                note="what it is",
                places=("charter/themes/a/b.md", "charter/charter.yml:3"),
                line=16,
                text_line=19,
            ),
            TranslationEntry(
                unit="gone.title",
                source="Gone",
                text="Wedi mynd",
                previous="Older",
                fuzzy=True,
                obsolete=True,
                line=23,
                text_line=25,
            ),
        ),
    )


def test_what_was_written_is_read_as_it_was():
    written = write_po(read(FILE))
    assert write_po(read(written)) == written
    assert [(each.unit, each.source, each.previous, each.text) for each in read(written).entries] == [
        (each.unit, each.source, each.previous, each.text) for each in read(FILE).entries
    ]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('msgid "a"\nmsgst "b"', 2, "neither a comment"),
        ("Dear translator,", 1, "neither a comment"),
        ('msgid "a"\nmsgstr "b" c"', 2, "a quotation mark or a backslash within"),
        ('msgid "a"\nmsgstr "b\\"', 2, "a quotation mark or a backslash within"),
        ('msgid "a', 1, "not between quotation marks"),
        ("msgid a\nmsgstr b", 1, "not between quotation marks"),
        ('msgstr "x"\nmsgid "y"', 1, "does not belong here"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"', 2, "no plural forms"),
        ('"abc"', 1, "does not belong here"),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"', 2, "does not belong here"),
        ('msgid "a"\nmsgstr ""\n' + '"b"\n' * 1001, 3, "goes on for 1,001 lines"),
    ],
)
def test_what_cannot_be_read_is_told(text, line, problem):
    with pytest.raises(PoError) as raised:
        read(text)
    assert raised.value.line == line
    assert problem in raised.value.problem


def test_a_comment_after_the_last_entry_is_kept():
    written = write_po(read(f"{FILE}\n# ask Mair\n#\n# about this\n"))
    assert read(written).entries[-1].comment == "ask Mair\n\nabout this"
    assert write_po(read(written)) == written


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("# a\n" * 1001, 1, "goes on for 1,001 lines"),
        ('msgid "a"\nmsgstr "b"\n' * 10_001, 20_001, "has 10,001 entries"),
    ],
)
def test_what_would_take_long_to_read_is_refused(text, line, problem):
    with pytest.raises(PoError, match=problem) as raised:
        read(text)
    assert raised.value.line == line


def test_a_file_is_never_taken_for_the_name_of_another(tmp_path, monkeypatch):
    """The library opens what its text is the path of."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "#").write_text('msgctxt "a"\nmsgid "b"\nmsgstr "c"\n', encoding="utf-8")
    assert read("#").entries == ()
