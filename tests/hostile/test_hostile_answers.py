"""What strangers may write, as it comes through the form, and as commands, comments and documents say it."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import unicodedata

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from charterpress.checks import check
from charterpress.cli import main
from charterpress.editing.sign_up.intake import FIELDS, Outcome, judge_forms, read_forms
from charterpress.model import Edition, Severity
from charterpress.outputs.data import releases as export
from charterpress.read import load, with_files
from commands import commit_all, git, init_repository
from hostile import corpus, everywhere, honest
from hostile.corpus import PAYLOADS, Payload

# --- The form ----------------------------------------------------------------------------------------

FORMS = {"issue": honest.issue, "mail": honest.letter, "csv": lambda said: honest.table([said])}
ASKED = {field.key: field for field in FIELDS if field.key in {"name", "area", "pledge", "role"}}
"""The questions that anything may be written to."""
_SPACE = re.compile(r"[ \t\r\n\u00a0]+")
PLACES = [(key, kind) for key in ASKED for kind in FORMS]
ALL = [(payload, place) for payload in PAYLOADS for place in PLACES]
ONCE = [(payload, PLACES[at % len(PLACES)]) for at, payload in enumerate(PAYLOADS)]


def meant(payload: Payload, key: str, kind: str) -> str:
    """What the answer says, in one line: in a letter, an answer of one line ends where the line does."""
    words = corpus.written(payload.text)
    if kind == "mail" and not ASKED[key].several_lines:
        words = words.lstrip().splitlines()[0]
    return unicodedata.normalize("NFC", _SPACE.sub(" ", words).strip(" "))


def wrong(edition: Edition, payload: Payload, key: str, kind: str) -> list[str]:
    """What is wrong with what becomes of a form with `payload` as the answer to a question."""
    said = honest.answers(0, honest.NAMES[0]) | {"name": "Quay Club", key: corpus.written(payload.text)}
    reading = read_forms(FORMS[kind](said).encode(), kind=kind)
    reasons = list(reading.reasons)
    faults = []
    for each in judge_forms(edition, reading.forms):
        reasons += each.reasons
        if each.outcome is Outcome.NEW:
            after = with_files(edition, {each.path: each.data})
            entry = after.signatories[0]
            value = entry.signed[0].role if key == "role" else getattr(entry, key)
            if value != meant(payload, key, kind):
                faults.append(f"{value!r} is written")
            faults += [said.message for said in check(after) if said.severity is Severity.ERROR]
        elif not each.reasons and not each.asked:
            faults.append("refused without a reason")
    if not reading.forms and not reasons:
        faults.append("not read, and nothing is said of it")
    return [f"{payload.id} in {key}, {kind}: {fault}" for fault in faults]


def judged(folder, pairs):
    unsigned = load(honest.write_unsigned(folder), shown="charter")
    return [fault for payload, (key, kind) in pairs for fault in wrong(unsigned, payload, key, kind)]


@pytest.mark.parametrize("pairs", [ONCE, pytest.param(ALL, marks=pytest.mark.long)], ids=["once", "all"])
def test_a_hostile_answer_is_refused_or_written_as_it_stands(tmp_path, pairs):
    """The file that is made of it is in order, and says what was answered."""
    assert judged(tmp_path, pairs) == []


# --- What is made of a charter of them ---------------------------------------------------------------

RUNNING = {
    *("script", "iframe", "object", "embed", "base", "meta", "link", "style", "form", "input", "img", "svg"),
    *("math", "template", "noscript", "textarea", "title", "body", "details", "video"),
}
"""Elements that are in no words of ours."""
LEADING = ("href", "src", "action", "data", "xlink:href")
SAFE = ("https://", "http://", "mailto:", "#", "/", "../")
MARK = "<!-- charter: what this changes -->"


def live(rendered: str) -> list[str]:
    """What runs, or leads where it should not, in a piece of HTML."""
    found = []
    for node in html.fragment_fromstring(rendered, create_parent="div").iter():
        if not isinstance(node.tag, str):
            written = etree.tostring(node, encoding="unicode", with_tail=False)
            found += [written] if written != MARK else []
            continue
        found += [node.tag] if node.tag in RUNNING or "-" in node.tag else []
        found += [name for name in node.attrib if name.startswith("on") or name in {"style", "srcdoc"}]
        found += [node.get(name) for name in LEADING if not node.get(name, "#").startswith(SAFE)]
    return found


def rendered(words: str) -> str:
    """Markdown as HTML, by another reader than ours, which lets HTML pass."""
    return MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"]).render(words)


def controlling(words: str) -> set[str]:
    """The letters in `words` that a terminal obeys or nobody sees, but those that we part words by."""
    return {each for each in words if unicodedata.category(each) in {"Cc", "Cf"}} - {"\n", "\t", "\u200b"}


def commands(words: str) -> list[str]:
    """The lines that the host of a log obeys."""
    return [line for line in words.split("\n") if line.lstrip().startswith("::") or "##[" in line]


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("<script>alert(1)</script>", ["script"]),
        ("<p onclick=alert(1)>Quay</p>", ["onclick"]),
        ("[Quay](javascript:alert(1))", []),
        ("<a href=javascript:alert(1)>Quay</a>", ["javascript:alert(1)"]),
        ("<javascript:alert(1)>", []),
        ("![Quay](https://evil.example/x.png)", ["img"]),
        ("<!-- charter -->", ["<!-- charter -->"]),
        (f"{MARK}\n\n[Quay](https://quay.example/) and *more*", []),
    ],
)
def test_what_is_live_is_seen(planted, said):
    """Each kind of it; of a link that runs the other reader makes none either."""
    assert live(rendered(f"Quay\n\n{planted}\n")) == said
    assert commands("Quay\n  ::error::x\nQuay ##[add-mask]1\na::b") == ["  ::error::x", "Quay ##[add-mask]1"]
    assert controlling("Quay\n\x1b[31m\u202e") == {"\x1b", "\u202e"}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    with contextlib.redirect_stdout(io.StringIO()):
        return everywhere.write(tmp_path_factory.mktemp("everywhere"))


def test_a_release_as_one_document_is_harmless_to_other_readers(root):
    releases = load(root, shown="charter").releases
    assert [each.version for each in releases] == ["1.0.0", "2.0.0"]
    for release in releases:
        document = export.release_markdown(release, "https://charter.example/")
        assert document.count("alert(1)") + document.count("alert\\(1\\)") > 50
        assert live(rendered(document)) == []
        assert controlling(document) == set()


COMMANDS = ("status", "diff 1.0.0 2.0.0", "diff 2.0.0 draft", "diff draft 1.0.0")
STYLES = ("text", "markdown", "json", "html")
SAID = [
    pytest.param(command, style, marks=() if (row + column) % 2 == 0 else pytest.mark.long)
    for row, command in enumerate(COMMANDS)
    for column, style in enumerate(STYLES)
    if (command, style) != ("status", "html")
]
"""Every command and every style, and in the long tier each of them in all."""


@pytest.mark.parametrize(("command", "style"), SAID)
def test_nothing_that_a_command_says_acts(root, capsys, command, style):
    assert main(["--source", str(root), *command.split(), "--format", style]) == 0
    said = capsys.readouterr().out
    assert any(each.text in said for each in PAYLOADS if len(each.text) > 5)
    assert controlling(said) == set()
    if style in ("text", "markdown"):
        assert commands(said) == []
    if style == "markdown":
        assert live(rendered(said)) == []
    if style == "json":
        assert json.loads(said)
    if style == "html":
        page = html.document_fromstring(said)
        assert [each.tag for each in page.head] == ["meta", "title", "style"]
        assert live(html.tostring(page.body, encoding="unicode").replace("body>", "div>")) == []


def test_the_answer_to_hostile_forms_is_harmless(tmp_path, capsys):
    signed = honest.write_unsigned(tmp_path)
    some = honest.answers(0, honest.NAMES[0])
    rows = [
        some | {"pledge": "", "name": words, "area": words, "website": f"https://club-{at}.example/"}
        for at, words in enumerate(corpus.written(each.text) for each in PAYLOADS)
    ]
    form = tmp_path / "form.csv"
    form.write_text(honest.table(rows), encoding="utf-8", newline="")
    for style in ("text", "json", "markdown"):
        assert main(["--source", str(signed), "sign", "--from", str(form), "--format", style]) in {0, 1}
        said = capsys.readouterr().out
        assert said.count("alert") > 30
        assert controlling(said) == set()
        if style != "json":
            assert commands(said) == []
    assert live(rendered(said)) == []


def test_a_comment_on_a_hostile_proposal_is_harmless(root, tmp_path, monkeypatch, capsys):
    """It turns the words of one turn into those of the next, and has all organisations sign."""
    repository, proposal = tmp_path / "repository", tmp_path / "proposal"
    with contextlib.redirect_stdout(io.StringIO()):
        after = everywhere.write(tmp_path, 1)
    shutil.copytree(root, repository / "charter", ignore=shutil.ignore_patterns("signatories"))
    init_repository(repository)
    git("worktree", "add", "--quiet", "--detach", str(proposal), folder=repository)
    shutil.copytree(
        after, proposal / "charter", ignore=shutil.ignore_patterns("releases"), dirs_exist_ok=True
    )
    commit_all(proposal)
    base, head = (git("rev-parse", "HEAD", folder=each) for each in (repository, proposal))
    monkeypatch.chdir(repository)
    assert head != base
    main(["ci", "comment", "--head", head])
    said = capsys.readouterr().out
    assert said.count("alert") > 20
    assert commands(said) == []
    assert controlling(said) == set()
    made = rendered(said)
    assert live(made) == []
    words = html.fragment_fromstring(made, create_parent="div")
    for code in words.iter("code"):
        code.text = ""
    assert re.findall(r"@\w.*|#\d.*", "".join(words.itertext())) == []
