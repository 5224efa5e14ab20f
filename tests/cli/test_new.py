"""`charter new`: what transcripts cannot show: a person at a terminal, control characters, a full disk."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from builders import make_charter, make_principle, make_section, make_theme, write_charter
from charterpress.checks import check
from charterpress.model import SectionShape
from charterpress.read import load
from charterpress.storage import atomic
from commands import edit_file, file_contents, run_charter, run_in_terminal

SECOND = "themes/tides/tides-second.md"
CLUB = ("--kind", "boat club", "--area", "The quay", "--website", "https://quay.example/", "--role", "Chair")


@pytest.fixture
def edited(version):
    """A small charter with version 1.0.0, and a sentence changed since."""
    edit_file(version / SECOND, "It does.", "It does so.")
    return version


def test_whatever_a_charter_requires_of_a_principle_gets_a_placeholder(working_folder, capsys):
    """Behaviours, questions and sources, and sections of every shape."""
    shapes = (
        SectionShape(id="vow", heading="We *vow* to", binding=True),
        SectionShape(id="do", heading="So we", binding=True, list=True),
        SectionShape(id="why", heading="Why & how"),
        SectionShape(id="when", heading="When", list=True),
    )
    sections = tuple(
        make_section(shape.id, "" if shape.list else "Keep it.", ("go out.",) if shape.list else ())
        for shape in shapes
    )
    themes = tuple(
        make_theme(id, (make_principle(f"{id}-one", sections=sections),)) for id in ("ebb", "flow")
    )
    root = write_charter(working_folder, make_charter(sections=shapes, themes=themes))
    edit_file(root / "charter.yml", "title:", "required: [sources, behaviours, questions]\ntitle:")
    for path in root.glob("themes/*/*-one.md"):
        edit_file(path, "## We *vow* to", "## We \\*vow\\* to")
    assert check(load(root)) == ()
    assert run_charter(capsys, "new", "principle", "ebb", "Hold on")[0] == 0
    found = [(each.path, each.rule) for each in check(load(root, shown="charter"))]
    assert found == [("charter/themes/ebb/hold-on.md", "placeholder")] * 10


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("People’s voices: heard", "peoples-voices-heard"),
        ("Größe für alle", "grosse-fur-alle"),
        ("24 hours", "24-hours"),
        ("snake_case & more", "snake-case-and-more"),
        ('Say "yes": #1, *really*', "say-yes-1-really"),
        ("- [ ] a", "a"),
        ("No", "no"),
        ("1.10", "1-10"),
    ],
)
def test_the_id_comes_from_the_title_which_stays_as_written(draft, capsys, title, id):
    assert run_charter(capsys, "new", "principle", "tides", "--", title)[0] == 0
    made = next(each for _, each in load(draft).charter.principles() if each.id == id)
    assert made.title == title


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        *(
            (("principle", "tides", f"one{letter}two"), f"U+{ord(letter):04X}")
            for letter in "\n\r\t\x1b\x07\u2028\udcff"
        ),
        (("principle", "tides", "one\u202etwo"), "changes the direction of text"),
        (("principle", "tides", "one\u200btwo"), "an invisible character"),
        (("principle", "tides", "a" * 10_000), "it has 10,000 characters"),
        (("change", "--why", "one\n---\ntwo"), "U+000A"),
        (("change", "--why", "w" * 3000), "it has 3,000 characters"),
        (("signatory", "a\nb", *CLUB), "NAME: "),
        (("signatory", "Quay\u202e Club", *CLUB), "NAME: "),
        (("signatory", "n" * 201, *CLUB), "NAME: "),
        (("signatory", "Quay", *CLUB, "--area", "a" * 121), "--area: “area” has 121 characters"),
        (("signatory", "Quay", *CLUB, "--area", "x\ny: z"), "--area: it has a character in it that ends"),
        (("signatory", "Quay", *CLUB, "--pledge", "p" * 501), "--pledge: “pledge” has 501 characters"),
    ],
    ids=lambda value: ascii(value)[-20:],
)  # fmt: skip
def test_a_control_character_or_a_text_too_long_is_refused(edited, capsys, arguments, message):
    before = file_contents(edited)
    code, _, err = run_charter(capsys, "new", *arguments)
    assert (code, message in err, file_contents(edited)) == (2, True, before)
    assert err.startswith("error: ")
    assert err.replace("\n", "").isprintable()


def test_a_full_disk_leaves_nothing_half_written(draft, capsys, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device", "charter/themes/tides/watch.md")

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "_sync", full)
        code, _, err = run_charter(capsys, "new", "principle", "tides", "Watch")
    assert (code, "No space left on device; nothing more was written" in err) == (2, True)
    assert not (draft / "themes/tides/watch.md").exists()
    assert run_charter(capsys, "new", "principle", "tides", "Watch")[0] == 0
    assert not (draft / atomic.STAGED).exists()


def test_the_date_of_a_signature_defaults_to_today(version, capsys):
    assert run_charter(capsys, "new", "signatory", "Quay Club", *CLUB)[0] == 0
    text = (version / "signatories/quay-club.yml").read_text()
    assert re.search(r"  - version: 1\.0\.0\n    date: 20\d\d-\d\d-\d\d\n    role: Chair\n$", text)
    assert check(load(version)) == ()


# --- At a terminal -----------------------------------------------------------------------------------

STARTED = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT]); "
    "from charterpress.cli import main; sys.exit(main())"
)
"""The command as a shell starts it: pytest's workers pass on that they ignore Ctrl-C."""


def test_a_person_is_asked_for_what_is_missing(version):
    """With the choices and an example, and again until the answer is valid."""
    command = (sys.executable, "-c", STARTED, "new", "principle")
    code, shown = run_in_terminal(
        *command, typed="\ntide\n2\nTides first\nWatch the tide\n1\n", cwd=version.parent
    )
    choices = "Which theme does the principle belong to?\n  1  moorings  (Moorings)\n  2  tides  (Tides)\n"
    messages = (
        choices,
        "  For example: moorings\n",
        "THEME:   An answer is needed here.\n",
        "  there is no theme called “tide”: do you mean “tides”?\n",
        "the id “tides-first” is already that of",
        "after [tides-second]: ",
        "It is principle 2.2, in the theme “Tides”.",
        "charter new change  begins the note that says why.\n",
    )
    assert (code, [message for message in messages if message not in shown]) == (0, []), shown
    read = load(version).charter.themes[1].principles
    assert [each.id for each in read] == ["tides-first", "watch-the-tide", "tides-second"]


@pytest.mark.parametrize(
    "options", [{"interrupt_at": "TITLE: "}, {"typed": "\x04"}], ids=["ctrl-c", "ctrl-d"]
)
def test_a_person_who_stops_has_written_nothing(version, options):
    before = file_contents(version)
    command = (sys.executable, "-c", STARTED, "new", "principle", "tides")
    code, shown = run_in_terminal(*command, **options, cwd=version.parent)
    assert (code, "error: stopped; nothing was written\n" in shown, file_contents(version)) == (
        2,
        True,
        before,
    )


def test_nobody_is_asked_without_a_terminal(draft):
    """A script would wait for ever."""
    command = [sys.executable, "-m", "charterpress.cli", "new", "principle", "tides"]
    done = subprocess.run(command, input="Watch\n", capture_output=True, text=True, check=False, timeout=60)
    message = "error: nothing was written:\n  TITLE is missing: for example Say what happened\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_an_empty_answer_takes_the_default_or_leaves_it_out(version, capsys, type_answers):
    answers = ("1", "quay.org.uk", "https://quay.org.uk", "", "", "Chair", "", "", "We row.")
    asked = type_answers(*answers)
    code, out, _ = run_charter(capsys, "new", "signatory", "Quay Club", "--area", "The harbour")
    assert (code, "  1  boat club\n  2  ferry\n" in out, "write “https://quay.org.uk”" in out) == (
        0,
        True,
        True,
    )
    assert asked[3] == "version [1.0.0]: "
    (made,) = load(version).signatories
    assert (made.kind, made.website, made.pledge) == ("boat club", "https://quay.org.uk", "We row.")
    assert [(each.version, each.role, each.link) for each in made.signed] == [("1.0.0", "Chair", "")]


def test_a_reason_that_is_left_out_gets_a_placeholder(edited, capsys, type_answers):
    type_answers("TODO", "")
    code, out, _ = run_charter(capsys, "new", "change")
    assert (code, "  Press Enter to leave it out.\n" in out, "is a placeholder" in out) == (0, True, True)
    assert "Say why, in a sentence or two" in next((edited / "changes").glob("tides-second-*.md")).read_text()


def test_a_person_is_asked_for_the_successor(version, capsys, type_answers):
    (version / SECOND).unlink()
    edit_file(version / "themes/tides/index.md", ', "tides-second"', "")
    type_answers("tides-frist", "tides-first", "It was said twice.")
    code, out, _ = run_charter(capsys, "new", "change")
    assert code == 0
    assert "The principle “tides-second” is gone. Which one takes its place?" in out
    assert "there is no principle “tides-frist”: do you mean “tides-first”?" in out
    assert next((version / "changes").glob("tides-second-*.md")).read_text() == (
        "---\nprinciples:\n  - tides-second\nclass: commitment\n"
        "retires:\n  tides-second: tides-first\n---\nIt was said twice.\n"
    )
    assert run_charter(capsys, "check")[0] == 0


def _renamed(version):
    """The second principle of the tides under another name, as an editor does it by hand."""
    (version / SECOND).rename(version / "themes/tides/ebb.md")
    edit_file(version / "themes/tides/index.md", "tides-second", "ebb")
    return version


def test_a_note_about_a_rename_writes_the_rename(version, capsys):
    """The link from the old name to the new one is never lost; links and other notes follow."""
    edit_file(version / "preamble.md", "A harbour", "[A](themes/tides/tides-second.md) harbour")
    root = _renamed(version)
    why = ("--why", "The old name said nothing.")
    code, out, err = run_charter(capsys, "new", "change", "tides-second", *why)
    assert (code, err) == (0, "")
    assert "“tides-second” goes on as “ebb”" in out
    assert "say --replaced-by tides-second=ebb" in out
    assert "formerly:\n  - tides-second\n" in (root / "themes/tides/ebb.md").read_text()
    assert "](themes/tides/ebb.md)" in (root / "preamble.md").read_text()
    note = next((root / "changes").glob("ebb-*.md")).read_text()
    assert note == "---\nprinciples:\n  - ebb\nclass: guidance\n---\nThe old name said nothing.\n"


@pytest.mark.parametrize("given", ["ebb", "tides-second=ebb"])
def test_a_principle_that_is_replaced_is_not_renamed(version, capsys, given):
    root = _renamed(version)
    why = ("--why", "It is another one now.")
    assert run_charter(capsys, "new", "change", "--replaced-by", given, *why)[0] == 0
    assert "formerly" not in (root / "themes/tides/ebb.md").read_text()
    assert "retires:\n  tides-second: ebb\n" in next((root / "changes").glob("*.md")).read_text()
    assert run_charter(capsys, "check")[0] == 0


def test_several_replacements_of_one_principle_are_a_split(version, capsys):
    (version / SECOND).unlink()
    edit_file(version / "themes/tides/index.md", ', "tides-second"', "")
    pairs = ("--replaced-by", "tides-first", "--replaced-by", "moorings-first")
    assert run_charter(capsys, "new", "change", *pairs, "--why", "It was two things.")[0] == 0
    note = next((version / "changes").glob("*.md")).read_text()
    assert "retires:\n  tides-second:\n    - tides-first\n    - moorings-first\n" in note
    assert run_charter(capsys, "check")[0] == 0


def test_a_person_is_asked_who_approves_until_two_do(version, capsys, type_answers):
    edit_file(version / SECOND, "- tides second", "- tide second")
    type_answers("Me", "Chair", "The chair", "Clerk", "A letter.")
    code, out, _ = run_charter(capsys, "new", "change", "--class", "guidance")
    assert (code, "Who agrees that it is guidance?" in out, "whoever reads the version can ask" in out) == (
        *(0, True, True),
    )
    note = next((version / "changes").glob("tides-second-*.md")).read_text()
    assert "class: guidance\napproved_by:\n  - Chair\n  - Clerk\n---\nA letter.\n" in note
    assert run_charter(capsys, "check")[0] == 0
