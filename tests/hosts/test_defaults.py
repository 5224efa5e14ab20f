"""What a charter's site has without a word in mkdocs.yml, and what mkdocs.yml may say instead."""

from __future__ import annotations

import logging

import pytest
import yaml
from mkdocs.config import load_config

from charterpress.hosts.defaults import MARKDOWN_EXTENSIONS, add_defaults
from charterpress.model.errors import CharterError

LEAST = {"site_name": "Hall", "plugins": ["charterpress"]}
INFO, WARNING = logging.INFO, logging.WARNING


@pytest.fixture
def configured(tmp_path):
    """configured(key=value, …): MkDocs' configuration of a mkdocs.yml that says this, with the defaults."""
    (tmp_path / "docs").mkdir()

    def configure(**settings):
        path = tmp_path / "mkdocs.yml"
        path.write_text(yaml.safe_dump(LEAST | settings))
        config = load_config(str(path))
        add_defaults(config)
        return config

    return configure


def levels(config):
    nav, links = config.validation.nav, config.validation.links
    return [
        (nav.omitted_files, nav.not_found, nav.absolute_links),
        (links.not_found, links.anchors, links.absolute_links, links.unrecognized_links),
    ]


def test_two_lines_are_enough(configured):
    config = configured()
    assert config.theme.name == "material"
    assert config.theme["font"] is False
    assert config.theme["favicon"] == "assets/images/mark.svg"
    assert set(MARKDOWN_EXTENSIONS) <= set(config.markdown_extensions)
    assert config.mdx_configs["toc"]["permalink"] == "#"
    assert config.mdx_configs["pymdownx.snippets"]["base_path"] == [config.docs_dir]
    assert levels(config) == [(INFO, WARNING, WARNING), (WARNING,) * 4]


def test_a_navigation_that_leaves_a_page_out_is_a_mistake(configured):
    assert configured(nav=["index.md"]).validation.nav.omitted_files == WARNING


def test_what_mkdocs_yml_says_is_left_as_it_is(configured):
    """Of an extension the options that it does not name keep their defaults, and so do other checks."""
    config = configured(
        theme={"name": "material", "font": {"text": "Lato"}, "favicon": "own.png"},
        markdown_extensions=["admonition", {"toc": {"permalink": "¶"}}],
        validation={"anchors": "ignore", "nav": {"not_found": "info"}},
    )
    assert config.theme["font"] == {"text": "Lato"}
    assert config.theme["favicon"] == "own.png"
    assert config.mdx_configs["toc"] == {"permalink": "¶", "permalink_title": "Link to this"}
    assert {"admonition", *MARKDOWN_EXTENSIONS} <= set(config.markdown_extensions)
    assert levels(config) == [(INFO, INFO, WARNING), (WARNING, logging.DEBUG, WARNING, WARNING)]


def test_addresses_without_a_slash_are_refused(configured):
    with pytest.raises(CharterError, match=r"^mkdocs\.yml: take out use_directory_urls: "):
        configured(use_directory_urls=False)
