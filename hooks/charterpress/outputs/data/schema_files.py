"""The JSON Schemas of the files that a site publishes; their names never change."""

from __future__ import annotations

from pathlib import Path

from charterpress.views.addresses import schema_address

SCHEMAS = Path(__file__).parent / "schemas"


def schema_files() -> dict[str, bytes]:
    """The schemas, by the address at which a site publishes them."""
    return {schema_address(path.name): path.read_bytes() for path in sorted(SCHEMAS.iterdir())}
