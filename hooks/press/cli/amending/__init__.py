"""`charter re-sign`, `withdraw` and `correct`: what has changed about an organisation, put into its file."""

from press.cli.amending.again import RE_SIGN
from press.cli.amending.correct import CORRECT
from press.cli.amending.withdraw import WITHDRAW

__all__ = ["CORRECT", "RE_SIGN", "WITHDRAW"]
