"""Where a charter is kept → the addresses there: its issues, its forms, and where a page is edited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode, urlsplit

FORMS = ".github/ISSUE_TEMPLATE/"
"""The forms as files of the repository. Forgejo reads those in GitHub's folder too."""
_EDIT = re.compile(r"(?:-/)?_?edit/")


class ForgeKind(StrEnum):
    """Whose addresses a repository has."""

    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"
    """Forgejo, and Gitea, which has the same addresses."""
    NONE = "none"
    """A repository without issues and without an editor, such as one that is only copied there."""


_HOSTS = {
    "github": ForgeKind.GITHUB,
    "gitlab": ForgeKind.GITLAB,
    "forgejo": ForgeKind.FORGEJO,
    "gitea": ForgeKind.FORGEJO,
    "codeberg": ForgeKind.FORGEJO,
}
_RESERVED = ("example", "invalid", "test", "localhost")
"""Names that nobody has (RFC 2606): an address under them stands for one that is not known yet."""


def guess_forge(address: str) -> ForgeKind | None:
    """Return the kind of forge that the host of `address` is named after, such as gitlab.charity.org; None if
    its name does not say. An address that is missing or reserved for examples is taken as GitHub's."""
    labels = (urlsplit(address).hostname or _RESERVED[0]).split(".")
    found = next((_HOSTS[label] for label in labels if label in _HOSTS), None)
    return found or (ForgeKind.GITHUB if labels[-1] in _RESERVED else None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Repository:
    """Where the source of a site is kept: the `address` of its page, without a slash at the end, or '' if the
    site has none; and whose addresses it has."""

    address: str = ""
    kind: ForgeKind = ForgeKind.GITHUB
    forms: str = FORMS
    """Where the forms lie, as Forgejo’s addresses name them."""

    @property
    def issues(self) -> str:
        """The address of its issues, or ''."""
        if not self.address or self.kind is ForgeKind.NONE:
            return ""
        return f"{self.address}/-/issues" if self.kind is ForgeKind.GITLAB else f"{self.address}/issues"

    def form(self, file: str, **answers: str) -> str:
        """The address of a form, or ''. `file` is its name in the folder of GitHub's forms, and `answers` are
        those that it starts with, where the forge can do that (GitLab cannot). The forms of the addresses:
        docs.github.com, “Creating an issue from a URL query”; docs.gitlab.com, “Create an issue”;
        Forgejo's `routers/web/repo/issue.go`."""
        query: dict[str, str]
        match self.kind:
            case ForgeKind.GITLAB:
                query = {"issuable_template": file.rpartition(".")[0]}
            case ForgeKind.FORGEJO:
                query = {"template": self.forms + file} | {
                    f"field:{key}": text for key, text in answers.items()
                }
            case _:
                query = {"template": file} | answers
        return f"{self.issues}/new?{urlencode(query, quote_via=quote)}" if self.issues else ""

    def edit_uri(self, written: str) -> str:
        """Return what stands between the repository's address and the path of a file to edit, from `written`,
        which is in any forge's form, such as “edit/main/docs/”; '' where nothing can be edited."""
        start = {ForgeKind.GITLAB: "-/edit/", ForgeKind.FORGEJO: "_edit/"}.get(self.kind, "edit/")
        if not self.address or self.kind is ForgeKind.NONE:
            return ""
        return _EDIT.sub(start, written, count=1)
