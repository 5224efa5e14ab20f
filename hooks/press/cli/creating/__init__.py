"""`charter new`: a principle, a change note or a signatory, begun as an editor would begin it."""

from press.cli.command import Command, no_options
from press.cli.creating.change import CHANGE
from press.cli.creating.principle import PRINCIPLE
from press.cli.creating.signatory import SIGNATORY

NEW = Command(
    about="begin a principle, a change note or the entry of an organisation",
    example='charter new principle sharing "Say what happened"',
    options=no_options,
    commands={"principle": PRINCIPLE, "change": CHANGE, "signatory": SIGNATORY},
)
