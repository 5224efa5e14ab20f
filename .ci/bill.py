"""What is pinned, what the packages say of themselves, and what we carry along → the bill of materials.

It is written by `make lock` to docs/developers/sbom.cdx.json, which the manual shows as it is: CycloneDX 1.6,
with no time in it and a serial number that follows from its content, so that the same packages give the same
bytes.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import fixup_id, is_expression
from packageurl import PackageURL

from charterpress.storage import atomic

ROOT = Path(__file__).resolve().parents[1]
BILL = "docs/developers/sbom.cdx.json"
PINNED = ("requirements.txt", "requirements-tests.txt")
"""What a site needs, and the rest; what both want stands in both."""
VENDORED = "hooks/charterpress/outputs/html/scripts/vendor"
CARRIED_ALONG = (
    ("diff", "9.0.0", "BSD-3-Clause", "A JavaScript text diff implementation", "diff.min.js"),
    ("minisearch", "7.2.0", "MIT", "A full-text search engine for the browser", "minisearch.js"),
    ("stemmer", "2.0.1", "MIT", "The stems of English words, by Porter’s algorithm", "stemmer.js"),
    ("@orama/stemmers", "3.1.18", "Apache-2.0", "Snowball’s stemmers for 24 languages", "stemmers/*.min.js"),
)
"""The npm packages of which the site has a file: name, version, licence, what it is, and which."""
LICENCES = {
    "axe-playwright-python": "MIT",
    "brotli": "MIT",
    "brotlicffi": "MIT",
    "check-jsonschema": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "feedgenerator": "BSD-3-Clause",
    "ghp-import": "Apache-2.0",
    "jinja2": "BSD-3-Clause",
    "librt": "MIT",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "mergedeep": "MIT",
    "nodeenv": "BSD-3-Clause",
    "numpy": "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
    "olefile": "BSD-2-Clause",
    "pathspec": "MPL-2.0",
    "pycparser": "BSD-3-Clause",
    "pymdown-extensions": "MIT",
    "rfc3161-client": "Apache-2.0",
    "sortedcontainers": "Apache-2.0",
    "tinycss2": "BSD-3-Clause",
    "uharfbuzz": "Apache-2.0",
    "webencodings": "BSD-3-Clause",
}
"""The licences, by their SPDX identifiers, of packages whose metadata names none, or that not every system
installs: read in the licence that the package contains."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pinned:
    """A package that is pinned."""

    name: str
    version: str
    everywhere: bool
    """Whether every system installs it, so that what it says of itself can be read on any."""
    wanted_by: frozenset[str]
    digests: frozenset[str]
    """The SHA-256 of each file in which it comes: one for each system, and its source."""


def pinned(*texts: str) -> list[Pinned]:
    """Return the packages of requirement files as uv writes them, by name and version; one is there more than
    once where systems differ in the version that they need."""
    found: dict[tuple[str, str], Pinned] = {}
    for entry in (entry for text in texts for entry in re.split(r"\n(?=\S)", text)):
        if head := re.match(r"([a-z0-9-]+)==(\S+)( ;)?", entry):
            wanted = frozenset(re.findall(r"(?m)^ +# (?:via|  ) ?([a-z0-9][a-z0-9-]*)", entry))
            digests = frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
            name, version, only = head.groups()
            before = found.get((name, version))
            found[name, version] = Pinned(
                name=name,
                version=version,
                everywhere=not only or (before is not None and before.everywhere),
                wanted_by=wanted | (before.wanted_by if before else frozenset()),
                digests=digests | (before.digests if before else frozenset()),
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


def licence(package: Pinned) -> License:
    """Return a package's licence, as an SPDX identifier or expression: the one that its metadata names, or
    that of `LICENCES`. Raises LookupError if neither has one."""
    fields = metadata.metadata(package.name) if package.everywhere else {}
    named = [fields.get("License-Expression"), fields.get("License")]
    identifiers = [name for name in named if name and (fixup_id(name) or is_expression(name))]
    if not identifiers and package.name not in LICENCES:
        raise LookupError(f"{package.name} names no licence: write its SPDX identifier in LICENCES")
    return LicenseFactory().make_from_string(identifiers[0] if identifiers else LICENCES[package.name])


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
        licenses=[licence(package)],
        description=summary,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in package.digests],
    )


def _scoped(name: str) -> tuple[str | None, str]:
    """The scope of an npm package, None for none, and its name."""
    scope, _, own = name.rpartition("/")
    return scope or None, own


def _digests(sums: dict[str, str], files: str) -> list[str]:
    return [digest for name, digest in sorted(sums.items()) if fnmatch(name, files)]


def carried_along(root: Path) -> list[Component]:
    """Return the packages of which one file lies beside our scripts as its makers made it."""
    sums = dict(line.split()[::-1] for line in (root / VENDORED / "SHA256SUMS").read_text().splitlines())
    return [
        Component(
            type=ComponentType.LIBRARY,
            name=name,
            version=version,
            purl=(address := PackageURL("npm", *_scoped(name), version)),
            bom_ref=str(address),
            scope=ComponentScope.REQUIRED,
            licenses=[LicenseFactory().make_from_string(licence)],
            description=f"{what}: the file {file}, published with the site",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in _digests(sums, file)],
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
    told["serialNumber"] = serial_number(told)
    return _as_json(told).encode()


def serial_number(told: Mapping[str, object]) -> str:
    """Return the serial number of a bill that has none: a UUID of version 5, of the bill's JSON, in the
    namespace of the address of CycloneDX's schema."""
    return uuid5(uuid5(NAMESPACE_URL, str(told["$schema"])), _as_json(told)).urn


def _as_json(told: Mapping[str, object]) -> str:
    return json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _names(wanted: Iterable[str]) -> list[str]:
    return [re.split(r"[^\w.-]", each)[0].lower() for each in wanted]


if __name__ == "__main__":
    atomic.write_file(ROOT / BILL, bill())
