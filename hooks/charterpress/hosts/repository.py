"""A repository's address and a setting → where a site's source is kept, and what kind of forge that is."""

from __future__ import annotations

import logging
from pathlib import Path

from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.views.repository import FORMS, ForgeKind, Repository, guess_forge

log = logging.getLogger("mkdocs.hooks.charter")
FORGEJO_FORMS = (".forgejo/issue_template/", ".forgejo/ISSUE_TEMPLATE/")
"""Where Forgejo alone looks for forms, before GitHub’s folder."""
_UNKNOWN = N_(
    "mkdocs.yml: repo_url: %s does not say what kind of forge it is, so links to its forms may be wrong. Set "
    "forge, or the variable FORGE, to github, gitlab, forgejo (for Gitea too) or none"
)


def site_repository(address: str | None, kind: ForgeKind | None, root: Path) -> Repository:
    """Return where the source is kept, as `address` and the setting `kind` say; None stands for neither. The
    forms lie where the repository in `root` has them.
    Warn, which a strict build refuses, if neither the setting nor the host's name says the kind."""
    address = (address or "").rstrip("/")
    if (kind := kind or guess_forge(address)) is None:
        log.warning(_(_UNKNOWN), address)
    forms = next((each for each in FORGEJO_FORMS if (root / each).is_dir()), FORMS)
    return Repository(address=address, kind=kind or ForgeKind.GITHUB, forms=forms)
