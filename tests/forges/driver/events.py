"""What happens at a host → the payload that it would write, made from those that were recorded."""

from __future__ import annotations

import json

from forges.driver.host import Host
from recorded import changed

FORM = json.loads(changed("issues.opened"))["issue"]["body"]


def pull_event(host: Host, number: int, action: str = "opened", **values: object) -> dict:
    """A pull request at `host` was opened, or whatever `action` says; `values` are others, by their path."""
    pull = host.state["pulls"][str(number)]
    head, owner = host.pull_head(number), pull["head"]["label"].partition(":")[0]
    sides = {
        "action": action,
        "number": number,
        "pull_request__number": number,
        "pull_request__head__sha": head,
        "pull_request__head__ref": pull["head"]["ref"],
        "pull_request__head__label": pull["head"]["label"],
        "pull_request__head__repo__full_name": f"{owner}/charter",
        "pull_request__base__sha": host.head(),
    }
    return json.loads(changed("pull_request.opened", **sides, **values))


def issue_event(body: str = FORM, action: str = "opened", **values: object) -> dict:
    """Issue 31, a form to sign, was opened, or whatever `action` says."""
    return json.loads(changed("issues.opened", action=action, issue__body=body, **values))


def push_event(host: Host, before: str) -> dict:
    """The default branch was pushed to."""
    return json.loads(changed("push", before=before, after=host.head()))


def run_event(host: Host, number: int) -> dict:
    """The workflow `preview` was run for a pull request, whose number the payload does not say."""
    pull = host.state["pulls"][str(number)]
    owner = pull["head"]["label"].partition(":")[0]
    values = {
        "workflow_run__head_sha": host.pull_head(number),
        "workflow_run__head_branch": pull["head"]["ref"],
        "workflow_run__head_repository__full_name": f"{owner}/charter",
        "workflow_run__head_repository__owner__login": owner,
    }
    return json.loads(changed("workflow_run.completed", **values))


def hand_event(**inputs: object) -> dict:
    """Somebody started a workflow by hand; a box that is ticked is true, as the host writes it."""
    return json.loads(changed("workflow_dispatch", inputs=inputs))
