"""Answers → every file of a charter's repository, by its path: what `charter init` writes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from charterpress.editing.starter.answers import Answers, Host
from charterpress.editing.starter.form_words import form_words
from charterpress.editing.starter.forms import (
    correct_form_fields,
    correct_headings,
    markdown_text,
    report_form_fields,
    report_headings,
    sign_form_fields,
    sign_headings,
)
from charterpress.editing.starter.languages import TEMPLATES, short_words, words_folder
from charterpress.editing.starter.record import RECORD, record_bytes
from charterpress.text.escape import yaml_list, yaml_text
from charterpress.text.interface import use_language

PINS = Path(__file__).with_name("pins.txt")
"""The packages that a site needs besides ours, each pinned with the digest of every file of it."""
SOURCE = "charter"
"""The folder of the charter, in the repository."""
WORDS = (f"{SOURCE}/", "docs/")
"""The folders whose files are in the charter's language, if there are first words in it."""
PINNED = "requirements.txt"
"""The file with the pinned packages of a repository."""
WHEELS = "wheels"
"""The folder of a distribution that no index has."""
MAX_FILES = 40
EMPTY = tuple(f"{SOURCE}/{folder}/.gitkeep" for folder in ("changes", "signatories"))
"""What keeps a folder in a repository that nothing lies in yet."""
FORMS = {Host.GITHUB: ".github/ISSUE_TEMPLATE", Host.FORGEJO: ".forgejo/issue_template"}
"""Where a host looks for forms."""
REPORT_FORM = "report"
"""The name of the form to report, without its suffix."""
LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International", "by/4.0"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0 International", "by-sa/4.0"),
    "CC-BY-ND-4.0": ("Creative Commons Attribution-NoDerivatives 4.0 International", "by-nd/4.0"),
    "CC-BY-NC-4.0": ("Creative Commons Attribution-NonCommercial 4.0 International", "by-nc/4.0"),
    "CC0-1.0": ("Creative Commons Zero 1.0 Universal", "zero/1.0"),
}
"""The names of licences, and where Creative Commons has their text."""
_PLACE = re.compile(r"«(\w+)»")


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """The generator that is installed: its version, the SHA-256 digests of its distribution's files as far as
    they are known, and the file itself where no index has it, by its name; '' and b'' otherwise."""

    version: str
    digests: tuple[str, ...] = ()
    file: str = ""
    data: bytes = b""


def starter_files(answers: Answers, package: Package, *, reports: bool = False) -> dict[str, bytes]:
    """Return the files of a new repository, by their paths in it with “/” between, the record last. The same
    answers and package give the same bytes. With `reports`, the form to report is among them: it is for a
    charter that asks for reports."""
    values = _values(answers)
    files = {}
    own = words_folder(answers.language)
    for folder in (TEMPLATES / "any", TEMPLATES / answers.host, *([own] if own else [])):
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).as_posix()
            if not path.is_file() or (path.stem == REPORT_FORM and not reports):
                continue
            if inside.startswith(WORDS) if folder == own else not (own and inside.startswith(WORDS)):
                files[re.sub(r"(^|/)dot-", r"\1.", inside)] = _filled(path, values)
    if answers.host in FORMS:
        for path in sorted((TEMPLATES / "forms").iterdir()):
            if not reports and path.stem == REPORT_FORM:
                continue
            files[f"{FORMS[answers.host]}/{path.name}"] = _filled(path, values)
    files |= dict.fromkeys(EMPTY, b"")
    files[PINNED] = requirements(package)
    if package.file:
        files[f"{WHEELS}/{package.file}"] = package.data
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    return files | {RECORD: record_bytes(package.version, answers, digests)}


def requirements(package: Package) -> bytes:
    """Return the requirements.txt of a repository: every package with its digests, and our own first."""
    own = f"charterpress=={package.version}"
    lines = [
        "# What the site is built with: each package in one version, with the digest of every file that may",
        "# be it. “charter upgrade” brings these up to date, together with what belongs to them.",
    ]
    if package.file:
        lines.append(f"--find-links {WHEELS}")
    if package.digests:
        lines.append(" \\\n    ".join([own, *(f"--hash=sha256:{digest}" for digest in package.digests)]))
    else:
        lines += [
            "# The digest of charterpress is missing: “python -m pip hash FILE” gives that of a file. Before",
            "# you install from here, write it below in this form, without the number sign.",
            f"# {own} --hash=sha256:…",
        ]
    return ("\n".join(lines) + "\n").encode() + PINS.read_bytes()


def _filled(path: Path, values: Mapping[str, str]) -> bytes:
    """The file of a template: what stands between « and » is the name of a value."""
    text = path.read_text(encoding="utf-8")
    return _PLACE.sub(lambda found: values[found[1]], text).encode()


def _values(answers: Answers) -> dict[str, str]:
    """What templates may ask for, escaped for the place where it stands."""
    owner, contact, words = answers.owner, answers.contact, short_words(answers.language)
    name, text = _licence(answers.licence, words.get("licence", "the licence {code}"))
    kept = words.get("about_owner", "It is kept by {owner}.").format(owner=markdown_text(owner))
    return {
        "title": yaml_text(answers.title),
        "summary": yaml_text(answers.summary),
        "licence": answers.licence,
        "language": answers.language,
        "owner": f"owner: {yaml_text(owner)}\n" if owner else "",
        "contact": f"contact: {{email: {yaml_text(contact)}}}\n" if contact else "",
        "kinds": yaml_list(answers.kinds),
        "host": answers.host.value,
        "site_url": yaml_text(answers.site_url),
        "maintainers": " ".join(answers.maintainers) or "@OWNER",
        "title_md": markdown_text(answers.title),
        "about_owner": f"\n{kept}\n" if owner else "",
        "licence_name": name,
        "licence_text": text,
        "host_steps": (TEMPLATES / "steps" / f"{answers.host}.md").read_text(encoding="utf-8"),
        **_form_values(answers),
    }


def _form_values(answers: Answers) -> dict[str, str]:
    """The words and questions of forms, in the charter's language: as YAML, and those that end in `_md` as
    Markdown."""
    with use_language(answers.language):
        words = form_words(answers)
        return {
            **{key: yaml_text(each) for key, each in words.items()},
            **{f"{key}_md": each for key, each in words.items()},
            "sign_fields": sign_form_fields(answers.kinds),
            "sign_headings": sign_headings(),
            "correct_fields": correct_form_fields(answers.kinds),
            "correct_headings": correct_headings(),
            "report_fields": report_form_fields(),
            "report_headings": report_headings(),
        }


def _licence(code: str, unnamed: str) -> tuple[str, str]:
    """The name of a licence in a sentence, and the address of its text: for those that are not by Creative
    Commons, where SPDX has it, and the words `unnamed`."""
    if code not in LICENCES:
        return unnamed.format(code=code), f"https://spdx.org/licenses/{code}.html"
    name, link = LICENCES[code]
    folder = "publicdomain" if link.startswith("zero") else "licenses"
    return name, f"https://creativecommons.org/{folder}/{link}/legalcode"
