"""A charter → the pages that help people to live by it."""

from __future__ import annotations

from collections.abc import Iterator

from press.model import Charter, Page
from press.pages.history import History
from press.pages.practice import assessment
from press.pages.words import Text

__all__ = ["pages"]


def pages(charter: Charter, text: Text, history: History, dated: str) -> Iterator[Page]:
    """Yield the pages about `charter`: the current release of `history`, or the working text, called `dated`,
    before there is one."""
    yield assessment.page(charter, text, history, dated=dated, trail=())
