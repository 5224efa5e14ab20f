"""Signatures that name a page → an answer on each, many hosts at a time and one request at a time to each."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor

from charterpress.linkcheck import site_address as addresses
from charterpress.linkcheck.fetch import Client
from charterpress.linkcheck.guard import FetchError, RefusedError, SlowError
from charterpress.linkcheck.page import Page
from charterpress.linkcheck.site_address import Site
from charterpress.linkcheck.verdict import Answer, Question, Verdict, judge_page
from charterpress.text.interface import gettext as _

MAX_HOSTS = 16
"""Hosts that are asked at the same time."""
MAX_TIMEOUTS = 3
"""Pages of one host in a row that may take too long; the rest of it is then not waited for."""


async def survey(
    questions: Collection[Question],
    client: Client,
    site: Site,
    done: Callable[[int, Answer], None] = lambda _number, _answer: None,
) -> tuple[Answer, ...]:
    """An answer to every question, in their order. A page that several name is read once. `done` is called
    after each question, with its place among them and the answer. Nothing that a page is or does raises."""
    hosts: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    order = list(questions)
    for number, question in enumerate(order):
        url = addresses.parse_url(question.link)
        page = url.href.partition("#")[0] if url else question.link
        hosts[addresses.url_host(url) if url else ""][page].append(number)
    answers: dict[int, Answer] = {}
    slots = asyncio.Semaphore(MAX_HOSTS)
    # A look-up that hangs keeps its thread after its page was given up, and must not keep others waiting.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(4 * MAX_HOSTS))

    async def ask(pages: dict[str, list[int]]) -> None:
        slow = 0
        for page, numbers in pages.items():
            async with slots:
                waits = slow < MAX_TIMEOUTS
                outcome = await _fetch(client, page) if waits else SlowError(_("its host is too slow"))
                slow = slow + 1 if isinstance(outcome, SlowError) else 0
                for number in numbers:
                    answers[number] = await _answer(order[number], outcome, site)
                    done(number, answers[number])

    async with asyncio.TaskGroup() as group:
        for pages in hosts.values():
            group.create_task(ask(pages))
    return tuple(answers[number] for number in range(len(order)))


async def _fetch(client: Client, address: str) -> Page | FetchError:
    try:
        return await client.page(address)
    except FetchError as failure:
        return failure


async def _answer(question: Question, outcome: Page | FetchError, site: Site) -> Answer:
    """The answer, once the page is there or is not. A large page is judged in a thread: the others' time runs
    on."""
    if isinstance(outcome, Page):
        return await asyncio.to_thread(judge_page, question, outcome, site)
    verdict = Verdict.REFUSED if isinstance(outcome, RefusedError) else Verdict.UNREACHABLE
    return Answer(question=question, verdict=verdict, reason=str(outcome))
