"""The commands for versions: release, verify, status and diff."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess

import pytest

from builders import FIRST, make_signatory, write_note, write_signatory
from charterpress.cli import main
from charterpress.model.errors import CharterError
from charterpress.storage import atomic
from commands import commit_all, edit_file, file_contents, git, init_repository, run_charter

LOWERED = "editorial, lowered from commitment by a note with two approvals"


@pytest.fixture
def committed(version):
    """The same, committed on `main`."""
    init_repository()
    return version


def reword(root, old="It does.", new="It does so.", class_="guidance", **note):
    """Change the text of the first principle, with a change note."""
    edit_file(root / FIRST, old, new)
    write_note(root, "moorings-first", class_=class_, **note)


def release_reworded(root, capsys):
    """Change the text and release it as 1.1.0."""
    reword(root)
    assert run_charter(capsys, "release", "--date", "2025-06-01")[0] == 0


def lower_class(root):
    """Change a title, with a note that lowers the class of the change."""
    edit_file(root / FIRST, "Moorings first", "Mooring first")
    write_note(root, "moorings-first", class_="editorial", approved_by=["The chair", "The clerk"])


def rewrite_checksums(root):
    """Write the actual digest into each line of SHA256SUMS."""
    sums = root / "releases" / "SHA256SUMS"
    names = [line.split()[1] for line in sums.read_text().splitlines()]
    digests = {name: hashlib.sha256((root / "releases" / name).read_bytes()).hexdigest() for name in names}
    sums.write_text("".join(f"{digest}  {name}\n" for name, digest in digests.items()))


def rules(capsys, *arguments):
    """The exit code of a check, and the rules of its errors."""
    code, out, _ = run_charter(capsys, "check", "--format", "json", *arguments)
    return code, sorted({f["rule"] for f in json.loads(out)["findings"] if f["severity"] == "error"})


# --- release -----------------------------------------------------------------------------------------


def test_the_first_release_lists_its_files_and_the_next_step(draft, capsys):
    """Every file by name, and the full digest."""
    (draft.parent / "CHANGELOG.md").write_text("# Log\n")
    write_note(draft, "preamble", id="first")
    code, out, err = run_charter(capsys, "release", "--first", "--date", "2024-12-01")
    digest = hashlib.sha256((draft / "releases" / "1.0.0.json").read_bytes()).hexdigest()
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
    assert (draft.parent / "CHANGELOG.md").read_text().endswith("(commitment)\n\n- The quay has grown.\n")
    assert not (draft / "changes" / "first.md").exists()


def test_the_next_release_can_be_verified_with_sha256sum(version, capsys):
    """Without any of our code."""
    reword(version)
    code, out, _ = run_charter(capsys, "release", "--date", "2025-06-01")
    assert (code, out.split("\n")[0]) == (0, "Released version 1.1.0 (guidance) of 2025-06-01.")
    assert "See what is new: charter diff 1.0.0 1.1.0\n" in out
    command, env = ["sha256sum", "-c", "SHA256SUMS"], {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    checksums = subprocess.check_output(command, cwd=version / "releases", env=env, text=True)
    assert checksums == "1.0.0.json: OK\n1.1.0.json: OK\n"


def test_the_date_defaults_to_today(draft, capsys):
    """Which `charter verify` does not take for the future."""
    assert run_charter(capsys, "release", "--first")[0] == 0
    assert run_charter(capsys, "verify")[0] == 0


def test_nothing_is_released_while_there_are_errors(version, capsys):
    """They are reported, and no file changes."""
    edit_file(version / FIRST, "It does.", "It does so.")
    before = file_contents(version)
    code, out, err = run_charter(capsys, "release")
    assert (code, err, file_contents(version)) == (1, "", before)
    assert "error[change-unnoted]" in out
    assert out.endswith("Nothing was released. Fix the errors above, then run “charter release” again.\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("", "there is nothing to release: the words are those of 1.0.0"),
        ("--first", "--first makes 1.0.0, and 1.0.0 is there already: leave it out"),
        ("--consultation", "a consultation draft comes before 1.0.0, and 1.0.0 is there already"),
        ("--date=2024-11-30", "2024-11-30 is before 2024-12-01, the date of version 1.0.0"),
        (
            "--date=9999-12-31",
            "9999-12-31 is in the future: a version bears the day on which it was released",
        ),
        ("--date=tomorrow", "“tomorrow” is not a date: write it as 2026-12-01"),
    ],
)
def test_an_impossible_release_is_exit_2(version, capsys, options, message):
    """With one sentence, and nothing is written."""
    before = file_contents(version)
    assert run_charter(capsys, "release", *options.split()) == (2, "", f"error: {message}\n")
    assert file_contents(version) == before


def test_the_first_release_needs_an_option(draft, capsys):
    """A version number is a promise."""
    code, out, err = run_charter(capsys, "release")
    assert (code, out) == (2, "")
    assert err.startswith("error: there is no version yet: say --first to make 1.0.0, or --consultation for ")


def test_an_interrupted_release_is_finished_by_the_next(version, capsys, monkeypatch):
    """Until then the check fails."""
    reword(version)
    with monkeypatch.context() as patch:
        patch.setattr(atomic, "finish_writing", lambda root, *, beside: ())  # as if the power had gone
        main(["release", "--date", "2025-06-01"])
    capsys.readouterr()
    assert rules(capsys) == (1, ["release-unfinished"])
    code, out, _ = run_charter(capsys, "release")
    assert (code, out.split("\n")[0]) == (0, "A release was interrupted. It is complete now:")
    assert rules(capsys) == (0, [])
    assert not (version / "changes" / "note.md").exists()
    assert run_charter(capsys, "verify")[1].startswith(
        "2 versions, from 1.0.0 of 2024-12-01 to 1.1.0 of 2025-06-01"
    )


def test_a_character_missing_from_every_font_is_not_released(draft, capsys):
    """It could never be corrected after the release. File and line are named; nothing is written."""
    path = draft / "preamble.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nIt is called \u6f22 here.\n", encoding="utf-8")
    assert main(["release", "--first"]) == 2
    output = capsys.readouterr().err
    assert "nothing was released: no font has “\u6f22” (U+6F22) in “Preamble”" in output
    assert output.rstrip().endswith("It is in charter/preamble.md:3")
    assert not (draft / "releases").exists()


def test_a_text_that_typst_rejects_is_not_released(version, capsys, monkeypatch):
    """Its message follows ours; nothing is written."""

    def fail(*_, **__):
        raise CharterError("the PDF cannot be made: unknown reason")

    reword(version)
    before = file_contents(version)
    monkeypatch.setattr("charterpress.outputs.pdf.charter.charter_pdf", fail)
    message = "nothing was released: the PDF cannot be made: unknown reason"
    assert run_charter(capsys, "release") == (2, "", f"error: {message}\n")
    assert file_contents(version) == before


def test_a_full_disk_is_reported_plainly(version, capsys, monkeypatch):
    """Nothing is left half done."""
    reword(version)
    before = file_contents(version)

    def full(*_):
        raise OSError(28, "No space left on device", "charter/releases")

    monkeypatch.setattr(atomic.Path, "rename", full)
    again = "run “charter release” again once that is fixed"
    code, _, err = run_charter(capsys, "release", "--date", "2025-06-01")
    assert (code, err) == (2, f"error: charter/releases: No space left on device; {again}\n")
    shutil.rmtree(version / "releases" / atomic.STAGED)
    assert file_contents(version) == before


# --- verify ------------------------------------------------------------------------------------------


def test_verify_without_a_version_succeeds(draft, capsys):
    """With one sentence."""
    assert run_charter(capsys, "verify") == (0, "No version has been released yet.\n", "")


def test_verify_says_when_git_is_unavailable(version, capsys):
    """In one line, without failing."""
    code, out, _ = run_charter(capsys, "verify")
    digest, history, *_ = out.split("\n")
    assert (code, digest) == (0, "Version 1.0.0 of 2024-12-01 is whole, and has the digest in SHA256SUMS.")
    assert history.startswith("git could not be asked how each version was first recorded: ")


def test_verify_compares_releases_with_git(committed, capsys):
    """Except one that is not committed yet."""
    code, out, _ = run_charter(capsys, "verify")
    message = "Each was held against what git recorded when it was first added."
    assert (code, out.split("\n")[1]) == (0, message)
    release_reworded(committed, capsys)
    code, out, _ = run_charter(capsys, "verify")
    assert (code, out.split("\n")[1]) == (0, "Not committed yet, so that git cannot vouch for it: 1.1.0.")


@pytest.mark.parametrize("forgery", ["plain", "rewrite_checksums", "mended and committed"])
def test_one_changed_word_fails_verify_and_check_by_name(committed, capsys, forgery):
    """Whether or not every digest was rewritten and committed."""
    git("checkout", "--quiet", "-b", "change")
    edit_file(committed / "releases" / "1.0.0.json", "It does.", "It did.")
    expected, on_proposal = ["release-digest"], ["release-digest"]
    if forgery != "plain":
        rewrite_checksums(committed)
        for path in committed.rglob("*.md"):  # and the working text, so that it says the same
            path.write_text(path.read_text().replace("It does.", "It did."))
        expected, on_proposal = ["release-recorded"], ["release-changed", "release-recorded"]
    if forgery == "mended and committed":
        commit_all()
    code, out, _ = run_charter(capsys, "verify")
    assert (code, f"error[{expected[0]}]" in out) == (1, True)
    assert rules(capsys) == (1, expected)
    assert rules(capsys, "--changed-since", "main") == (1, on_proposal)


def test_a_proposal_that_renames_or_deletes_a_release_is_refused(committed, capsys):
    """Even if SHA256SUMS no longer lists it."""
    git("checkout", "--quiet", "-b", "change")
    releases = committed / "releases"
    (releases / "SHA256SUMS").unlink()
    (releases / "1.0.0.json").unlink()
    assert rules(capsys, "--changed-since", "main") == (1, ["release-changed", "release-recorded"])


def test_a_new_release_on_a_branch_is_accepted(committed, capsys):
    """Only releases of the other branch are frozen."""
    git("checkout", "--quiet", "-b", "change")
    release_reworded(committed, capsys)
    assert rules(capsys, "--changed-since", "main") == (0, [])


# --- status ------------------------------------------------------------------------------------------


def test_status_before_the_first_version(draft, capsys):
    """It names the two ways to make one."""
    expected = (
        "Harbour Charter: no version has been released yet.\n\n"
        "Nothing is in the way of a release: “charter release --first” makes 1.0.0, and “charter release "
        "--consultation” a draft that nobody can sign.\n"
    )
    assert run_charter(capsys, "status") == (0, expected, "")


def test_status_without_a_change(version, capsys):
    """It says so."""
    expected = (
        "Harbour Charter: the current version is 1.0.0 of 2024-12-01, and the working text says the same.\n\n"
        "There is nothing to release.\n"
    )
    assert run_charter(capsys, "status") == (0, expected, "")


def test_status_explains_the_class_and_the_next_version(version, capsys):
    """For a committee: full sentences, and titles instead of ids."""
    reword(version, "moorings first every day.", "moorings first every hour.", class_="commitment")
    code, out, _ = run_charter(capsys, "status")
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


def test_status_lists_blocking_errors(version, capsys):
    """As `charter check` reports them, with the fix."""
    edit_file(version / FIRST, "It does.", "It does so.")
    code, out, _ = run_charter(capsys, "status")
    assert (code, "The next version will be 1.1.0. 1 error in the way of a release:" in out) == (1, True)
    assert (
        f"\n  charter/{FIRST}\n    line 1: no change note says why this differs from version 1.0.0 (" in out
    )
    assert out.endswith("; “charter new change” begins the note that is missing.\n")


def test_status_groups_one_error_in_many_lines_of_a_file(version, capsys):
    """A principle still to be written is one thing to do."""
    main(["new", "principle", "moorings", "Say what happened"])
    capsys.readouterr()
    code, out, _ = run_charter(capsys, "status")
    messages = [line for line in out.split("\n") if "is a placeholder" in line]
    assert (code, len(messages)) == (1, 1), out
    assert re.fullmatch(r"    lines (\d+, ){2}\d+: “.+” is a placeholder, and so on", messages[0])


def test_status_uses_the_singular_and_the_plural(version, capsys):
    """“Its class” for one change, “Their class” for two; a lowered class is named as such."""
    lower_class(version)
    class_ = f"{LOWERED}: every signature carries over."
    assert f"\nIts class is {class_} It was decided by:\n" in run_charter(capsys, "status")[1]
    edit_file(version / FIRST, "It does.", "It does so.")
    assert "\nTheir class is editorial, lowered " in run_charter(capsys, "status")[1]


def test_status_is_in_colour_like_other_commands(version, capsys, monkeypatch):
    """The text is the same without."""
    edit_file(version / FIRST, "It does.", "It does so.")
    plain = run_charter(capsys, "status")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run_charter(capsys, "status")[1]
    assert "\x1b[1m1.1 Moorings first\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert run_charter(capsys, "status")[1] == plain
    assert "\x1b" not in run_charter(capsys, "status", "--format", "markdown")[1]


def test_status_of_an_unreadable_text(version, capsys):
    """It lists no changes: whatever is missing would seem to be retired."""
    edit_file(version / FIRST, "title: ", "title: One: ")
    code, out, _ = run_charter(capsys, "status", "--format", "json")
    document = json.loads(out)
    assert (code, document["next"], document["changes"]) == (1, None, [])
    assert [each["rule"] for each in document["blocking"]] == ["front-matter-unreadable"]
    assert "cannot be told until what stands below is mended" in run_charter(capsys, "status")[1]


def test_status_as_json_has_every_key(version, capsys):
    """Programs rely on them."""
    reword(version)
    code, out, _ = run_charter(capsys, "status", "--format", "json")
    document = json.loads(out)
    because = document["changes"][0].pop("because")
    change = {"principle": "moorings-first", "field": "reasons", "part": "", "class": "guidance"}
    change |= {"kind": document["changes"][0]["kind"], "before": "It does.", "after": "It does so."}
    summary = {"current": "1.0.0", "next": "1.1.0", "class": "guidance"}
    assert (code, document) == (0, summary | {"changes": [change], "blocking": [], "sign_again": []})
    assert isinstance(because, str)


def test_status_names_a_section_by_its_heading_and_each_name_once(version, capsys):
    """As an editor sees it in the file, in a line that can be read aloud."""
    reword(version)
    _, out, _ = run_charter(capsys, "status")
    assert "\n1.1 Moorings first\n  [guidance] the section “Why it matters” was reworded.\n" in out


def test_a_removed_principle_is_shown_with_its_former_number(version, capsys):
    """Otherwise status and diff would show 1.1 twice."""
    index = version / "themes/moorings/index.md"
    edit_file(index, '["moorings-first", "moorings-second"]', '["moorings-second"]')
    (version / FIRST).unlink()
    write_note(version, "moorings-first", retires={"moorings-first": "moorings-second"})
    gone = "Moorings first (was 1.1)\n"
    messages = "Moorings first (was 1.1) was retired, and “Moorings second” takes its place.\n"
    assert f"\n{gone}  [commitment] {messages}" in run_charter(capsys, "status")[1]
    assert f"\n{gone}\n  [commitment] {messages}" in run_charter(capsys, "diff", "1.0.0", "draft")[1]


def test_status_as_markdown_escapes_text(version, capsys):
    """A title with markup stays a title, and mentions nobody."""
    edit_file(version / FIRST, "Moorings first", "Moorings @first *now*")
    write_note(version, "moorings-first")
    code, out, _ = run_charter(capsys, "status", "--format", "markdown")
    assert (code, "### 1.1 Moorings \\@\u200bfirst \\*now\\*" in out) == (0, True)


def test_status_names_who_would_be_asked_to_sign_again(version, capsys):
    """Only for a commitment release and signatures in force; above 20, only how many."""
    for slug in ("quay-club", "mole-club"):
        write_signatory(version, make_signatory(slug))
    write_signatory(version, make_signatory("pirates", kind="pirates"))
    reword(version)
    assert "sign again" not in run_charter(capsys, "status")[1]
    reword(version, "moorings first every day.", "moorings first every hour.", class_="commitment")
    assert (
        "\nIt asks 2 organisations to sign again: Mole club; Quay club.\n" in run_charter(capsys, "status")[1]
    )
    document = json.loads(run_charter(capsys, "status", "--format", "json")[1])
    assert document["sign_again"] == ["mole-club", "quay-club"]
    write_signatory(version, make_signatory("quay-club-all", name="Quay *club* @all"))
    assert "Quay \\*club\\* \\@\u200ball" in run_charter(capsys, "status", "--format", "markdown")[1]
    for place in range(20):
        write_signatory(version, make_signatory(f"club-{place}"))
    assert "\nIt asks 23 organisations to sign again.\n" in run_charter(capsys, "status")[1]


# --- Signatories -------------------------------------------------------------------------------------


def test_a_proposal_may_not_change_or_remove_other_entries(committed, capsys):
    """Compared with the branch that the proposal is for."""
    for slug in ("quay-club", "mole-club"):
        write_signatory(committed, make_signatory(slug))
    commit_all()
    git("switch", "--quiet", "--create", "mine")
    assert rules(capsys, "--changed-since", "main") == (0, [])
    write_signatory(committed, make_signatory("pier-club"))
    assert rules(capsys, "--changed-since", "main") == (0, [])
    write_signatory(committed, make_signatory("mole-club", area="The mole"))
    assert rules(capsys, "--changed-since", "main") == (1, ["signatory-others"])
    (committed / "signatories" / "pier-club.yml").unlink()
    assert rules(capsys, "--changed-since", "main") == (0, [])
    (committed / "signatories" / "quay-club.yml").unlink()
    commit_all()
    assert rules(capsys, "--changed-since", "main") == (1, ["signatory-removed"])
    assert rules(capsys) == (0, [])


def test_an_invalid_entry_fails_the_check_but_no_release(version, capsys):
    """The text can be released before the entry is corrected."""
    write_signatory(version, make_signatory("pirates", kind="pirates"))
    reword(version)
    assert rules(capsys) == (1, ["signatory-kind"])
    assert run_charter(capsys, "status")[0] == 0
    code, out, _ = run_charter(capsys, "release", "--date", "2025-06-01")
    assert (code, out.split("\n")[0]) == (0, "Released version 1.1.0 (guidance) of 2025-06-01.")


# --- diff --------------------------------------------------------------------------------------------


def test_diff_of_a_text_with_itself(version, capsys):
    """One sentence."""
    assert run_charter(capsys, "diff", "1.0.0", "draft") == (0, "1.0.0 and draft say the same.\n", "")


SUMMARY = "1 change from 1.0.0 to draft, of the class guidance.\n\n"


@pytest.mark.parametrize(
    ("format_", "start"),
    [
        ("text", f"{SUMMARY}1.1 Moorings first\n\n  [guidance] "),
        ("markdown", f"{SUMMARY}## 1.1 Moorings first\n\n*guidance*: "),
        ("html", "<!doctype html>\n"),
    ],
)
def test_diff_names_and_shows_each_change(version, capsys, format_, start):
    """In every format."""
    reword(version)
    code, out, err = run_charter(capsys, "diff", "1.0.0", "draft", "--format", format_)
    assert (code, err, out[: len(start)]) == (0, "", start)
    assert "so" in out.split("Moorings first", 1)[1]
    assert "\x1b" not in out


def test_diff_as_json(version, capsys):
    """The same changes as in status."""
    reword(version)
    document = json.loads(run_charter(capsys, "diff", "1.0.0", "draft", "--format", "json")[1])
    assert (document["from"], document["to"], document["class"]) == ("1.0.0", "draft", "guidance")
    assert [(each["before"], each["after"]) for each in document["changes"]] == [("It does.", "It does so.")]
    reverse = json.loads(run_charter(capsys, "diff", "draft", "1.0.0", "--format", "json")[1])
    assert [(each["before"], each["after"]) for each in reverse["changes"]] == [("It does so.", "It does.")]


@pytest.mark.parametrize(
    ("format_", "added", "removed"),
    [
        ("text", "{{+a) moorings second every day.+}}", "[-a) moorings second every day.-]"),
        ("markdown", r"**a\) moorings second every day\.**", r"~~a\) moorings second every day\.~~"),
        ("html", "<ins>{}a) moorings second every day.", "<del>{}a) moorings second every day."),
        ("json", "\\n\\na) moorings second every day.", "\\n\\na) moorings second every day."),
    ],
)
def test_diff_shows_the_full_text_of_added_and_removed_principles(version, capsys, format_, added, removed):
    """With its commitments and headings, not only its title."""
    index = version / "themes/moorings/index.md"
    edit_file(index, '["moorings-first", "moorings-second"]', '["moorings-first"]')
    (version / "themes/moorings/moorings-second.md").unlink()
    write_note(version, "moorings-second", retires={"moorings-second": "~"})
    output = run_charter(capsys, "diff", "1.0.0", "draft", "--format", format_)[1]
    reverse = run_charter(capsys, "diff", "draft", "1.0.0", "--format", format_)[1]
    for words, shown, hidden in ((removed, output, "deleted: "), (added, reverse, "inserted: ")):
        assert words.format(f'<span class="visually-hidden">{hidden}</span>') in shown
        assert "We promise to:" in shown or "We promise to\\:" in shown
        assert "The harbour book" in shown


def test_diff_is_in_colour_on_a_terminal_unless_no_color_is_set(version, monkeypatch):
    """As no-color.org defines it."""
    reword(version)

    coloured = []
    for no_colour in ("", "1"):
        monkeypatch.setenv("NO_COLOR", no_colour)
        monkeypatch.setattr("sys.stdout", terminal := io.StringIO())
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        main(["diff", "1.0.0", "draft"])
        coloured.append("\x1b[" in terminal.getvalue())
    assert coloured == [True, False]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("1.0", "do you mean “1.0.0”?"), ("drft", "do you mean “draft”?"), ("x", "there is “1.0.0”, “draft”")],
)
def test_diff_with_an_unknown_version_is_exit_2(version, capsys, name, hint):
    """It suggests the nearest name, or lists them all."""
    assert run_charter(capsys, "diff", name, "draft") == (
        2,
        "",
        f"error: there is no version “{name}”: {hint}\n",
    )


def test_diff_says_that_a_class_was_lowered(version, capsys):
    """Each change keeps its own class."""
    lower_class(version)
    assert f"of the class {LOWERED}.\n" in run_charter(capsys, "diff", "1.0.0", "draft")[1]
    document = json.loads(run_charter(capsys, "diff", "1.0.0", "draft", "--format", "json")[1])
    assert (document["class"], [each["class"] for each in document["changes"]]) == (
        "editorial",
        ["commitment"],
    )


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (
            "releases/1.0.0.json", "It does.", "It did.",
            "the file of version 1.0.0 is not what was released: run “charter verify”",
        ),
        (FIRST, "title: ", "title: One: ", "the working text cannot be read as a whole: run “charter check”"),
    ],
    ids=["altered release", "unreadable draft"],
)  # fmt: skip
def test_diff_with_an_altered_release_or_an_unreadable_draft_is_exit_2(
    version, capsys, path, old, new, message
):
    """Words that nobody released are never shown as released; the message says what to run."""
    edit_file(version / path, old, new)
    assert run_charter(capsys, "diff", "1.0.0", "draft") == (2, "", f"error: {message}\n")
