"""`charter respond`: answers of workflows to a proposal, a form, the week and a new site.

Events come in as files from the forge, and the text of the answer goes out. Nothing here connects to the
forge."""

from charterpress.cli.command import Command, no_options
from charterpress.cli.respond.forms import SIGN_UP
from charterpress.cli.respond.proposals import FILES, PULL_REQUEST, WHICH
from charterpress.cli.respond.site import ADDRESSES, TAGS
from charterpress.cli.respond.weekly import EARLIER, WEEKLY

RESPOND = Command(
    about="say what a workflow answers: to a pull request, to a form, or once a week",
    example="charter respond files --since origin/main",
    options=no_options,
    commands={
        "files": FILES,
        "which": WHICH,
        "pull-request": PULL_REQUEST,
        "sign-up": SIGN_UP,
        "weekly": WEEKLY,
        "earlier": EARLIER,
        "tags": TAGS,
        "addresses": ADDRESSES,
    },
)
