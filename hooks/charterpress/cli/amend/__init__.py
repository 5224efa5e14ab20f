"""`charter re-sign`, `withdraw` and `correct`: changes to an organisation's entry."""

from charterpress.cli.amend.correct import CORRECT
from charterpress.cli.amend.re_sign import RE_SIGN
from charterpress.cli.amend.withdraw import WITHDRAW

__all__ = ["CORRECT", "RE_SIGN", "WITHDRAW"]
