"""The words of scripts in a language → the file that a page in it loads before them."""

from __future__ import annotations

import json

from charterpress.text import interface
from charterpress.text.interface import Message

SCRIPTS = "charterpress/outputs/html/scripts/"
"""Where scripts are, as the catalogs say of a message where it is used."""
_CONTEXT, _PLURAL = "\x04", "\x00"


def words_address(language: str) -> str:
    """Return the address of the words in `language`, a BCP 47 tag."""
    return f"assets/javascripts/words/{language}.js"


def words_script(language: str) -> bytes:
    """Return the script that has every word of the others in `language`; a plural has a form for each of
    CLDR's categories. What no catalog has is left out: a script's own English words stand for it."""
    found: dict[str, object] = {}
    with interface.use_language(language) as used:
        for message in interface.messages(SCRIPTS):
            if message.plural:
                found[f"{message.id}{_PLURAL}"] = _forms(message)
                continue
            words = (
                interface.pgettext(message.context, message.id)
                if message.context
                else interface.gettext(message.id)
            )
            if message.id not in used.missing:
                found[f"{message.context}{_CONTEXT}{message.id}" if message.context else message.id] = words
    data = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.charterWords={data};\n".encode()


def _forms(message: Message) -> dict[str, str]:
    return {
        category: interface.ngettext(message.id, message.plural, example)
        for category, example in interface.plural_examples().items()
    }
