"""robots.txt → whether an address may be read."""

from __future__ import annotations

import re

from protego import Protego

USER_AGENT = "charter-links"
"""Our product token for robots.txt."""
_NAMED = re.compile(r"(?i)\s*user[- ]?agent\s*:?\s*([^#]*)")


class Robots:
    """The rules of one site (RFC 9309)."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse("\n".join(map(_merge_other_agents, text.splitlines())))

    def allow(self, address: str) -> bool:
        """Return whether we may read `address`, on this site."""
        return self._rules.can_fetch(address, USER_AGENT)


def _merge_other_agents(line: str) -> str:
    """Return a line with one name for all other robots: the parser's cost grows with the number of names
    times that of rules, and both come from strangers."""
    named = _NAMED.match(line)
    if not named or named[1].strip().lower() in {"*", USER_AGENT}:
        return line
    return "User-agent: another"
