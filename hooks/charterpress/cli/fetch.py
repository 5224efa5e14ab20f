"""A file of the published site → its bytes, or why there is none."""

from __future__ import annotations

import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from typing import NamedTuple

from charterpress.model.errors import CharterError
from charterpress.text.interface import gettext as _

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
        raise CharterError(_("{url} is not an address of the web").format(url=url))
    for attempt in range(1, TRIES + 1):
        try:
            with urllib.request.urlopen(url, timeout=SECONDS) as response:  # noqa: S310 - of the web, as seen above
                if url.startswith("https:") and not response.url.startswith("https:"):
                    raise CharterError(
                        _("{url} redirects to {response_url}, which is not https").format(
                            url=url, response_url=response.url
                        )
                    )
                data = response.read(MAX_BYTES + 1)
                if len(data) > MAX_BYTES:
                    message = _("{url} is larger than {size} MiB")
                    raise CharterError(message.format(url=url, size=MAX_BYTES // 1024 // 1024))
                return Published(data)
        except urllib.error.HTTPError as error:
            if error.code in _GONE:
                return Published(None, _("{url} answers {code}").format(url=url, code=error.code))
            if error.code < HTTPStatus.INTERNAL_SERVER_ERROR or attempt == TRIES:
                raise CharterError(
                    _("{url} answers {code}: nothing can be compared with it").format(
                        url=url, code=error.code
                    )
                ) from error
        except (OSError, HTTPException) as error:
            if attempt == TRIES:
                reason = getattr(error, "reason", error)
                reason = getattr(reason, "strerror", None) or reason
                return Published(
                    None,
                    _("{url} cannot be reached: {reason}").format(url=url, reason=reason),
                    answered=False,
                )
    raise AssertionError
