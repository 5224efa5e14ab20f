"""Write the templates of the interface's catalogs from the code, and bring each language's in step."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from charterpress.checks import RULES
from charterpress.editing.sign_up.fields import ALL_FIELDS
from charterpress.outputs import words as around
from charterpress.outputs.letters import package_letters
from charterpress.text import interface
from charterpress.text.languages import cldr_plural_forms

ROOT = Path(__file__).resolve().parents[1]
HOOKS = ROOT / "hooks"
PACKAGE = HOOKS / "charterpress"
CATALOGS = PACKAGE / "text" / "catalogs"
PAGES = PACKAGE / "outputs" / "pages"
STARTER = PACKAGE / "editing" / "starter" / "files"
"""The files of a new charter, which have no messages."""
PUBLIC = (
    *("model", "text", "versions", "register", "views", "outputs", "site"),
    *("checks/signatories", "editing/sign_up", "hosts/languages.py", "hosts/navigation.py"),
    *("editing/starter/forms.py", "editing/starter/form_words.py"),
)
"""Whose messages readers and signatories see; those of the other rooms are for editors."""
EDITORS = (
    *("outputs/pages/editors", "outputs/html/templates/pages/rules.html", "outputs/letters/template.py"),
    *("register/contacts.py", "versions/freeze.py", "versions/refusals.py", "versions/number/lowering.py"),
    *("versions/number/next_version.py", "outputs/html/templates.py", "outputs/images/mark.py"),
    *("outputs/pdf/engine.py", "outputs/style", "text/extras.py", "text/po.py"),
)
"""What is for editors in a room that is not."""
METHODS = {
    ".py": "python",
    ".html": "jinja2",
    ".txt": "jinja2",
    ".js": "javascript",
    ".md": "charterpress.text.markdown_messages:extract_markdown",
}
OPTIONS = {
    "jinja2": {
        "extensions": "jinja2.ext.i18n,charterpress.outputs.html.templates.Once",
        "newstyle_gettext": "true",
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    },
    "javascript": {"template_string": "false"},
}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "N_")),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMMENT = "Translators:"
WORDS = "outputs/words"
"""Where the words around the charter stand, in Markdown, which has messages of its own."""
HEADER = """\
# The words of charterpress {audience}.
# Distributed under the MIT licence, as the program is.
#"""
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_PREVIOUS = re.compile(rb"(?m)(?:^#\| .*\n)+")
_STRING = re.compile(rb'(?:msgid(?:_plural)? )?"(?:[^"\\]|\\.)*"')
AUDIENCES = {"public": "that readers and signatories see", "editors": "that only editors see"}


def domain(path: Path) -> str:
    """Return the catalog that the messages of a file of the package belong to."""
    place = path.relative_to(PACKAGE).as_posix()
    return "public" if place.startswith(PUBLIC) and not place.startswith(EDITORS) else "editors"


def sources() -> Iterator[tuple[Path, str]]:
    """Yield every file that may have messages, and how they are found in it."""
    for path in sorted(PACKAGE.rglob("*")):
        if "vendor" in path.parts or STARTER in path.parents or "__pycache__" in path.parts:
            continue
        method = METHODS.get(path.suffix)
        if method == "jinja2" and "templates" not in path.parts:
            continue
        if path.suffix == ".md" and PAGES not in path.parents:
            continue
        if method and path.is_file():
            yield path, method


def in_tables() -> Iterator[tuple[str, str, str]]:
    """Yield the messages that stand in no call, each with its catalog and its file: the questions of forms,
    the words around the charter, letters, and the rules of the check, which are the docstrings of functions.
    """
    fields = "charterpress/editing/sign_up/fields.csv"
    yield from (("public", fields, words) for each in ALL_FIELDS for words in (each.label, each.help))
    for path in sorted((PACKAGE / WORDS).glob("*.md")):
        yield from (
            ("public", path.relative_to(HOOKS).as_posix(), each) for each in around.word_messages(path.name)
        )
    for path in sorted(package_letters.FOLDER.glob("*.md")):
        letter = package_letters.letter_messages(path.read_text(encoding="utf-8"))
        yield from (("public", path.relative_to(HOOKS).as_posix(), each) for each in letter)
    for rule in RULES:
        place = Path(inspect.getfile(rule.find)).relative_to(HOOKS).as_posix()
        yield "editors", place, rule.text


def templates() -> dict[str, Catalog]:
    """Return the template of each catalog, by its domain."""
    found = {
        name: Catalog(
            project="charterpress",
            copyright_holder="",
            version="",
            header_comment=HEADER.format(audience=audience),
            fuzzy=False,
        )
        for name, audience in AUDIENCES.items()
    }
    for path, method in sources():
        place = path.relative_to(HOOKS).as_posix()
        options = OPTIONS.get(method, {})
        with path.open("rb") as file:
            for _, message, comments, context in extract(
                method,
                file,
                keywords=KEYWORDS,
                comment_tags=(COMMENT,),
                options=options,
                strip_comment_tags=True,
            ):
                if not message or not any(message):
                    continue
                found[domain(path)].add(
                    message, locations=[(place, None)], auto_comments=comments, context=context
                )
    for name, place, message in in_tables():
        found[name].add(message, locations=[(place, None)])
    return found


def written(catalog: Catalog, *, template: bool) -> bytes:
    """Return the bytes of a catalog: the same for the same messages, on every day and machine."""
    catalog.creation_date = catalog.revision_date = _NO_DATE
    file = BytesIO()
    write_po(file, catalog, width=100, sort_by_file=True, include_previous=True, include_lineno=False)
    unsaid = [
        *(b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Report-Msgid-Bugs-To'),
        *(
            b'"Last-Translator: FULL NAME',
            b'"Language-Team: %s <LL@' % str(catalog.locale_identifier).encode(),
        ),
    ]
    if template:
        unsaid += [b'"Last-Translator', b'"Language-Team']
    text = _PREVIOUS.sub(_quoted_lines, file.getvalue()).replace(b"charterpress VERSION", b"charterpress")
    lines = [line for line in text.split(b"\n") if not line.startswith(tuple(unsaid))]
    return b"\n".join(lines).rstrip(b"\n") + b"\n"


def _quoted_lines(comment: re.Match[bytes]) -> bytes:
    """What a message was before, with each string of it on a line of its own. Babel wraps it like prose,
    within its quotation marks, and then no other program can read the file."""
    words = comment[0].replace(b"\n#| ", b" ")
    return b"".join(b"#| %s\n" % each for each in _STRING.findall(words))


def begun(tag: str, template: Catalog) -> Catalog:
    """Return a catalog for the language `tag` with no word translated. Its plurals are those of CLDR. Raises
    what Babel raises for a tag of no language."""
    locale = Locale.parse(tag, sep="-")
    name = locale.get_display_name("en")
    catalog = Catalog(
        locale=locale,
        project="charterpress",
        version="",
        copyright_holder="",
        msgid_bugs_address="",
        header_comment=HEADER.format(audience=f"{AUDIENCES['public']}, in {name}").replace(
            "\n#", f"\n# {interface.UNREAD} of {name}.\n#", 1
        ),
        fuzzy=False,
    )
    # Babel has a table of its own, in which Welsh has five.
    catalog.mime_headers = [
        (key, cldr_plural_forms(locale) if key == "Plural-Forms" else value)
        for key, value in catalog.mime_headers
    ]
    catalog.update(template)
    return catalog


def files() -> dict[Path, bytes]:
    """Return every template and catalog as the code has it now, and the list of languages, by its file."""
    made: dict[Path, bytes] = {}
    for name, template in templates().items():
        made[CATALOGS / f"{name}.pot"] = written(template, template=True)
        for path in sorted(CATALOGS.glob(f"*/{name}.po")):
            with path.open("rb") as file:
                catalog = read_po(file, locale=path.parent.name.replace("-", "_"), domain=name)
            catalog.update(template, no_fuzzy_matching=False, update_header_comment=False)
            made[path] = written(catalog, template=False)
    tags = sorted({path.parent.name for path in CATALOGS.glob("*/*.po")})
    made[CATALOGS / "languages.txt"] = "".join(f"{tag}\n" for tag in tags).encode()
    return made


def main(tags: Sequence[str] = ()) -> None:
    """Begin a catalog for each of `tags` that has none; then write what has changed, and say so."""
    for tag in tags:
        path = CATALOGS / tag / "public.po"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(written(begun(tag, templates()["public"]), template=False))
    for path, data in files().items():
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
            sys.stdout.write(f"{path.relative_to(ROOT)} is written\n")


if __name__ == "__main__":
    main(sys.argv[1:])
