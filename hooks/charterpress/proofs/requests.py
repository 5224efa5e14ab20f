"""Requests for time-stamps → the answers of their authorities, each checked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace

from charterpress.linkcheck.fetch import Client
from charterpress.linkcheck.guard import FetchError
from charterpress.model import TimeStamp
from charterpress.proofs.authorities import root_certificates
from charterpress.proofs.time_stamps import Request
from charterpress.proofs.tokens import StampError, read_token, request_for

KIND = "application/timestamp-query"
"""The type of a request (RFC 3161, 3.4)."""


async def obtain(
    requests: Iterable[Request], client: Client, sleep: Callable[[float], Awaitable[object]]
) -> AsyncIterator[tuple[Request, TimeStamp | FetchError | StampError]]:
    """Yield each request to one authority with its answer, or with the reason why there is none; between two
    it is left the pause that it wants."""
    for place, each in enumerate(requests):
        if place:
            await sleep(each.authority.pause)
        query = request_for(each.data)
        try:
            answer = await client.post(each.authority.url, KIND, query.as_bytes())
            roots = root_certificates(each.authority).values()
            read_token(answer, each.data, roots, nonce=query.nonce)
            yield each, replace(each.stamp, data=answer)
        except (FetchError, StampError) as problem:
            yield each, problem
