"""Payloads as the host writes them, and others made from them."""

from __future__ import annotations

import copy
import json
from pathlib import Path

PAYLOADS = Path(__file__).parent / "payloads"


def payload(name):
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def changed(name, **values):
    """The bytes of a payload with other values, each at a path such as pull_request__head__sha."""
    event = copy.deepcopy(payload(name))
    for path, value in values.items():
        *parents, last = path.split("__")
        place = event
        for parent in parents:
            place = place[int(parent) if parent.isdigit() else parent]
        place[last] = value
    return json.dumps(event).encode()
