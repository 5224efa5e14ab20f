"""`charter new`: start a principle, a change note or a signatory's entry."""

from charterpress.cli.command import Command
from charterpress.cli.new.change import change_command
from charterpress.cli.new.principle import principle_command
from charterpress.cli.new.signatory import signatory_command
from charterpress.text.interface import N_

NEW = Command(
    about=N_("begin a principle, a change note or the entry of an organisation"),
    example='charter new principle sharing "Say what happened"',
    commands={"principle": principle_command, "change": change_command, "signatory": signatory_command},
)
