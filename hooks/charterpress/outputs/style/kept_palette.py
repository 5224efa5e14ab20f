"""Colours that somebody chose → those of the site, worked out once: every later build reads what was kept."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from charterpress.outputs.style import colours, contrast, palette
from charterpress.outputs.style.contrast import Refusal, refusals
from charterpress.outputs.style.palette import Chosen, Palette, Scheme
from charterpress.storage.cache import cache_key, cached_bytes


class _RefusedError(Exception):
    """Some colour cannot be used: nothing is kept."""

    def __init__(self, made: Palette, refused: list[Refusal]) -> None:
        super().__init__()
        self.made, self.refused = made, refused


def kept_palette(light: Chosen, dark: Chosen, folder: Path | None) -> tuple[Palette, list[Refusal]]:
    """Return what `refusals` does. A palette in which nothing is refused is kept in `folder`, if there is
    one."""
    if folder is None:
        return refusals(light, dark)
    made_by = (Path(str(module.__file__)) for module in (colours, contrast, palette))
    chosen = json.dumps([asdict(light), asdict(dark)])
    kept = folder / f"{cache_key(chosen, version('coloraide'), Path(__file__), *made_by)}.json"

    def make() -> bytes:
        made, refused = refusals(light, dark)
        if refused:
            raise _RefusedError(made, refused)
        return json.dumps(asdict(made) | {"kept_edge": made.badge_edge}).encode()

    try:
        known = json.loads(cached_bytes(kept, make))
    except _RefusedError as refusal:
        return refusal.made, refusal.refused
    return Palette(
        light=_scheme(known["light"]), dark=_scheme(known["dark"]), kept_edge=known["kept_edge"]
    ), []


def _scheme(known: dict[str, dict[str, str]]) -> Scheme:
    return Scheme(roles=known["roles"], themes=tuple(known["themes"]), changes=known["changes"])
