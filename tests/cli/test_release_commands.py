"""The commands about versions: release, verify, status, diff."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess

import pytest

from builders import make_signatory, release_draft, write_charter, write_note, write_signatory
from charterpress.cli import main
from charterpress.model.errors import CharterError
from charterpress.storage import atomic

FIRST = "themes/moorings/moorings-first.md"


@pytest.fixture
def charter(tmp_path, monkeypatch):
    """A small charter in the working folder, without a version, and no repository around it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return write_charter(tmp_path)


@pytest.fixture
def version(charter):
    """The same with version 1.0.0."""
    release_draft(charter, first=True)
    return charter


@pytest.fixture
def committed(version):
    """The same, committed on `main`."""
    git("init", "--quiet", "--initial-branch", "main")
    commit()
    return version


def git(*arguments):
    """Runs git in the working folder, as nobody in particular."""
    who = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *arguments], check=True, capture_output=True, text=True).stdout


def commit():
    """Commits everything there is."""
    git("add", "--all")
    git("commit", "--quiet", "--message", "x")


def reworded(root, old="It does.", new="It does so.", class_="guidance", **note):
    """Changes words, with their note."""
    edited(root / FIRST, old, new)
    write_note(root, "moorings-first", class_=class_, **note)


def edited(path, old, new):
    """Changes words in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def mended(root):
    """Writes the right digest into each line of SHA256SUMS."""
    sums = root / "releases" / "SHA256SUMS"
    names = [line.split()[1] for line in sums.read_text().splitlines()]
    digests = {name: hashlib.sha256((root / "releases" / name).read_bytes()).hexdigest() for name in names}
    sums.write_text("".join(f"{digest}  {name}\n" for name, digest in digests.items()))


def ran(capsys, *arguments):
    """The exit code, and what was said."""
    code = main(arguments)
    return code, *capsys.readouterr()


def rules(capsys, *arguments):
    """The exit code of a check, and the rules of its errors."""
    code, out, _ = ran(capsys, "check", "--format", "json", *arguments)
    return code, sorted({f["rule"] for f in json.loads(out)["findings"] if f["severity"] == "error"})


def state(root):
    """Every file of the charter, with what it holds."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


# --- release -----------------------------------------------------------------------------------------


def test_the_first_release_says_what_it_did_and_what_to_do_next(charter, capsys):
    """Every file by its name, and the whole digest."""
    (charter.parent / "CHANGELOG.md").write_text("# Log\n")
    write_note(charter, "preamble", id="first")
    code, out, err = ran(capsys, "release", "--first", "--date", "2024-12-01")
    digest = hashlib.sha256((charter / "releases" / "1.0.0.json").read_bytes()).hexdigest()
    assert (code, err) == (0, "")
    assert out == (
        "Released version 1.0.0 (commitment) of 2024-12-01.\n"
        "  wrote    CHANGELOG.md\n"
        "  wrote    charter/releases/1.0.0.json\n"
        "  wrote    charter/releases/SHA256SUMS\n"
        "  removed  charter/changes/first.md (it is part of the release now)\n"
        f"  digest   {digest}\n"
        "\n"
        "Now commit these files together. From then on this version never changes.\n"
    )
    assert (charter.parent / "CHANGELOG.md").read_text().endswith("(commitment)\n\n- The quay has grown.\n")
    assert not (charter / "changes" / "first.md").exists()


def test_the_next_release_follows_and_the_system_can_check_it(version, capsys):
    """`sha256sum -c` and nothing of ours."""
    reworded(version)
    code, out, _ = ran(capsys, "release", "--date", "2025-06-01")
    assert (code, out.split("\n")[0]) == (0, "Released version 1.1.0 (guidance) of 2025-06-01.")
    assert "See what is new: charter diff 1.0.0 1.1.0\n" in out
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"],
        cwd=version / "releases",
        check=True,
        capture_output=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        text=True,
    )
    assert checked.stdout == "1.0.0.json: OK\n1.1.0.json: OK\n"


def test_without_a_date_it_is_released_today(charter, capsys):
    """And today has come for everybody who asks."""
    assert ran(capsys, "release", "--first")[0] == 0
    assert ran(capsys, "verify")[0] == 0


def test_nothing_is_released_while_there_are_errors(version, capsys):
    """They are said, and not one file is another."""
    edited(version / FIRST, "It does.", "It does so.")
    before = state(version)
    code, out, err = ran(capsys, "release")
    assert (code, err, state(version)) == (1, "", before)
    assert "error[change-unnoted]" in out
    assert out.endswith("Nothing was released. Fix the errors above, then run “charter release” again.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "there is nothing to release: the words are those of 1.0.0"),
        (["--first"], "--first makes 1.0.0, and 1.0.0 is there already: leave it out"),
        (["--consultation"], "a consultation draft comes before 1.0.0, and 1.0.0 is there already"),
        (["--date", "2024-11-30"], "2024-11-30 is before 2024-12-01, the date of version 1.0.0"),
        (
            ["--date", "9999-12-31"],
            "9999-12-31 is in the future: a version bears the day on which it was released",
        ),
        (["--date", "tomorrow"], "“tomorrow” is not a date: write it as 2026-12-01"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_released_is_exit_2(version, capsys, arguments, said):
    """In one sentence, and nothing is written."""
    before = state(version)
    assert ran(capsys, "release", *arguments) == (2, "", f"error: {said}\n")
    assert state(version) == before


def test_the_first_release_has_to_be_asked_for(charter, capsys):
    """A version number is a promise."""
    code, out, err = ran(capsys, "release")
    assert (code, out) == (2, "")
    assert err.startswith("error: there is no version yet: say --first to make 1.0.0, or --consultation for ")


def test_a_release_that_was_broken_off_is_finished_by_the_next(version, capsys, monkeypatch):
    """Until then the check says so."""
    reworded(version)
    with monkeypatch.context() as patch:
        patch.setattr(atomic, "finish_writing", lambda root, *, beside: ())  # as if the power had gone
        main(["release", "--date", "2025-06-01"])
    capsys.readouterr()
    assert rules(capsys) == (1, ["release-unfinished"])
    code, out, _ = ran(capsys, "release")
    assert (code, out.split("\n")[0]) == (0, "A release was interrupted. It is complete now:")
    assert rules(capsys) == (0, [])
    assert not (version / "changes" / "note.md").exists()
    assert ran(capsys, "verify")[1].startswith("2 versions, from 1.0.0 of 2024-12-01 to 1.1.0 of 2025-06-01")


def test_what_no_font_can_print_is_not_released(charter, capsys):
    """Once it is frozen, the letter could never be mended. File and line are named; nothing is written."""
    path = charter / "preamble.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nIt is called \u6f22 here.\n", encoding="utf-8")
    assert main(["release", "--first"]) == 2
    said = capsys.readouterr().err
    assert "nothing was released: no font has “\u6f22” (U+6F22) in “Preamble”" in said
    assert said.rstrip().endswith("It is in charter/preamble.md:3")
    assert not (charter / "releases").exists()


def test_what_the_pdf_refuses_for_another_reason_is_not_released(version, capsys, monkeypatch):
    """Typst's own words follow ours; nothing is written."""

    def refuses(*_, **__):
        raise CharterError("the PDF cannot be made: unknown reason")

    reworded(version)
    before = state(version)
    monkeypatch.setattr("charterpress.outputs.pdf.charter.charter_pdf", refuses)
    assert ran(capsys, "release") == (
        2,
        "",
        "error: nothing was released: the PDF cannot be made: unknown reason\n",
    )
    assert state(version) == before


def test_a_disk_that_refuses_is_said_in_plain_words(version, capsys, monkeypatch):
    """And nothing is half done."""
    reworded(version)
    before = state(version)

    def full(*_):
        raise OSError(28, "No space left on device", "charter/releases")

    monkeypatch.setattr(atomic.Path, "rename", full)
    again = "run “charter release” again once that is fixed"
    code, _, err = ran(capsys, "release", "--date", "2025-06-01")
    assert (code, err) == (2, f"error: charter/releases: No space left on device; {again}\n")
    shutil.rmtree(version / "releases" / atomic.STAGED)
    assert state(version) == before


# --- verify ------------------------------------------------------------------------------------------


def test_verify_without_a_version_has_nothing_to_say(charter, capsys):
    """And finds nothing wrong."""
    assert ran(capsys, "verify") == (0, "No version has been released yet.\n", "")


def test_verify_says_when_git_could_not_be_asked(version, capsys):
    """One line, and no failure."""
    code, out, _ = ran(capsys, "verify")
    assert (code, out.split("\n")[0]) == (
        0,
        "Version 1.0.0 of 2024-12-01 is whole, and has the digest in SHA256SUMS.",
    )
    assert out.split("\n")[1].startswith("git could not be asked how each version was first recorded: ")


def test_verify_holds_releases_against_git(committed, capsys):
    """Of one that is not committed git knows nothing yet."""
    code, out, _ = ran(capsys, "verify")
    assert (code, out.split("\n")[1]) == (
        0,
        "Each was held against what git recorded when it was first added.",
    )
    reworded(committed)
    main(["release", "--date", "2025-06-01"])
    capsys.readouterr()
    code, out, _ = ran(capsys, "verify")
    assert (code, out.split("\n")[1]) == (0, "Not committed yet, so that git cannot vouch for it: 1.1.0.")


@pytest.mark.parametrize("forgery", ["plain", "mended", "mended and committed"])
def test_one_changed_word_fails_verify_and_check_by_name(committed, capsys, forgery):
    """With and without mending every digest there is, committed or not."""
    git("checkout", "--quiet", "-b", "change")
    edited(committed / "releases" / "1.0.0.json", "It does.", "It did.")
    expected, on_proposal = ["release-digest"], ["release-digest"]
    if forgery != "plain":
        mended(committed)
        for path in committed.rglob("*.md"):  # and the working text, so that it says the same
            path.write_text(path.read_text().replace("It does.", "It did."))
        expected, on_proposal = ["release-recorded"], ["release-changed", "release-recorded"]
    if forgery == "mended and committed":
        commit()
    code, out, _ = ran(capsys, "verify")
    assert (code, f"error[{expected[0]}]" in out) == (1, True)
    assert rules(capsys) == (1, expected)
    assert rules(capsys, "--changed-since", "main") == (1, on_proposal)


def test_a_proposal_that_renames_or_deletes_a_release_is_refused(committed, capsys):
    """Even where SHA256SUMS says nothing of it any more."""
    git("checkout", "--quiet", "-b", "change")
    releases = committed / "releases"
    (releases / "SHA256SUMS").unlink()
    (releases / "1.0.0.json").unlink()
    assert rules(capsys, "--changed-since", "main") == (1, ["release-changed", "release-recorded"])


def test_a_new_release_on_a_branch_is_no_fault(committed, capsys):
    """Only those that the other branch has are frozen for it."""
    git("checkout", "--quiet", "-b", "change")
    reworded(committed)
    main(["release", "--date", "2025-06-01"])
    capsys.readouterr()
    assert rules(capsys, "--changed-since", "main") == (0, [])


# --- status ------------------------------------------------------------------------------------------


def test_status_before_the_first_version(charter, capsys):
    """What there is to do."""
    said = (
        "Harbour Charter: no version has been released yet.\n\n"
        "Nothing is in the way of a release: “charter release --first” makes 1.0.0, and “charter release "
        "--consultation” a draft that nobody can sign.\n"
    )
    assert ran(capsys, "status") == (0, said, "")


def test_status_without_a_change(version, capsys):
    """It says so."""
    said = (
        "Harbour Charter: the current version is 1.0.0 of 2024-12-01, and the working text says the same.\n\n"
        "There is nothing to release.\n"
    )
    assert ran(capsys, "status") == (0, said, "")


def test_status_says_the_class_the_number_and_what_decided_it(version, capsys):
    """For a committee: whole sentences, titles instead of ids."""
    reworded(version, "moorings first every day.", "moorings first every hour.", class_="commitment")
    code, out, _ = ran(capsys, "status")
    lines = out.split("\n")
    assert code == 0
    assert lines[:3] == [
        "Harbour Charter: the current version is 1.0.0 of 2024-12-01. 1 change since then:",
        "",
        "1.1 Moorings first",
    ]
    assert lines[3].startswith("  [commitment] ")
    assert (
        "Its class is commitment: a signature stays with the version that was signed. It was decided by:"
    ) in lines
    assert lines[-2] == "The next version is 2.0.0, and nothing is in its way: charter release"


def test_status_says_what_is_in_the_way(version, capsys):
    """As `charter check` would, with the fix."""
    edited(version / FIRST, "It does.", "It does so.")
    code, out, _ = ran(capsys, "status")
    assert (code, "The next version will be 1.1.0. 1 error in the way of a release:" in out) == (1, True)
    assert (
        f"\n  charter/{FIRST}\n    line 1: no change note says why this differs from version 1.0.0 (" in out
    )
    assert out.endswith("; “charter new change” begins the note that is missing.\n")


def test_status_tells_once_what_is_wrong_in_many_lines_of_a_file(version, capsys):
    """A principle whose words are still to be written is one thing to do."""
    main(["new", "principle", "moorings", "Say what happened"])
    capsys.readouterr()
    code, out, _ = ran(capsys, "status")
    told = [line for line in out.split("\n") if "is a placeholder" in line]
    assert (code, len(told)) == (1, 1), out
    assert re.fullmatch(r"    lines (\d+, ){2}\d+: “.+” is a placeholder, and so on", told[0])


def test_status_of_two_changes_and_of_none_reads_as_a_sentence(version, capsys):
    """“Its class” of one, “Their class” of two; and where it was lowered, nothing is said that is not so."""
    edited(version / FIRST, "Moorings first", "Mooring first")
    write_note(version, "moorings-first", class_="editorial", approved_by=["The chair", "The clerk"])
    lowered = "editorial, lowered from commitment by a note with two approvals: every signature carries over."
    assert f"\nIts class is {lowered} It was decided by:\n" in ran(capsys, "status")[1]
    edited(version / FIRST, "It does.", "It does so.")
    assert "\nTheir class is editorial, lowered " in ran(capsys, "status")[1]


def test_status_is_in_colour_where_the_other_commands_are(version, capsys, monkeypatch):
    """Without its colours it says the very same."""
    edited(version / FIRST, "It does.", "It does so.")
    plain = ran(capsys, "status")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    lit = ran(capsys, "status")[1]
    assert "\x1b[1m1.1 Moorings first\x1b[0m" in lit
    assert re.sub(r"\x1b\[[\d;]*m", "", lit) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert ran(capsys, "status")[1] == plain
    assert "\x1b" not in ran(capsys, "status", "--format", "markdown")[1]


def test_status_of_a_text_that_cannot_be_read(version, capsys):
    """Nothing is said of changes: everything that is missing would seem to be retired."""
    edited(version / FIRST, "title: ", "title: One: ")
    code, out, _ = ran(capsys, "status", "--format", "json")
    said = json.loads(out)
    assert (code, said["next"], said["changes"]) == (1, None, [])
    assert [each["rule"] for each in said["blocking"]] == ["front-matter-unreadable"]
    assert "cannot be told until what stands below is mended" in ran(capsys, "status")[1]


def test_status_as_json_has_every_key_for_ever(version, capsys):
    """What programs rely on."""
    reworded(version)
    code, out, _ = ran(capsys, "status", "--format", "json")
    said = json.loads(out)
    because = said["changes"][0].pop("because")
    assert (code, said) == (
        0,
        {
            "current": "1.0.0",
            "next": "1.1.0",
            "class": "guidance",
            "changes": [
                {
                    "principle": "moorings-first",
                    "field": "reasons",
                    "part": "",
                    "kind": said["changes"][0]["kind"],
                    "class": "guidance",
                    "before": "It does.",
                    "after": "It does so.",
                }
            ],
            "blocking": [],
            "sign_again": [],
        },
    )
    assert isinstance(because, str)


def test_status_calls_a_section_by_its_heading_and_says_each_name_once(version, capsys):
    """What an editor sees in the file, and a line that can be read aloud."""
    reworded(version)
    _, out, _ = ran(capsys, "status")
    assert "\n1.1 Moorings first\n  [guidance] the section “Why it matters” was reworded.\n" in out


def test_a_principle_that_is_gone_does_not_wear_the_number_of_another(version, capsys):
    """Two would be called 1.1, in status and in diff."""
    index = version / "themes/moorings/index.md"
    edited(index, '["moorings-first", "moorings-second"]', '["moorings-second"]')
    (version / FIRST).unlink()
    write_note(version, "moorings-first", retires={"moorings-first": "moorings-second"})
    gone = "Moorings first (was 1.1)\n"
    told = "Moorings first (was 1.1) was retired, and “Moorings second” takes its place.\n"
    assert f"\n{gone}  [commitment] {told}" in ran(capsys, "status")[1]
    assert f"\n{gone}\n  [commitment] {told}" in ran(capsys, "diff", "1.0.0", "draft")[1]


def test_status_as_markdown_shows_words_and_no_marks(version, capsys):
    """A title with marks in it stays a title, and nobody is called by it."""
    edited(version / FIRST, "Moorings first", "Moorings @first *now*")
    write_note(version, "moorings-first")
    code, out, _ = ran(capsys, "status", "--format", "markdown")
    assert (code, "### 1.1 Moorings \\@\u200bfirst \\*now\\*" in out) == (0, True)


def test_status_names_those_who_would_be_asked_to_sign_again(version, capsys):
    """Only for a commitment release, only those whose signature is in force; above 20 their number."""
    for slug in ("quay-club", "mole-club"):
        write_signatory(version, make_signatory(slug))
    write_signatory(version, make_signatory("pirates", kind="pirates"))
    reworded(version)
    assert "sign again" not in ran(capsys, "status")[1]
    reworded(version, "moorings first every day.", "moorings first every hour.", class_="commitment")
    assert "\nIt asks 2 organisations to sign again: Mole club; Quay club.\n" in ran(capsys, "status")[1]
    assert json.loads(ran(capsys, "status", "--format", "json")[1])["sign_again"] == [
        "mole-club",
        "quay-club",
    ]
    write_signatory(version, make_signatory("quay-club-all", name="Quay *club* @all"))
    assert "Quay \\*club\\* \\@\u200ball" in ran(capsys, "status", "--format", "markdown")[1]
    for place in range(20):
        write_signatory(version, make_signatory(f"club-{place}"))
    assert "\nIt asks 23 organisations to sign again.\n" in ran(capsys, "status")[1]


# --- Signatories -------------------------------------------------------------------------------------


def test_an_entry_is_neither_removed_nor_changed_beside_ones_own(committed, capsys):
    """Held against the branch that a proposal is for."""
    for slug in ("quay-club", "mole-club"):
        write_signatory(committed, make_signatory(slug))
    commit()
    git("switch", "--quiet", "--create", "mine")
    assert rules(capsys, "--changed-since", "main") == (0, [])
    write_signatory(committed, make_signatory("pier-club"))
    assert rules(capsys, "--changed-since", "main") == (0, [])
    write_signatory(committed, make_signatory("mole-club", area="The mole"))
    assert rules(capsys, "--changed-since", "main") == (1, ["signatory-others"])
    (committed / "signatories" / "pier-club.yml").unlink()
    assert rules(capsys, "--changed-since", "main") == (0, [])
    (committed / "signatories" / "quay-club.yml").unlink()
    commit()
    assert rules(capsys, "--changed-since", "main") == (1, ["signatory-removed"])
    assert rules(capsys) == (0, [])


def test_a_bad_entry_fails_the_check_and_no_release(version, capsys):
    """The text can be released while somebody's entry waits to be mended."""
    write_signatory(version, make_signatory("pirates", kind="pirates"))
    reworded(version)
    assert rules(capsys) == (1, ["signatory-kind"])
    assert ran(capsys, "status")[0] == 0
    code, out, _ = ran(capsys, "release", "--date", "2025-06-01")
    assert (code, out.split("\n")[0]) == (0, "Released version 1.1.0 (guidance) of 2025-06-01.")


# --- diff --------------------------------------------------------------------------------------------


def test_diff_of_a_text_with_itself(version, capsys):
    """There is nothing to see."""
    assert ran(capsys, "diff", "1.0.0", "draft") == (0, "1.0.0 and draft say the same.\n", "")


@pytest.mark.parametrize(
    ("format_", "start"),
    [
        (
            "text",
            "1 change from 1.0.0 to draft, of the class guidance.\n\n1.1 Moorings first\n\n  [guidance] ",
        ),
        (
            "markdown",
            "1 change from 1.0.0 to draft, of the class guidance.\n\n## 1.1 Moorings first\n\n*guidance*: ",
        ),
        ("html", "<!doctype html>\n"),
    ],
)
def test_diff_names_what_changed_and_shows_it(version, capsys, format_, start):
    """In every format both wordings can be found."""
    reworded(version)
    code, out, err = ran(capsys, "diff", "1.0.0", "draft", "--format", format_)
    assert (code, err, out[: len(start)]) == (0, "", start)
    assert "so" in out.split("Moorings first", 1)[1]
    assert "\x1b" not in out


def test_diff_as_json(version, capsys):
    """The changes as in status."""
    reworded(version)
    said = json.loads(ran(capsys, "diff", "1.0.0", "draft", "--format", "json")[1])
    assert (said["from"], said["to"], said["class"]) == ("1.0.0", "draft", "guidance")
    assert [(each["before"], each["after"]) for each in said["changes"]] == [("It does.", "It does so.")]
    back = json.loads(ran(capsys, "diff", "draft", "1.0.0", "--format", "json")[1])
    assert [(each["before"], each["after"]) for each in back["changes"]] == [("It does so.", "It does.")]


@pytest.mark.parametrize(
    ("format_", "came", "went"),
    [
        ("text", "{{+a) moorings second every day.+}}", "[-a) moorings second every day.-]"),
        ("markdown", r"**a\) moorings second every day\.**", r"~~a\) moorings second every day\.~~"),
        ("html", "<ins>{}a) moorings second every day.", "<del>{}a) moorings second every day."),
        ("json", "\\n\\na) moorings second every day.", "\\n\\na) moorings second every day."),
    ],
)
def test_diff_shows_all_the_words_of_what_came_or_went(version, capsys, format_, came, went):
    """Not its title alone: what was promised stands there, under the headings of its parts."""
    index = version / "themes/moorings/index.md"
    edited(index, '["moorings-first", "moorings-second"]', '["moorings-first"]')
    (version / "themes/moorings/moorings-second.md").unlink()
    write_note(version, "moorings-second", retires={"moorings-second": "~"})
    said = ran(capsys, "diff", "1.0.0", "draft", "--format", format_)[1]
    back = ran(capsys, "diff", "draft", "1.0.0", "--format", format_)[1]
    for words, shown, hidden in ((went, said, "deleted: "), (came, back, "inserted: ")):
        assert words.format(f'<span class="visually-hidden">{hidden}</span>') in shown
        assert "We promise to:" in shown or "We promise to\\:" in shown
        assert "The harbour book" in shown


def test_diff_is_in_colour_on_a_terminal_unless_nobody_wants_it(version, monkeypatch):
    """NO_COLOR, as no-color.org has it."""
    reworded(version)

    class Terminal(io.StringIO):
        """Something that says it is one."""

        def isatty(self):
            return True

    said = []
    for no_colour in ("", "1"):
        monkeypatch.setenv("NO_COLOR", no_colour)
        monkeypatch.setattr("sys.stdout", terminal := Terminal())
        main(["diff", "1.0.0", "draft"])
        said.append("\x1b[" in terminal.getvalue())
    assert said == [True, False]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("1.0", "do you mean “1.0.0”?"), ("drft", "do you mean “draft”?"), ("x", "there is “1.0.0”, “draft”")],
)
def test_diff_with_an_unknown_version_is_exit_2(version, capsys, name, hint):
    """With the one that was meant, or all there are."""
    assert ran(capsys, "diff", name, "draft") == (2, "", f"error: there is no version “{name}”: {hint}\n")


def test_diff_says_that_a_class_was_lowered(version, capsys):
    """The class of the version, and not that of the words alone; each change keeps its own."""
    edited(version / FIRST, "Moorings first", "Mooring first")
    write_note(version, "moorings-first", class_="editorial", approved_by=["The chair", "The clerk"])
    opening = "of the class editorial, lowered from commitment by a note with two approvals.\n"
    assert opening in ran(capsys, "diff", "1.0.0", "draft")[1]
    said = json.loads(ran(capsys, "diff", "1.0.0", "draft", "--format", "json")[1])
    assert (said["class"], [each["class"] for each in said["changes"]]) == ("editorial", ["commitment"])


def test_diff_with_a_version_that_was_tampered_with_is_exit_2(version, capsys):
    """Words that nobody released are not shown as if they were."""
    edited(version / "releases" / "1.0.0.json", "It does.", "It did.")
    said = "the file of version 1.0.0 is not what was released: run “charter verify”"
    assert ran(capsys, "diff", "1.0.0", "draft") == (2, "", f"error: {said}\n")


def test_diff_with_a_draft_that_cannot_be_read_is_exit_2(version, capsys):
    """What to do instead."""
    edited(version / FIRST, "title: ", "title: One: ")
    said = "the working text cannot be read as a whole: run “charter check”"
    assert ran(capsys, "diff", "1.0.0", "draft") == (2, "", f"error: {said}\n")


@pytest.mark.parametrize(
    "arguments",
    [["diff"], ["diff", "1.0.0"], ["status", "--format", "github"], ["release", "--first", "--consultation"]],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(version, arguments):
    """As argparse says it."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
