"""A file of the published site → its bytes, or why there is none."""

from __future__ import annotations

import urllib.error
import urllib.request
from http import HTTPStatus

from charterpress.model.errors import CharterError

MAX_BYTES = 16 * 1024 * 1024
SECONDS = 60
TRIES = 3
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


def fetch_published(url: str) -> tuple[bytes | None, str]:
    """Return the bytes at `url`, redirects followed, and ''; or None and why there is nothing: it is not
    found, or nothing can be reached by that name. Raises CharterError for every other answer, and for a
    redirect from https to http."""
    for attempt in range(1, TRIES + 1):
        try:
            with urllib.request.urlopen(url, timeout=SECONDS) as response:  # noqa: S310 - https, by the caller
                if url.startswith("https:") and not response.url.startswith("https:"):
                    raise CharterError(f"{url} redirects to {response.url}, which is not https")
                data = response.read(MAX_BYTES + 1)
                if len(data) > MAX_BYTES:
                    raise CharterError(f"{url} is larger than {MAX_BYTES // 1024 // 1024} MiB")
                return data, ""
        except urllib.error.HTTPError as error:
            if error.code in _GONE:
                return None, f"{url} answers {error.code}"
            if error.code < HTTPStatus.INTERNAL_SERVER_ERROR or attempt == TRIES:
                raise CharterError(f"{url} answers {error.code}: nothing can be compared with it") from error
        except OSError as error:
            if attempt == TRIES:
                return None, f"{url} cannot be reached: {getattr(error, 'reason', error)}"
    raise AssertionError
