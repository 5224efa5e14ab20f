"""A file of the published site → its bytes, or why there is none."""

from __future__ import annotations

import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from typing import NamedTuple

from charterpress.model.errors import CharterError

MAX_BYTES = 16 * 1024 * 1024
SECONDS = 60
TRIES = 3
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class Published(NamedTuple):
    """The bytes of a file of the published site; or None, with why there is nothing, and whether it was a
    host that said so."""

    data: bytes | None
    why: str = ""
    answered: bool = True


def fetch_published(url: str) -> Published:
    """Return what is at `url`, redirects followed: nothing if it is not found, or nothing can be reached by
    that name. Raises CharterError for every other answer, for a redirect from https to http, and where
    `url` is no address of the web."""
    if not url.startswith(("https://", "http://")):
        raise CharterError(f"{url} is not an address of the web")
    for attempt in range(1, TRIES + 1):
        try:
            with urllib.request.urlopen(url, timeout=SECONDS) as response:  # noqa: S310 - of the web, as seen above
                if url.startswith("https:") and not response.url.startswith("https:"):
                    raise CharterError(f"{url} redirects to {response.url}, which is not https")
                data = response.read(MAX_BYTES + 1)
                if len(data) > MAX_BYTES:
                    raise CharterError(f"{url} is larger than {MAX_BYTES // 1024 // 1024} MiB")
                return Published(data)
        except urllib.error.HTTPError as error:
            if error.code in _GONE:
                return Published(None, f"{url} answers {error.code}")
            if error.code < HTTPStatus.INTERNAL_SERVER_ERROR or attempt == TRIES:
                raise CharterError(f"{url} answers {error.code}: nothing can be compared with it") from error
        except (OSError, HTTPException) as error:
            if attempt == TRIES:
                reason = getattr(error, "reason", error)
                reason = getattr(reason, "strerror", None) or reason
                return Published(None, f"{url} cannot be reached: {reason}", answered=False)
    raise AssertionError
