"""`charter new`: start a principle, a change note or a signatory's entry."""

from charterpress.cli.command import Command, no_options
from charterpress.cli.new.change import CHANGE
from charterpress.cli.new.principle import PRINCIPLE
from charterpress.cli.new.signatory import SIGNATORY

NEW = Command(
    about="begin a principle, a change note or the entry of an organisation",
    example='charter new principle sharing "Say what happened"',
    options=no_options,
    commands={"principle": PRINCIPLE, "change": CHANGE, "signatory": SIGNATORY},
)
