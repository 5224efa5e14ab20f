"""What a build says to whoever runs it → the log, in the language of the environment."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from charterpress.text.interface import gettext as _
from charterpress.text.interface import use_language
from charterpress.text.user_language import user_language

log = logging.getLogger("mkdocs.hooks.charter")


@contextmanager
def for_editors() -> Iterator[None]:
    """Say what is said within in the language of whoever builds, in place of the site's."""
    with use_language(user_language(os.environ)):
        yield


def tell(message: str, *values: object) -> None:
    """Log how far the build is: `message` is in English, and `values` are what logging puts in it."""
    with for_editors():
        log.info(_(message), *values)
