"""The addresses of a repository, at each kind of forge."""

from __future__ import annotations

import pytest

from charterpress.views.repository import ForgeKind, Repository, guess_forge

HERE = "https://forge.charity.org/words/charter"


@pytest.mark.parametrize(
    ("kind", "issues", "form", "edit"),
    [
        ("github", "/issues", "/issues/new?template=sign.yml&version=1.0.0", "edit/main/docs/"),
        ("gitlab", "/-/issues", "/-/issues/new?issuable_template=sign", "-/edit/main/docs/"),
        (
            "forgejo",
            "/issues",
            "/issues/new?template=.github%2FISSUE_TEMPLATE%2Fsign.yml&field%3Aversion=1.0.0",
            "_edit/main/docs/",
        ),
    ],
)
def test_each_forge_has_addresses_of_its_own(kind, issues, form, edit):
    repository = Repository(address=HERE, kind=ForgeKind(kind))
    assert repository.issues == HERE + issues
    assert repository.form("sign.yml", version="1.0.0") == HERE + form
    assert {repository.edit_uri(each) for each in ("edit/main/docs/", "-/edit/main/docs/", edit)} == {edit}


@pytest.mark.parametrize("repository", [Repository(), Repository(address=HERE, kind=ForgeKind.NONE)])
def test_without_a_forge_no_link_leads_to_one(repository):
    assert (repository.issues, repository.form("sign.yml", version="1.0.0")) == ("", "")


def test_a_copy_without_an_editor_has_nothing_to_edit():
    assert Repository(address=HERE, kind=ForgeKind.NONE).edit_uri("edit/main/docs/") == ""


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://github.com/a/b", "github"),
        ("https://github.charity.org/a/b", "github"),
        ("https://gitlab.com/a/b/c", "gitlab"),
        ("https://gitlab.charity.org/a/b", "gitlab"),
        ("https://codeberg.org/a/b", "forgejo"),
        ("https://gitea.com/a/b", "forgejo"),
        ("https://code.good-partners.example/charter", "github"),
        ("", "github"),
        ("https://code.charity.org/gitlab/b", None),
        ("https://notgitlab.com/a/b", None),
    ],
)
def test_the_name_of_a_host_says_what_it_is_or_does_not(address, kind):
    assert guess_forge(address) == (kind and ForgeKind(kind))
