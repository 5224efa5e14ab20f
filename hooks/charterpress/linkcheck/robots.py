"""robots.txt → whether we may read an address."""

from __future__ import annotations

import re

from protego import Protego

USER_AGENT = "charter-links"
"""The name that robots.txt calls us by."""
_NAMED = re.compile(r"(?i)\s*user[- ]?agent\s*:?\s*([^#]*)")


class Robots:
    """The rules of one site (RFC 9309)."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse("\n".join(map(_merge_other_agents, text.splitlines())))

    def allow(self, address: str) -> bool:
        """Whether `address`, on this site, may be read by us."""
        return self._rules.can_fetch(address, USER_AGENT)


def _merge_other_agents(line: str) -> str:
    """A line as it is, but with one name for all robots that are not us: the parser's cost grows with the
    number of names times that of rules, and both are a stranger's."""
    named = _NAMED.match(line)
    if not named or named[1].strip().lower() in {"*", USER_AGENT}:
        return line
    return "User-agent: another"
