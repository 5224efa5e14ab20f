"""The one cache on disk: what takes long to make, kept under a digest of what it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import platformdirs

from charterpress.storage import atomic

NAME = "charterpress"
"""The folder's name in that of the user."""
_DIGEST = 64
"""The number of characters of the digest before a cached file's content."""


def user_cache() -> Path | None:
    """Return our folder in the user's cache folder, which XDG_CACHE_HOME moves, whether or not it is there;
    None if nobody knows where the user is at home."""
    folder = platformdirs.user_cache_path(NAME, appauthor=False)
    return folder if folder.is_absolute() else None


def cache_key(*made_from: str | bytes | Path) -> str:
    """Return a file name, in hexadecimal, that depends on every text, byte and file of `made_from`. Raises
    OSError if a file cannot be read."""
    key = hashlib.sha256()
    for part in made_from:
        content = part.read_bytes() if isinstance(part, Path) else part
        content = content.encode(errors="surrogatepass") if isinstance(content, str) else content
        key.update(hashlib.sha256(content).digest())
    return key.hexdigest()[:32]


def cached_bytes(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return what `make` returned when it was first called for `path`.

    A missing or damaged file is made again; a disk that refuses only costs time. Raises what `make` raises.
    """
    with suppress(OSError):
        kept = path.read_bytes()
        digest, content = kept[:_DIGEST], kept[_DIGEST:]
        if hashlib.sha256(content).hexdigest().encode() == digest:
            return content
    content = make()
    with suppress(OSError):
        atomic.write_file(path, hashlib.sha256(content).hexdigest().encode() + content)
    return content
