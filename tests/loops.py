"""Runs code that needs an event loop of its own, wherever a test runs."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_T = TypeVar("_T")


def in_thread(call: Callable[[], _T]) -> _T:
    """Return what `call` returns, or raise what it raises, from a thread without an event loop.

    Once a test has opened a browser, Playwright's loop runs in the thread of all tests after it, and asyncio
    starts no other there.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(call).result()


def run(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Return what `coroutine` returns, or raise what it raises, in a thread of its own."""
    return in_thread(lambda: asyncio.run(coroutine))
