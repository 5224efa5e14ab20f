"""mkdocs.yml, read without MkDocs → where the site is, and which folders a build publishes.

A mkdocs.yml may come with a proposal: reading it runs nothing in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from charterpress.model.errors import CharterError
from charterpress.text.interface import gettext as _

CONFIGURATION = "mkdocs.yml"
"""What it is called in messages; MkDocs takes mkdocs.yaml too."""
_NAMES = (CONFIGURATION, "mkdocs.yaml")
PLUGIN = "charterpress"
"""What the entry point is called."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteConfiguration:
    """What a mkdocs.yml says. `file` is that file, or None, and `root` its folder; `address` is the site's,
    or ''; `published` are the folders whose files a build publishes or overwrites."""

    file: Path | None
    root: Path
    address: str
    published: tuple[Path, ...]


def site_configuration(source: Path, environment: Mapping[str, str]) -> SiteConfiguration:
    """Return what the mkdocs.yml of the charter in `source` says, with its variables from `environment`; what
    it leaves out is empty or MkDocs' default. Raises CharterError for one that cannot be read."""
    file = find_configuration(source)
    values = read_configuration(file, environment) if file else {}
    root = file.parent if file else source.resolve().parent
    theme = values.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    folders = (values.get("docs_dir") or "docs", values.get("site_dir") or "site", custom)
    return SiteConfiguration(
        file=file,
        root=root,
        address=_text(values.get("site_url")),
        published=(source.resolve(), *((root / each).resolve() for each in folders if isinstance(each, str))),
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def find_configuration(source: Path) -> Path | None:
    """Return the nearest mkdocs.yml above the folder `source`, no further than the repository, or None."""
    for folder in source.resolve().parents:
        for name in _NAMES:
            if (folder / name).is_file():
                return folder / name
        if (folder / ".git").exists():
            break
    return None


def read_configuration(file: Path, environment: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    """Return the values of a mkdocs.yml. Tags stand for nothing, but for “!ENV” if there is an
    `environment`: the first variable that is set, or else the last word. Raises CharterError for one that
    cannot be read."""
    loader = _loader(environment)
    try:
        values = yaml.load(file.read_bytes(), loader)  # noqa: S506 - a SafeLoader that builds nothing of other tags
    except (OSError, ValueError, OverflowError, yaml.YAMLError) as error:
        raise CharterError(
            _("{configuration} cannot be read: {words}").format(
                configuration=CONFIGURATION, words=" ".join(str(error).split())
            )
        ) from error
    except RecursionError as error:
        raise CharterError(
            _("{configuration} cannot be read: there are too many brackets within one another").format(
                configuration=CONFIGURATION
            )
        ) from error
    return values if isinstance(values, Mapping) else {}


def _loader(environment: Mapping[str, str] | None) -> type[yaml.SafeLoader]:
    class Loader(yaml.SafeLoader):
        """Builds nothing but text, numbers, lists and mappings."""

    def variable(loader: yaml.SafeLoader, node: yaml.Node) -> object:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        names = [loader.construct_scalar(each) for each in nodes if isinstance(each, yaml.ScalarNode)]
        default = names.pop() if len(names) > 1 else None
        return next((environment[name] for name in names if environment and name in environment), default)

    Loader.add_multi_constructor("", lambda *_ignored: None)
    if environment is not None:
        Loader.add_constructor("!ENV", variable)
    return Loader


def setting(values: Mapping[str, Any], name: str) -> object:
    """Return the value of one of our settings: an option of the plugin, or else under `extra`."""
    plugins = values.get("plugins")
    options = plugins if isinstance(plugins, Mapping) else {}
    for each in plugins if isinstance(plugins, list) else ():
        options = {**options, **(each if isinstance(each, Mapping) else {})}
    for place in (options.get(PLUGIN), values.get("extra")):
        if isinstance(place, Mapping) and name in place:
            return place[name]
    return None
