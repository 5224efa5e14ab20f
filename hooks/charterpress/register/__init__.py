"""Signatories × releases × a day → the standing of each, of its reports too, counts, and who is due to sign
again."""

from charterpress.register.counts import Counts, Month, count_register, without_branches
from charterpress.register.names import (
    OTHER_INITIAL,
    RESERVED,
    initial,
    initial_id,
    initials,
    listed_names,
    name_key,
)
from charterpress.register.reporting import report_standing
from charterpress.register.standing import due_to_sign_again, on_register, register_date
