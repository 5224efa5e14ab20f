"""What is published, and what would be → whether a published version would change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from charterpress.text.interface import gettext as _

_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")


def changed_digests(published: str, digest: Callable[[str], str]) -> Iterator[str]:
    """Say in sentences which published files would change. `published` is the published SHA256SUMS, in the
    form of sha256sum; `digest` gives that of a file of the new site, by the path there, or '' for none."""
    for line in filter(None, published.splitlines()):
        match = _LINE.fullmatch(line)
        if match is None:
            yield _("the published SHA256SUMS has a line that is none: {line}").format(line=line[:100])
        elif not (now := digest(match[2])):
            yield _("{words} was published, and is missing").format(words=match[2])
        elif now != match[1]:
            yield _("{words} was published with the digest {match_2}, and would have {now}").format(
                words=match[2], match_2=match[1], now=now
            )
