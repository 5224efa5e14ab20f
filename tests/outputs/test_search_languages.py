"""The search in other languages than English: their own stems, no English habits, no stemmer but theirs."""

import json
import subprocess

import pytest

from charterpress.outputs.assets import SCRIPTS, package_assets
from charterpress.outputs.search.stemmers import OTHERS, stemmer_address, unused_stemmers
from charterpress.text.folding import FOLDED_LETTERS
from node import NODE

PROGRAM = """
import { readFileSync } from "node:fs";
const { scripts, letters, asked } = JSON.parse(readFileSync(0, "utf8"));
const { open } = await import(`${scripts}/search/engine.js`);
const found = [];
for (const { language, file, texts, queries } of asked) {
  const { stemmer } = file ? await import(`${scripts}/vendor/${file}`) : {};
  const page = (text, at) => ({ address: `${at}/`, title: "", weight: 1, parts: [["", "", text]] });
  const pages = texts.map(page);
  const { search } = open({ letters, pages }, language, stemmer);
  found.push(queries.map((query) => {
    const { found, whole } = search(query);
    return found.slice(0, whole).map(({ page }) => page.parts[0][2]);
  }));
}
console.log(JSON.stringify(found));
"""


def found(*asked):
    """What each query finds, by the text of the page; only pages that have all of its words."""
    told = json.dumps({"scripts": SCRIPTS.as_posix(), "letters": FOLDED_LETTERS, "asked": asked}).encode()
    command = [NODE, "--input-type=module", "-e", PROGRAM]
    done = subprocess.run(command, input=told, capture_output=True, check=True, timeout=120)
    return json.loads(done.stdout)


def site(language, texts, queries):
    """A site in a language, with the stemmer that Python chooses for it."""
    file = "stemmer.js" if language.startswith("en") else stemmer_address(language).partition("/vendor/")[2]
    return {"language": language, "file": file, "texts": texts, "queries": queries}


def test_words_are_found_by_their_stems_in_their_own_language():
    arabic = ["نبني الشراكات معا", "نعتني بالحديقة"]
    german = ["Wir halten die Wege offen", "Jeder gießt seine Beete"]
    welsh = ["Rydym yn cadw'r llwybrau ar agor", "Beth sydd yn yr ardd"]
    english = ["We keep the paths open", "We organise the meetings"]
    answers = found(
        site("ar", arabic, ["شراكة", "حديقة"]),
        site("de-AT", german, ["Weg", "Beet"]),
        site("cy", welsh, ["llwybrau", "llwybr cadw", "beth"]),
        site("en-GB", english, ["path", "organization meeting", "what is a path"]),
    )
    assert answers[0] == [[arabic[0]], [arabic[1]]]
    assert answers[1] == [[german[0]], [german[1]]]
    assert answers[2] == [[welsh[0]], [welsh[0]], [welsh[1]]]  # no stem, but the beginning of a word
    assert answers[3] == [[english[0]], [english[1]], [english[0]]]


def test_what_says_nothing_in_english_is_a_word_in_another_language():
    """“Am”, which is a form of “be”, means “for” in Welsh."""
    [[welsh], [english]] = found(*(site(tag, ["am dro", "dro"], ["am dro"]) for tag in ("cy", "en")))
    assert (welsh, sorted(english)) == (["am dro"], ["am dro", "dro"])


@pytest.mark.parametrize(
    ("tag", "file"), [("ar-EG", "ar"), ("nb", "no"), ("pt-BR", "pt"), ("cy", ""), ("en-GB", ""), ("th", "")]
)
def test_a_language_has_the_stemmer_of_its_own_or_none(tag, file):
    assert stemmer_address(tag) == (f"{OTHERS}/{file}.min.js" if file else "")


def test_a_site_has_no_stemmers_but_those_of_its_languages():
    def published(*tags):
        unused = tuple(unused_stemmers(tags))
        return sorted(
            name.rpartition("vendor/")[2]
            for name in package_assets()
            if "stemmer" in name and not name.startswith(unused)
        )

    assert published("en-GB") == ["stemmer-licence.txt", "stemmer.js"]
    assert published("cy") == []
    assert published("en", "cy", "ar") == [
        *("stemmer-licence.txt", "stemmer.js", "stemmers-licence.txt", "stemmers/ar.min.js")
    ]
