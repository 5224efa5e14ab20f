"""`charter letters` in several languages: which language a letter is in, and whose words are in it."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from lxml import html

import three_languages
from charterpress.outputs.letters import package_letters
from charterpress.outputs.letters.template import read_template
from charterpress.text import interface
from charterpress.text.interface import PSEUDO, use_language
from charterpress.views.letter_kinds import KINDS
from charterpress.views.letters import BLOCKS
from commands import run_charter
from letters_to_send import EXAMPLE, SENDER, SITE, asked, body_text, messages
from marked import START, is_marked, unmarked


def test_a_letter_is_in_the_language_that_its_contact_asks_for(letters, capsys):
    """Everything but the charter's words, names, addresses and figures is from the catalogs; whoever asks for
    no language gets a letter in the charter's, as before."""
    first, second, *_ = asked(capsys)
    rows = f"slug,email,name,language\n{first},a@x.example,Ann,{PSEUDO}\n{second},b@x.example,Bob,\n"
    Path("private.csv").write_text(rows, encoding="utf-8")
    code, said, _ = letters("--to", "asked", first, second)
    assert (code, "another language" in said) == (0, False)
    found = messages()
    marked, plain = found[first], found[second]
    assert (marked["Content-Language"], plain["Content-Language"]) == (PSEUDO, "en-GB")
    assert START not in plain.as_string()
    assert is_marked(marked["Subject"])
    words = unmarked(body_text(marked))
    known = words_of_charter() | set(re.findall(r"\w+", f"{first} Ann {SENDER}"))
    left = set(re.findall(r"\w+", re.sub(r"\S+://\S+", "", words)))
    assert left - known == set()
    page = marked.get_body(("html",)).get_content()
    assert f'<html lang="{PSEUDO}">' in page
    assert "deleted:" not in page


@pytest.fixture(scope="module")
def in_three_languages(tmp_path_factory):
    """A charter in English, Welsh and Arabic, whose current version is published in the first two."""
    return three_languages.write_project(tmp_path_factory.mktemp("letters")) / "charter"


def write_in(capsys, charter, kind, *arguments, rows):
    """Runs `charter letters` on a charter in several languages; `rows` are contacts: slug and language."""
    lines = [f"{slug},office@{slug}.example,{language}" for slug, language in rows.items()]
    Path("c.csv").write_text("\n".join(["slug,email,language", *lines]), encoding="utf-8")
    words = ["--source", str(charter), "letters", "--to", kind, "--contacts", "c.csv", "--site", SITE]
    return run_charter(capsys, *words, "--sender", SENDER, *arguments)


def test_a_letter_is_in_the_language_that_was_signed_unless_its_contact_asks_for_another(
    in_three_languages, working_folder, capsys
):
    welcome = ("--since", "2025-01-01", "--format", "csv")
    write_in(capsys, in_three_languages, "welcome", *welcome, "--out", "a", rows=both("", ""))
    pier, quay = csv.DictReader(io.StringIO(Path("a/letters.csv").read_text(encoding="utf-8-sig")))
    assert (pier["language"], quay["language"]) == ("cy", "en-GB")
    title = three_languages.WORDS["Harbour Charter"][0]
    assert (pier["charter"], quay["charter"]) == (title, "Harbour Charter")
    assert pier["subject"].startswith(f"{title}: ")
    assert pier["signed_page"] == f"{SITE}cy/versions/2.0.0/"
    assert pier["badge"] == f"{SITE}signatories/pier-club/badge.svg"
    assert pier["certificate"] == f"{SITE}cy/signatories/pier-club/certificate/"
    assert f"{SITE}cy/" not in "".join(quay.values())
    write_in(capsys, in_three_languages, "welcome", *welcome, "--out", "b", rows=both("en-GB", "cy-GB"))
    pier, quay = csv.DictReader(io.StringIO(Path("b/letters.csv").read_text(encoding="utf-8-sig")))
    assert (pier["charter"], pier["page"]) == ("Harbour Charter", f"{SITE}signatories/pier-club/")
    assert (quay["language"], quay["charter"]) == ("cy-GB", title)
    assert quay["page"] == f"{SITE}cy/signatories/quay-club/"


def both(pier, quay):
    return {"pier-club": pier, "quay-club": quay}


def test_a_dry_run_says_which_language_each_letter_is_in_and_why(in_three_languages, working_folder, capsys):
    welcome = ("--since", "2025-01-01", "--dry-run")
    _, said, _ = write_in(capsys, in_three_languages, "welcome", *welcome, rows=both("", "ar"))
    assert "\nLanguage: Cymraeg; it signed the text in Cymraeg\n" in said
    assert "\nLanguage: العربية; its contact asks for العربية\n" in said
    _, said, _ = write_in(capsys, in_three_languages, "welcome", *welcome, rows=both("", ""))
    assert "\nLanguage: English; neither a contact nor a signature names another\n" in said


def test_changes_that_were_not_published_in_the_language_of_a_letter_are_marked(
    in_three_languages, working_folder, capsys
):
    rows = {"quay-club": "ar"}
    code, _, _ = write_in(capsys, in_three_languages, "asked", "--out", "out", rows=rows)
    assert code == 0
    message = messages()["quay-club"]
    page = html.fromstring(message.get_body(("html",)).get_content())
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    marked = page.xpath("//*[@lang='en-GB' and @dir='ltr']")
    assert {each.tag for each in marked} == {"bdi", "blockquote", "div"}  # title, changes and reasons
    assert "Harbour Charter" in marked[0].text
    text = body_text(message)
    with use_language("ar"):
        notice = interface.gettext(
            "Version {version} isn’t published in this language, so the words below are in {language}."
        )
    assert notice.format(version="2.0.0", language="الإنجليزية") in text
    assert f"{SITE}ar/sign/#form?request=re-sign" in text
    assert "<bdi" not in text


def test_changes_are_told_in_the_words_that_both_versions_were_published_in(
    in_three_languages, working_folder, capsys
):
    folder = Path(shutil.copytree(in_three_languages, "two/charter"))
    three_languages.release_another(folder, "clymu â phedair rhaff.", reason="The quay is longer.")
    code, _, _ = write_in(capsys, folder, "asked", "pier-club", "--out", "out", rows={"pier-club": ""})
    assert code == 0
    message = messages()["pier-club"]
    text, page = body_text(message), message.get_body(("html",)).get_content()
    assert "Cyn: clymu â thair rhaff." in text
    assert "Nawr: clymu â phedair rhaff." in text
    assert f"{SITE}cy/versions/compare/2.0.0..3.0.0/" in text
    assert "Cymraeg (cy)\n" in text
    assert "<blockquote><p>clymu" in page.replace("\n", "")
    assert '<div lang="en-GB" dir="ltr"><p>The quay is longer.</p></div>' in "".join(page.splitlines())


def words_of_charter():
    files = [*(EXAMPLE / "releases").glob("*.json"), *(EXAMPLE / "signatories").glob("*.yml")]
    return set(re.findall(r"\w+", "".join(path.read_text(encoding="utf-8") for path in files)))


@pytest.mark.parametrize("name", KINDS)
def test_the_package_has_a_letter_in_a_language_or_not(monkeypatch, name):
    letter = (package_letters.FOLDER / f"{name}.md").read_text(encoding="utf-8")
    translated = package_letters.translate_letter(letter, PSEUDO)
    read_template(translated.encode(), f"{name}.md", KINDS[name].placeholders, BLOCKS, PSEUDO)
    assert "{ #" not in translated
    assert translated.count("\n\n") == letter.count("\n\n")
    assert package_letters.translate_letter(letter, "en-GB") is None
    *_, last = package_letters.letter_messages(letter)
    translation = interface.translation
    monkeypatch.setattr(interface, "translation", lambda words: None if words == last else translation(words))
    assert package_letters.translate_letter(letter, PSEUDO) is None
