"""What mkdocs.yml does not say → what every charter's site needs, added to MkDocs' configuration."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from charterpress.model.errors import CharterError
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.views.addresses import MARK

PERMALINK_TITLE = N_("Link to this")
"""The title of the link beside a heading."""
MARKDOWN_EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "tables": {},
    "def_list": {},
    "attr_list": {},
    "toc": {"permalink": "#", "permalink_title": PERMALINK_TITLE},
    "pymdownx.snippets": {"check_paths": True},  # pages show files that people copy
    "pymdownx.superfences": {},
    "pymdownx.highlight": {"use_pygments": True, "pygments_lang_class": True},
}
"""The extensions of Python-Markdown that the generic pages are written for, with their options."""
VALIDATION = {
    "nav": ("omitted_files", "not_found", "absolute_links"),
    "links": ("not_found", "anchors", "absolute_links", "unrecognized_links"),
}
"""What MkDocs is to warn of, so that a strict build refuses it."""


def add_defaults(config: MkDocsConfig) -> None:
    """Add to `config` what its mkdocs.yml leaves open: theme, icon, extensions of Markdown, validation. What
    it says is left as it is. Raises CharterError for addresses that no charter has."""
    if not config.use_directory_urls:
        raise CharterError(
            _("mkdocs.yml: take out use_directory_urls: the addresses of a charter end in a slash")
        )
    written = _written(config)
    if "theme" not in written:
        config.theme = Theme("material")
    theme = written.get("theme")
    named: Mapping[str, Any] = theme if isinstance(theme, Mapping) else {}
    for key, value in {"font": False, "favicon": MARK}.items():
        if key not in named:
            config.theme[key] = value
    _add_extensions(config)
    validation = written.get("validation") or {}
    for part, keys in VALIDATION.items():
        levels, said = getattr(config.validation, part), validation.get(part) or {}
        for key in keys:
            # Without a navigation in mkdocs.yml no page can be left out of it by mistake.
            if key not in said and (key != "omitted_files" or config.nav):
                setattr(levels, key, logging.WARNING)


def _written(config: MkDocsConfig) -> Mapping[str, Any]:
    """What mkdocs.yml and the command line say, before MkDocs adds its own defaults."""
    written: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # MkDocs itself has no use for them
        for each in config.user_configs:
            written.update(each)
    return written


def _add_extensions(config: MkDocsConfig) -> None:
    extensions, options = config.markdown_extensions, config.mdx_configs
    snippets = {"base_path": [config.docs_dir]}
    for name, defaults in MARKDOWN_EXTENSIONS.items():
        if name not in extensions:
            extensions.append(name)
        own = snippets if name == "pymdownx.snippets" else {}
        if values := {**defaults, **own, **options.get(name, {})}:
            options[name] = values
