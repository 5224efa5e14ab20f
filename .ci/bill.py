"""What is pinned, what the packages say of themselves, and what we carry along → the bill of materials.

It is written by `make lock` to docs/sbom.cdx.json, from where the build publishes it as it is: CycloneDX 1.6,
with neither a time nor a random number in it, so that the same packages give the same bytes.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from charterpress.storage import atomic

ROOT = Path(__file__).resolve().parents[1]
BILL = "docs/sbom.cdx.json"
PINNED = ("requirements.txt", "requirements-tests.txt")
"""What a site needs, and the rest; what both want stands in both."""
VENDORED = "hooks/charterpress/outputs/html/scripts/vendor"
CARRIED_ALONG = (
    ("diff", "9.0.0", "BSD-3-Clause", "A JavaScript text diff implementation", "diff.min.js"),
    ("minisearch", "7.2.0", "MIT", "A full-text search engine for the browser", "minisearch.js"),
    ("stemmer", "2.0.1", "MIT", "The stems of English words, by Porter’s algorithm", "stemmer.js"),
)
"""The npm packages of which the site has a file: name, version, licence, what it is, the file."""
LONGEST = 60
"""Characters of a licence's name; what is longer is the licence itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pinned:
    """A package that is pinned."""

    name: str
    version: str
    everywhere: bool
    """Whether every system installs it, so that what it says of itself can be read on any."""
    wanted_by: frozenset[str]


def pinned(*texts: str) -> list[Pinned]:
    """Return the packages of requirement files as uv writes them, by name and version; one is there more than
    once where systems differ in the version that they need."""
    found: dict[tuple[str, str], Pinned] = {}
    for entry in (entry for text in texts for entry in re.split(r"\n(?=\S)", text)):
        if head := re.match(r"([a-z0-9-]+)==(\S+)( ;)?", entry):
            wanted = frozenset(re.findall(r"(?m)^ +# (?:via|  ) ?([a-z0-9][a-z0-9-]*)", entry))
            name, version, only = head.groups()
            before = found.get((name, version))
            found[name, version] = Pinned(
                name=name,
                version=version,
                everywhere=not only or (before is not None and before.everywhere),
                wanted_by=wanted | (before.wanted_by if before else frozenset()),
            )
    return [found[key] for key in sorted(found)]


def reached(packages: Iterable[Pinned], start: Iterable[str]) -> set[str]:
    """Return the names of `start`, and of all that these want."""
    found, waiting = set(), list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [each.name for each in packages if name in each.wanted_by]
    return found


def licences(package: Pinned) -> list[License]:
    """Return what a package says that its licence is."""
    if not package.everywhere:
        return []
    said = metadata.metadata(package.name)
    given = [said.get("License-Expression"), said.get("License")]
    given += [each.rpartition(" :: ")[2] for each in said.get_all("Classifier") or () if "License ::" in each]
    for words in given:
        if words and words != "UNKNOWN" and len(words) <= LONGEST and "\n" not in words:
            return [LicenseFactory().make_from_string(words)]
    return []


def component(package: Pinned, scope: ComponentScope) -> Component:
    """Return a package as the bill names it."""
    address = PackageURL("pypi", None, package.name, package.version)
    summary = metadata.metadata(package.name).get("Summary") if package.everywhere else None
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        purl=address,
        bom_ref=str(address),
        scope=scope,
        licenses=licences(package),
        description=summary,
    )


def carried_along(root: Path) -> list[Component]:
    """Return the packages of which one file lies beside our scripts as its makers made it."""
    sums = dict(line.split()[::-1] for line in (root / VENDORED / "SHA256SUMS").read_text().splitlines())
    return [
        Component(
            type=ComponentType.LIBRARY,
            name=name,
            version=version,
            purl=(address := PackageURL("npm", None, name, version)),
            bom_ref=str(address),
            scope=ComponentScope.REQUIRED,
            licenses=[LicenseFactory().make_from_string(licence)],
            description=f"{what}: the file {file}, published with the site",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sums[file])],
        )
        for name, version, licence, what, file in CARRIED_ALONG
    ]


def bill(root: Path = ROOT) -> bytes:
    """Return the bill: what makes the site is required, extras are optional, and what only tests and
    tools want is excluded."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = pinned(*((root / name).read_text(encoding="utf-8") for name in PINNED))
    extras = project["optional-dependencies"]
    required = reached(packages, _names(project["dependencies"]))
    optional = reached(packages, _names([each for extra in extras.values() for each in extra])) - required
    ours = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        description=project["description"],
        licenses=[LicenseFactory().make_from_string(project["license"])],
        bom_ref=project["name"],
    )
    scopes = {package.name: ComponentScope.EXCLUDED for package in packages}
    scopes |= dict.fromkeys(optional, ComponentScope.OPTIONAL)
    scopes |= dict.fromkeys(required, ComponentScope.REQUIRED)
    parts = [(package, component(package, scopes[package.name])) for package in packages]
    along = carried_along(root)
    made = Bom(components=[*(part for _, part in parts), *along])
    made.metadata.component = ours
    made.register_dependency(ours, along)
    for package, part in parts:
        for other in [ours, *(other for _, other in parts)]:
            if other.name in package.wanted_by:
                made.register_dependency(other, [part])
    told = json.loads(JsonV1Dot6(made).output_as_string())
    del told["serialNumber"], told["metadata"]["timestamp"]
    return (json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _names(wanted: Iterable[str]) -> list[str]:
    return [re.split(r"[^\w.-]", each)[0].lower() for each in wanted]


if __name__ == "__main__":
    atomic.write_file(ROOT / BILL, bill())
