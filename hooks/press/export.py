"""Releases → the files that machines read: the very bytes, digests, lists, a feed, and one text document."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping

from press.model import Charter, Edition, Release

_LINK = re.compile(r"\]\(([^)\s#]+\.md)(#[^)\s]*)?\)")


def files(edition: Edition, site: str) -> Mapping[str, bytes]:
    """Return what is published beside the pages of `edition`, by address; `site` is where the site stands."""
    if not edition.current:
        return {}
    found = {
        "charter.json": edition.current.data,
        "versions.json": versions(edition.releases),
        "versions/SHA256SUMS": sums(edition.releases),
    }
    for release in edition.releases:
        found[f"versions/{release.version}/charter.json"] = release.data
        found[f"versions/{release.version}/charter.md"] = document(release, site).encode()
    return found


def versions(releases: tuple[Release, ...]) -> bytes:
    """Return the list of versions, newest first, in the shape that Material's own selector reads."""
    newest = releases[-1]
    listed = [
        {
            "version": release.version,
            "title": release.version,
            "aliases": ["latest"] if release is newest else [],
            "date": release.date,
            "class": str(release.class_),
            "sha256": release.sha256,
        }
        for release in reversed(releases)
    ]
    return (json.dumps(listed, ensure_ascii=False, indent=2) + "\n").encode()


def sums(releases: tuple[Release, ...]) -> bytes:
    """Return the digests of the published releases, as `sha256sum --check` reads them."""
    return "".join(f"{release.sha256}  {release.version}/charter.json\n" for release in releases).encode()


def document(release: Release, site: str) -> str:
    """Return a release as one Markdown document; links from file to file lead to its permanent address."""
    charter = release.charter
    home = f"{site}versions/{release.version}/"
    lines = [
        f"# {charter.title}", charter.summary,
        f"Version {release.version}, {release.date}. Permanent address: <{home}>",
        _linked(charter.preamble, "", home),
    ]  # fmt: skip
    for place, theme in enumerate(charter.themes, start=1):
        lines += [f"## {place} {theme.title}", theme.summary, _linked(theme.text, f"themes/{theme.id}", home)]
        for part, principle in enumerate(theme.principles, start=1):
            lines += [f"### {place}.{part} {principle.title}", principle.summary]
            lines += _sections(charter, principle.id, home)
    return "\n\n".join(line for line in lines if line) + "\n"


def _sections(charter: Charter, id: str, home: str) -> list[str]:
    theme, principle = next((theme, each) for theme, each in charter.principles() if each.id == id)
    headings = {shape.id: shape.heading for shape in charter.sections}
    lines = []
    for section in principle.sections:
        lines += [f"#### {headings[section.id]}", _linked(section.text, f"themes/{theme.id}", home)]
    if principle.behaviours:
        lines += ["#### What people do"]
        lines += [
            f"- **{each.behaviour}**\n  - How it is seen: {each.measure}\n  - What helps: {each.support}"
            for each in principle.behaviours
        ]
    if principle.questions:
        lines += ["#### Questions to reflect on", "\n".join(f"- {each}" for each in principle.questions)]
    if principle.sources:
        lines += ["#### Where it comes from", "\n".join(f"- {each}" for each in principle.sources)]
    return lines


def _linked(text: str, folder: str, home: str) -> str:
    def link(match: re.Match[str]) -> str:
        file = posixpath.normpath(posixpath.join(folder, match[1]))
        name = (
            posixpath.basename(posixpath.dirname(file))
            if file.endswith("/index.md")
            else posixpath.basename(file)
        )
        return f"]({home}#{name.removesuffix('.md')})"

    return _LINK.sub(link, text)
