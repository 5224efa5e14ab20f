"""An internet on this computer, for the tests of links."""

from __future__ import annotations

import pytest

from charterpress.linkcheck.guard import is_public
from loopback import Internet


@pytest.fixture
def world():
    """An internet with nobody on it but a private server, which nobody may ever meet."""
    with Internet() as internet:
        yield internet
        assert internet.private.met == 0
        assert [host for host, _ in internet.dialled if not is_public(host)] == []
