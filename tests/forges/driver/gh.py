#!/usr/bin/env -S python3 -I -S
"""A `gh api` whose GitHub is a file, $FAKE_GITHUB/state.json, and a bare repository beside it. It writes down
what it is asked, and answers as the API documents: lists in pages, 403 without the permission that the job's
token needs, 404 for what is not there, 422 for fields that are wrong. The calls: docs.github.com, “REST
API”."""

import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

FOLDER = Path(os.environ["FAKE_GITHUB"])
FILE = FOLDER / "state.json"
ORIGIN = FOLDER / "origin.git"
STATE = json.loads(FILE.read_text(encoding="utf-8"))
BOT = {"login": "github-actions[bot]", "type": "Bot"}
APP = 15368
"""GitHub Actions: what sets a status with a job's token."""
MAX_BODY = 65_536
MAX_DESCRIPTION = 140
JQ = (
    (
        r'\[\.\[\] \| \{id, number, user, body: \(\(\.body // ""\)\[0:(\d+)\]\)\}\] \| tojson',
        lambda each, most: {
            **{key: each.get(key) for key in ("id", "number", "user")},
            "body": (each["body"] or "")[: int(most)],
        },
    ),
    (r"\[\.\[\] \| \{id, state\}\] \| tojson", lambda each: {"id": each["id"], "state": each["state"]}),
)
"""Queries of jq that we ask, and what each makes of an item of a list; a key that is missing is null."""


def queried(query, items):
    """What a query of jq makes of a list."""
    for pattern, take in JQ:
        if match := re.fullmatch(pattern, query):
            return [take(each, *match.groups()) for each in items]
    raise SystemExit(f"the fake gh does not know the query {query}")


class RefusedError(Exception):
    """An answer with the code of a fault."""

    def __init__(self, code, message):
        super().__init__(f"{message} (HTTP {code})")


def git(*arguments):
    done = subprocess.run(["git", "-C", ORIGIN, *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def fields(body, required=(), optional=()):
    """The fields of a body: all that are required, each a text, and none that the API does not know."""
    for name in required:
        if not isinstance(body.get(name), str) or not body[name]:
            raise RefusedError(422, f"Invalid request. “{name}” wasn't supplied or is no text.")
    if unknown := set(body) - {*required, *optional}:
        raise RefusedError(422, f"Invalid request. {sorted(unknown)} are not permitted keys.")
    if len(body.get("body") or "") > MAX_BODY:
        raise RefusedError(422, f"body is too long (maximum is {MAX_BODY} characters)")
    return body


def there(kind, number):
    if number not in STATE[kind]:
        raise RefusedError(404, "Not Found")
    return STATE[kind][number]


def need(*permissions):
    """Refuse what the job's token may not do: it has to have one of these permissions."""
    if not any(STATE["permissions"].get(each) == "write" for each in permissions):
        raise RefusedError(403, "Resource not accessible by integration")


def expanded(comment):
    """A comment as it is answered: a long one is kept as what is repeated, and how often."""
    body = comment["body"]
    return comment | {"body": body if isinstance(body, str) else body["of"] * body["times"]}


def next_number():
    STATE["next"] += 1
    return STATE["next"]


def repository(_query, _body):
    return {"default_branch": STATE["default_branch"], "full_name": STATE["repository"]}


def placed(pull):
    """A pull request with the commits that its two branches stand at."""
    ours = pull["head"]["repo"]["full_name"] == STATE["repository"]
    head = git(
        "rev-parse", f"refs/heads/{pull['head']['ref']}" if ours else f"refs/pull/{pull['number']}/head"
    )
    base = git("rev-parse", f"refs/heads/{pull['base']['ref']}")
    return pull | {"head": pull["head"] | {"sha": head}, "base": pull["base"] | {"sha": base}}


def list_pulls(query, _body):
    """Without `head` in the form owner:branch, all are listed, those of forks too."""
    pulls = [placed(each) for each in STATE["pulls"].values() if each["state"] == query.get("state", "open")]
    head = query.get("head", "")
    return [each for each in pulls if ":" not in head or each["head"]["label"] == head]


def make_pull(_query, body):
    fields(body, ("title", "head", "base"), ("body", "draft"))
    head = git("rev-parse", "--verify", "--quiet", f"refs/heads/{body['head']}")
    owner = STATE["repository"].partition("/")[0]
    label = f"{owner}:{body['head']}"
    if head is None or git("rev-parse", "--verify", "--quiet", f"refs/heads/{body['base']}") is None:
        raise RefusedError(422, "Validation Failed: head or base is invalid")
    if any(each["head"]["label"] == label for each in list_pulls({}, None)):
        raise RefusedError(422, f"Validation Failed: A pull request already exists for {label}.")
    number = next_number()
    git("update-ref", f"refs/pull/{number}/head", head)
    pull = {
        "number": number,
        "state": "open",
        "title": body["title"],
        "body": body.get("body"),
        "user": BOT,
        "head": {"ref": body["head"], "label": label, "repo": {"full_name": STATE["repository"]}},
        "base": {"ref": body["base"], "repo": {"full_name": STATE["repository"]}},
    }
    STATE["pulls"][str(number)] = pull
    return pull


def edit_pull(_query, body, number):
    fields(body, (), ("title", "body", "state", "base"))
    if body.get("state", "open") not in ("open", "closed"):
        raise RefusedError(422, "Validation Failed: state is not included in the list")
    there("pulls", number).update(body)
    return STATE["pulls"][number]


def make_issue(_query, body):
    fields(body, ("title",), ("body", "labels"))
    number = next_number()
    STATE["issues"][str(number)] = {"number": number, "id": number * 10, "user": BOT, "state": "open"} | body
    return STATE["issues"][str(number)]


def edit_issue(_query, body, number):
    there("issues", number).update(fields(body, (), ("title", "body", "state")))
    return STATE["issues"][number]


def list_issues(query, _body):
    """Pull requests are issues too."""
    everything = [*STATE["issues"].values(), *STATE["pulls"].values()]
    creator = query.get("creator")
    return [each for each in everything if creator in (None, each["user"]["login"])]


def add_labels(_query, body, number):
    if not isinstance(body.get("labels"), list):
        raise RefusedError(422, "Invalid request. “labels” is no list.")
    labels = there("issues", number).setdefault("labels", [])
    labels += [{"name": name} for name in body["labels"]]
    return labels


def list_comments(_query, _body, number):
    return STATE["comments"].get(number, [])


def make_comment(_query, body, number):
    if number not in STATE["pulls"]:
        there("issues", number)
        need("issues")
    comment = {"id": next_number() + 10**9, "user": BOT} | fields(body, ("body",))
    STATE["comments"].setdefault(number, []).append(comment)
    return comment


def edit_comment(_query, body, identity):
    for comment in (each for listed in STATE["comments"].values() for each in listed):
        if str(comment["id"]) == identity:
            return comment.update(fields(body, ("body",))) or comment
    raise RefusedError(404, "Not Found")


def list_reviews(_query, _body, number):
    return STATE["reviews"].get(number, [])


def dismiss(_query, body, number, identity):
    fields(body, ("message",), ("event",))
    for review in STATE["reviews"].get(number, []):
        if str(review["id"]) == identity:
            if review["state"] != "APPROVED":
                raise RefusedError(422, "Can not dismiss a commented pull request review")
            review["state"] = "DISMISSED"
            return review
    raise RefusedError(404, "Not Found")


def set_status(_query, body, commit):
    fields(body, ("state",), ("context", "description", "target_url"))
    if body["state"] not in ("error", "failure", "pending", "success"):
        raise RefusedError(422, "Validation Failed: state is not included in the list")
    if len(body.get("description") or "") > MAX_DESCRIPTION:
        raise RefusedError(422, f"description is too long (maximum is {MAX_DESCRIPTION} characters)")
    if git("cat-file", "-t", commit) != "commit":
        raise RefusedError(422, f"No commit found for SHA: {commit}")
    STATE["statuses"].setdefault(commit, []).append(body | {"app": APP})
    return body


def matching_refs(_query, _body, prefix):
    names = (git("for-each-ref", "--format=%(refname)") or "").splitlines()
    return [{"ref": name} for name in names if name.startswith(f"refs/{prefix}")]


def delete_ref(_query, _body, name):
    if git("rev-parse", "--verify", "--quiet", f"refs/{name}") is None:
        raise RefusedError(422, "Reference does not exist")
    git("update-ref", "-d", f"refs/{name}")


def make_ref(_query, body):
    fields(body, ("ref", "sha"))
    if git("rev-parse", "--verify", "--quiet", body["ref"]) is not None:
        raise RefusedError(422, "Reference already exists")
    if git("cat-file", "-t", body["sha"]) != "commit":
        raise RefusedError(422, "Object does not exist")
    git("update-ref", body["ref"], body["sha"])
    return body


def list_artifacts(query, _body):
    listed = [each for each in STATE["artifacts"] if query.get("name") in (None, each["name"])]
    return {"total_count": len(listed), "artifacts": listed}


ROUTES = (
    ("GET", r"", repository, ()),
    ("GET", r"pulls", list_pulls, ()),
    ("POST", r"pulls", make_pull, ("pull-requests",)),
    ("PATCH", r"pulls/(\d+)", edit_pull, ("pull-requests",)),
    ("GET", r"pulls/(\d+)/reviews", list_reviews, ()),
    ("PUT", r"pulls/(\d+)/reviews/(\d+)/dismissals", dismiss, ("pull-requests",)),
    ("GET", r"issues", list_issues, ()),
    ("POST", r"issues", make_issue, ("issues",)),
    ("PATCH", r"issues/(\d+)", edit_issue, ("issues",)),
    ("POST", r"issues/(\d+)/labels", add_labels, ("issues", "pull-requests")),
    ("GET", r"issues/(\d+)/comments", list_comments, ()),
    ("POST", r"issues/(\d+)/comments", make_comment, ("issues", "pull-requests")),
    ("PATCH", r"issues/comments/(\d+)", edit_comment, ("issues", "pull-requests")),
    ("POST", r"statuses/([0-9a-f]{40})", set_status, ("statuses",)),
    ("GET", r"git/matching-refs/(.+)", matching_refs, ()),
    ("POST", r"git/refs", make_ref, ("contents",)),
    ("DELETE", r"git/refs/(.+)", delete_ref, ("contents",)),
    ("GET", r"actions/artifacts", list_artifacts, ()),
)
"""Method, place, what answers, and the permissions of which a token needs one."""


def answer(method, place, body):
    url = urlsplit(place)
    query = dict(parse_qsl(url.query))
    for verb, pattern, handler, permissions in ROUTES:
        match = re.fullmatch(pattern, unquote(url.path))
        if verb != method or match is None:
            continue
        if permissions:
            need(*permissions)
        found = handler(query, body, *match.groups())
        if isinstance(found, list) and method == "GET" and not pattern.startswith("git/"):
            size, page = min(100, int(query.get("per_page", "30"))), int(query.get("page", "1"))
            found = found[(page - 1) * size : page * size]
        return found
    raise RefusedError(404, "Not Found")


def main(arguments):
    if not os.environ.get("GH_TOKEN"):
        sys.stderr.write(
            "gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.\n"
        )
        return 4
    options = dict(itertools.pairwise(arguments))
    method, jq = options.get("--method", "GET"), options.get("--jq")
    body = json.load(sys.stdin) if "--input" in options else {}
    start = f"repos/{STATE['repository']}"
    place = arguments[-1].removeprefix(start).lstrip("/")
    assert arguments[0] == "api", "only the API is asked"
    assert arguments[-1].startswith(start), "a job's token is good for its own repository alone"
    with (FOLDER / "asked.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps([method, place, body]) + "\n")
    try:
        found = answer(method, place, body)
    except RefusedError as refused:
        sys.stderr.write(f"gh: {refused}\n")
        return 1
    if method != "GET":
        FILE.write_text(json.dumps(STATE, ensure_ascii=False), encoding="utf-8")
    if isinstance(found, list):
        found = [expanded(each) if each.get("body") else each for each in found]
    found = queried(jq, found) if jq else found
    sys.stdout.write("" if found is None else json.dumps(found, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
