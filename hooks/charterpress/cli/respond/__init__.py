"""`charter respond`: what a workflow says to a proposal, to a form, once a week, and before it publishes.

What happened comes in as the files that the host wrote, and the words to answer with go out. Nothing here
talks to the host.
"""

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
