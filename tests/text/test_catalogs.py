"""The catalogs of the interface: in step with the code, and each translation sound."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from charterpress.text import interface
from conftest import ROOT

CATALOGS = ROOT / "hooks" / "charterpress" / "text" / "catalogs"
WRITTEN = sorted(CATALOGS.glob("*/*.po"))
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?\w[^<>]*>|%%")
"""What a program puts in or reads: placeholders and tags."""


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogs", ROOT / ".ci" / "catalogs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_catalogs_are_in_step_with_the_code() -> None:
    made = _tool().files()
    stale = [
        path.relative_to(CATALOGS).as_posix() for path, data in made.items() if path.read_bytes() != data
    ]
    assert not stale, f"run “make catalogs”: {', '.join(stale)}"


def test_what_a_message_was_before_can_be_read_by_other_programs() -> None:
    """Each string of it is on a line of its own, however long."""
    catalog = Catalog(locale="cy")
    words = " ".join(["“quoted”"] * 30)
    catalog.add((words, words), ("", "") * 3, flags=["fuzzy"], previous_id=(words, words))
    text = _tool().written(catalog, template=False).decode()
    lines = [line for line in text.splitlines() if line.startswith("#|")]
    assert lines[0] == '#| msgid ""'
    assert all(re.fullmatch(r'#\| (msgid(_plural)? )?"[^"]*"', line) for line in lines), lines
    assert len(lines) > 4


def _catalog(path: Path) -> Catalog:
    return read_po(BytesIO(path.read_bytes()), locale=path.parent.name.replace("-", "_"))


def _name(path: Path) -> str:
    return path.relative_to(CATALOGS).as_posix()


def _translations(message: Message) -> tuple[str, ...]:
    return tuple(filter(None, [message.string] if isinstance(message.string, str) else message.string))


@pytest.mark.parametrize("path", WRITTEN, ids=_name)
def test_translations_keep_placeholders_and_tags(path: Path) -> None:
    wrong = []
    for message in _catalog(path):
        if not message.id:
            continue
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = [Counter(PLACES.findall(source)) for source in sources]
        # A form for one or two may leave the number out, as “a theme” does.
        fewest = wanted[0] & wanted[-1]
        for words in _translations(message):
            found = Counter(PLACES.findall(words))
            one_form = len(sources) == 1
            if (one_form and found != wanted[0]) or (not one_form and (found - wanted[-1] or fewest - found)):
                wrong.append((sources[0], words))
    assert not wrong


@pytest.mark.parametrize("path", WRITTEN, ids=_name)
def test_head_and_plurals_are_those_of_the_language(path: Path) -> None:
    catalog, tag = _catalog(path), path.parent.name
    assert f'"Language: {tag}\\n"' in path.read_text(encoding="utf-8")
    assert catalog.num_plurals == len(Locale.parse(tag.replace("-", "_")).plural_form.tags) + 1
    for message in catalog:
        if isinstance(message.id, tuple) and any(message.string):
            assert len(_translations(message)) == catalog.num_plurals, message.id


@pytest.mark.parametrize("tag", sorted({path.parent.name for path in WRITTEN}))
def test_readers_and_signatories_find_every_word(tag: str) -> None:
    lacking = [
        message.id for message in _catalog(CATALOGS / tag / "public.po") if message.id and not _whole(message)
    ]
    assert not lacking


def _whole(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else message.string
    return all(forms) and not message.fuzzy


def test_catalog_that_no_speaker_has_read_says_so() -> None:
    for path in CATALOGS.glob("*/public.po"):
        head = path.read_text(encoding="utf-8").partition("msgid")[0]
        assert interface.is_unread(path.parent.name) == (interface.UNREAD in head)
