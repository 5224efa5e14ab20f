"""A repository at GitHub that was set up as the documentation says, as the API describes it."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GITHUB = ROOT / ".github"
RULESETS = [json.loads(path.read_text()) for path in sorted((GITHUB / "rulesets").glob("*.json"))]
IN_FORCE = {
    "": {"default_branch": "main", "private": False, "permissions": {"admin": True, "push": True}},
    "actions/permissions": {"enabled": True, "allowed_actions": "all", "sha_pinning_required": False},
    "actions/permissions/workflow": {
        "default_workflow_permissions": "read",
        "can_approve_pull_request_reviews": True,
    },
    "actions/permissions/fork-pr-contributor-approval": {"approval_policy": "all_external_contributors"},
    "pages": {"build_type": "workflow", "cname": None, "https_enforced": True},
    "actions/variables/SITE_URL": {"name": "SITE_URL", "value": "https://charter.org/"},
    "labels/sign-up": {"name": "sign-up", "color": "ededed"},
    "labels/proposal": {"name": "proposal", "color": "ededed"},
    "labels/entry": {"name": "entry", "color": "ededed"},
    "codeowners/errors": {"errors": []},
    "environments/github-pages": {
        "name": "github-pages",
        "deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True},
    },
    "environments/github-pages/deployment-branch-policies": {
        "total_count": 1,
        "branch_policies": [{"id": 1, "name": "main", "type": "branch"}],
    },
}
"""What the API has at each place; the rulesets are those that were imported."""
