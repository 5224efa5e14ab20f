"""`charter ci`: what workflows run, each one command that reads an event from a file and answers it."""

from charterpress.cli.ci.forms import sign_up_command
from charterpress.cli.ci.proposals import check_command, comment_command
from charterpress.cli.ci.publish import publish_command
from charterpress.cli.ci.release import ci_release_command
from charterpress.cli.ci.settings import settings_command
from charterpress.cli.ci.weekly import weekly_command
from charterpress.cli.command import Command
from charterpress.text.interface import N_

CI = Command(
    about=N_("answer what happens where the charter is kept: proposals, forms, releases, publication"),
    example="charter ci check --head my-branch",
    commands={
        "check": check_command,
        "comment": comment_command,
        "sign-up": sign_up_command,
        "release": ci_release_command,
        "publish": publish_command,
        "weekly": weekly_command,
        "settings": settings_command,
    },
)
