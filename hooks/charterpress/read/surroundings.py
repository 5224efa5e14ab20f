"""What lies around a charter's folder → the files there that say something of the charter too."""

from __future__ import annotations

import os
from pathlib import Path

from charterpress.model import MAX_FILE_BYTES, Document, Mapping, Node, Role, Scalar, Sequence
from charterpress.read.decoding import decode_text
from charterpress.read.string_yaml import read_yaml

SITE_SETTINGS = "mkdocs.yml"
FORMS = (
    ".github/ISSUE_TEMPLATE/sign.yml",
    ".github/ISSUE_TEMPLATE/correct.yml",
    ".github/ISSUE_TEMPLATE/report.yml",
    ".forgejo/issue_template/sign.yml",
    ".forgejo/issue_template/correct.yml",
    ".forgejo/issue_template/report.yml",
    ".forgejo/ISSUE_TEMPLATE/sign.yml",
    ".forgejo/ISSUE_TEMPLATE/correct.yml",
    ".forgejo/ISSUE_TEMPLATE/report.yml",
    ".gitlab/issue_templates/sign.md",
    ".gitlab/issue_templates/report.md",
)
"""The forms to sign, to correct an entry and to report, where each host has them."""
OWNERS = ("CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", ".forgejo/CODEOWNERS", "docs/CODEOWNERS")
"""Who must approve a change, where hosts look for it."""


def read_surroundings(source: Path, shown: str) -> tuple[Document, ...]:
    """Return the settings of the site, the forms and the owners in the folder that the charter's folder
    `source` lies in; `shown` is what messages call the latter. Return () if no settings there say that the
    site is made from this folder: what lies there is another's then. What cannot be read is left out."""
    top = Path(os.path.normpath(Path(shown) / ".."))
    settings = _read(source / "..", SITE_SETTINGS, top)
    if settings is None or settings.front is None or not _is_made_from(settings.front, source):
        return ()
    others = (_read(source / "..", name, top) for name in (*FORMS, *OWNERS))
    return (settings, *filter(None, others))


def _read(folder: Path, name: str, shown: Path) -> Document | None:
    try:
        descriptor = os.open(folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        return None
    text = decode_text(data)
    if len(data) > MAX_FILE_BYTES or not text.readable:
        return None
    root = read_yaml(text.clean())[0] if name.endswith(".yml") else None
    return Document(
        path=(shown / name).as_posix(),
        role=Role.OTHER,
        lines=text.lines,
        front=root if isinstance(root, Mapping) else None,
        body="" if name.endswith(".yml") else "\n".join(text.clean()),
    )


def _is_made_from(settings: Mapping, source: Path) -> bool:
    """Whether a site with these settings is made from the charter in `source`."""
    plugins = settings.get("plugins")
    entries = plugins.items if isinstance(plugins, Sequence) else (plugins,)
    options = [each.get("charterpress") for each in entries if isinstance(each, Mapping)]
    places = [each for each in (*options, settings.get("extra")) if isinstance(each, Mapping)]
    named = next(
        (value for each in places if (value := default_value(each.get("charter_source")))), "charter"
    )
    return Path(os.path.normpath(named)) == Path(source.resolve().name)


def default_value(node: Node | None) -> str:
    """Return a setting, or what it is where no variable of the environment says so: the last item of a list,
    as MkDocs reads !ENV; '' for none."""
    if isinstance(node, Sequence):
        return default_value(node.items[-1]) if node.items else ""
    return node.value if isinstance(node, Scalar) else ""
