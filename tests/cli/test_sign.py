"""`charter sign`: the files that it writes from forms, what it refuses, and its messages."""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections import Counter
from dataclasses import replace

import markdown_it
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import make_signatory, write_signatory
from charterpress.checks import RULES, check
from charterpress.cli import main
from charterpress.editing.sign_up import rules
from charterpress.editing.sign_up.intake import judge_forms, read_forms
from charterpress.editing.sign_up.rules import DUPLICATE_RULES, OTHER_RULES
from charterpress.model import Role
from charterpress.read import load
from registers import DOUBTS, rows_with_doubts
from sign_up_answers import ANSWERS, LABELS, issue, table


def signatory_files(root) -> dict[str, str]:
    """The signatories' files, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in (root / "signatories").glob("*")}


@pytest.fixture
def sign(version, tmp_path, capsys):
    """sign(text, *options): the exit code and output of `charter sign` with a file that holds `text`."""

    def run(text: str | bytes, *options: str, name="form.txt") -> tuple[int, str]:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["sign", "--from", name, *options])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out + err

    return run


def dry_run(sign, text, *options, **more) -> dict:
    """The verdicts as JSON, from a dry run."""
    return json.loads(sign(text, "--format", "json", "--dry-run", *options, **more)[1])


def test_a_form_is_read_from_standard_input(version, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(issue().encode())))
    assert main(["sign", "--from", "-"]) == 0
    assert list(signatory_files(version)) == ["quay-club.yml"]


def test_a_row_without_one_valid_answer_is_reported_answer_by_answer(sign):
    signs = dict.fromkeys(LABELS, "=")
    (form,) = dry_run(sign, issue(**signs))["forms"]
    assert [each["label"] for each in form["reasons"]] == list(LABELS.values())
    (form,) = dry_run(sign, table(dict.fromkeys(ANSWERS, "") | {"area": "x" * 121}), name="a.csv")["forms"]
    assert sorted(each["label"] for each in form["reasons"]) == sorted(LABELS[key] for key in ANSWERS)


def test_a_reason_gives_the_row_of_the_answer(sign):
    _, out = sign(table({}, {"name": "Tide Club", "website": "none"}), "--as", "csv")
    assert "refused      row 3, “Tide Club”\n  “Your website”: it is “none”" in out


def test_a_name_that_no_file_can_have_is_a_usage_error(version, capsys):
    assert main(["sign", "--from", "a\0b"]) == 2
    assert "the file “a<U+0000>b” cannot be read: it has no such name" in capsys.readouterr().err


def test_the_answer_to_many_forms_lists_what_to_correct_and_counts_the_rest(sign):
    sign(issue())
    rows = [{"name": f"Lane {at} Club", "website": f"https://lane-{at}.org.uk/"} for at in range(60)]
    _, out = sign(table(*rows, {}, {"website": "none"}), "--format", "markdown")
    summary = "62 forms read: 60 written, 1 on the list already, 1 refused.\n\n### To mend\n\n- Row 63, Quay"
    assert out.startswith(summary)
    assert "- and 20 more\n" in out


def test_a_name_whose_slug_is_cut_gets_a_number(sign, version):
    long = "Society of those who look after the oldest of the boats in the harbour of"
    rows = [{"name": f"{long} {place}", "website": f"https://{place}.org.uk/"} for place in ("Aby", "Bey")]
    assert sign(table(*rows))[0] == 0
    stem = "society-of-those-who-look-after-the-oldest-of-the-boats-in"
    assert sorted(signatory_files(version)) == [f"{stem}-2.yml", f"{stem}.yml"]
    assert [f for f in check(load(version)) if f.severity == "error" or f.rule.startswith("twin")] == []


def test_a_reserved_slug_gets_a_number(sign, version):
    rows = [
        {"name": "Print", "website": "https://1.org.uk/", "registration": "GB-CHC-1234567"},
        {"name": "Print!", "website": "https://2.org.uk/", "registration": "GB-CHC-7654321"},
    ]
    assert sign(table(*rows))[0] == 0
    assert sorted(signatory_files(version)) == ["print-2.yml", "print-3.yml"]


def test_of_two_rows_of_one_organisation_the_first_valid_one_is_written(sign, version):
    bad = {"website": "none"}
    code, out = sign(table(bad, {}, {"name": "QUAY CLUB"}))
    assert code == 1
    assert "refused      row 2, “Quay Club”\n  “Your website”" in out
    assert "row 3, “Quay Club”: charter/signatories/quay-club.yml\n" in out
    assert "  “Name of your organisation”: “QUAY CLUB” is the name of row 3; if you are another" in out
    assert list(signatory_files(version)) == ["quay-club.yml"]


# --- Many --------------------------------------------------------------------------------------------

BAD_ANSWERS = {
    "name": ("", "=cmd|'/c calc'!A0", "Tide\u202eClub", "Раy Club", "海港協会"),
    "kind": ("spaceship",),
    "area": ("y" * 121,),
    "website": (
        "javascript:alert(1)", "http://127.0.0.1/", "https://user@tide.org.uk/",
    ),
    "version": ("2.0.0", ""),
    "date": ("03/04/2027", "3 April 1999", "3 April 9999"),
    "role": ("Chair\0", "Chair, call 020 7946 0958"),
    "registration": ("1234567", "GB-CHC-12"),
    "pledge": ("z" * 501, "Write to jo@tide.org.uk"),
    "link": ("tide.org.uk",),
    "name_latin": ("x" * 201,),
}  # fmt: skip
BAD = [
    ({field: value}, LABELS["name_latin" if value == "海港協会" else field])
    for field, values in BAD_ANSWERS.items()
    for value in values
]
"""Twenty-three kinds of bad rows, and the column that each is about."""


def partly_bad(count: int) -> tuple[str, dict[int, str]]:
    """A table of `count` rows with 50 bad ones, and the column of each bad row."""
    rows = [{"name": f"Lane {at} Club", "website": f"https://lane-{at}.org.uk/"} for at in range(count)]
    wrong: dict[int, str] = {}
    for place in range(50):
        at = (place + 1) * count // 50 - 1
        changes, column = BAD[place % len(BAD)]
        rows[at] |= changes
        wrong[at + 2] = column
    return table(*rows), wrong


@pytest.mark.serial
def test_a_thousand_rows_take_seconds(sign):
    text, _ = partly_bad(1_000)
    start = time.process_time()
    sign(text, "--format", "json", name="many.csv")
    assert time.process_time() - start < 15


@pytest.mark.parametrize("count", [150, pytest.param(1_000, marks=pytest.mark.long)])
def test_of_many_rows_the_valid_are_written_and_the_others_explained(sign, version, count):
    text, wrong = partly_bad(count)
    code, out = sign(text, "--format", "json", name="many.csv")
    document = json.loads(out)
    assert (code, document["written"], document["refused"], document["listed"]) == (1, count - 50, 50, 0)
    assert len(signatory_files(version)) == count - 50
    refused = {each["row"]: each["reasons"] for each in document["forms"] if each["verdict"] == "refused"}
    assert {row: [each["label"] for each in entries] for row, entries in refused.items()} == {
        row: [column] for row, column in wrong.items()
    }
    assert {each["row"] for entries in refused.values() for each in entries} == set(wrong)
    assert len({(each["rule"], each["message"]) for entries in refused.values() for each in entries}) >= 20
    assert [f for f in check(load(version, shown="charter")) if f.severity == "error"] == []

    before = signatory_files(version)
    code, out = sign(text, "--format", "json", name="many.csv")
    again = json.loads(out)
    assert (code, again["written"], again["refused"], again["listed"]) == (1, 0, 50, count - 50)
    assert signatory_files(version) == before
    reasons_again = {each["row"]: each["reasons"] for each in again["forms"]}
    assert [reasons_again[row] for row in sorted(refused)[:3]] == [
        refused[row] for row in sorted(refused)[:3]
    ]


def test_a_table_with_an_unknown_column_writes_nothing(sign, version):
    """A mistyped heading would lose that answer for everybody."""
    code, out = sign(table({}).replace("Role that signs", "Role that sings"), name="a.csv")
    assert code == 1
    assert out == (
        "row 1: “Role that sings”: there is no column “Role that sings”; did you mean “Role that "
        "signs”? If not, take it out\n"
        "\n"
        "Nothing was written.\n"
    )
    assert not (version / "signatories").exists()


def test_a_failed_write_leaves_nothing_half_written(sign, version):
    (version / "signatories").write_text("in the way")
    code, out = sign(table({}, {"name": "Tide Club", "website": "https://tide.org.uk/"}), name="a.csv")
    assert code == 2
    assert out.startswith("error: charter/signatories: this is not a folder, and files have to go into it")
    assert (version / "signatories").read_text() == "in the way"


def test_nothing_is_written_through_a_symbolic_link(sign, version, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (version / "signatories").symlink_to(tmp_path / "elsewhere")
    assert sign(issue())[0] == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_no_existing_entry_is_changed(sign, version):
    (version / "signatories").mkdir()
    (version / "signatories" / "Quay-Club.yml").write_text("{{{")
    sign(issue())
    files = signatory_files(version)
    assert files.pop("Quay-Club.yml") == "{{{"
    assert "quay-club.yml" not in files


def test_every_rule_is_applied():
    assert {*DUPLICATE_RULES, *OTHER_RULES} == set(RULES)
    kinds = ("registration", "name", "namesake", "website", "lookalike")
    assert [rule.id for rule in DUPLICATE_RULES] == [f"twin-{kind}" for kind in kinds]


# --- Held for a person -------------------------------------------------------------------------------


def spam(count: int) -> list[dict[str, str]]:
    pledge = "Get the best casino bonus of the week with our certified partners."
    return [
        {"name": f"Best Casino Bonus {at}", "website": f"https://bonus-{at}.org/", "pledge": pledge}
        for at in range(count)
    ]


def campaign(count: int) -> list[dict[str, str]]:
    towns = (
        "Ash",
        "Briar",
        "Cedar",
        "Dale",
        "Elder",
        "Fern",
        "Gorse",
        "Hazel",
        "Iris",
        "Juniper",
        "Kelp",
        "Lime",
    )
    return [
        {
            "name": f"Rowers of {town} and {other}",
            "website": f"https://rowers.org.uk/{town}-{other}",
            "pledge": "We will keep a berth free for whoever comes late.",
        }
        for town in towns
        for other in towns
    ][:count]


def test_a_role_that_looks_like_a_name_is_held_until_a_person_accepts_it(sign, version):
    code, out = sign(table({}, {"name": "Pier", "website": "https://pier.org/", "role": "Ivy Steps"}))
    assert (code, list(signatory_files(version))) == (1, ["quay-club.yml"])
    assert "held         row 3, “Pier”\n  accept it first: “Role that signs”: “Ivy Steps” looks like" in out
    rows = table({"name": "Pier", "website": "https://pier.org/", "role": "Ivy Steps"})
    assert sign(rows, "--accept", "3-9")[0] == 1
    assert sign(rows, "--accept", "2")[0] == 0
    assert "accepted:\n  - Ivy Steps\n" in signatory_files(version)["pier.yml"]
    assert check(load(version), RULES) == ()


def test_a_wave_of_spam_is_held_as_one_and_refused_as_one(sign, version, tmp_path):
    rows = table({}, *spam(60))
    code, out = sign(rows)
    assert (code, list(signatory_files(version))) == (1, ["quay-club.yml"])
    assert "held         60 rows from 3 to 62: “Best Casino Bonus 0”, “Best Casino Bonus 1” …\n" in out
    assert out.count("\n") < 8
    example = tmp_path / "spam.md"
    example.write_text(issue(**spam(1)[0]))
    code, out = sign(
        table({"name": "Pier", "website": "https://pier.org/"}, *spam(60)), "--refuse-like", str(example)
    )
    assert (code, "1 written, 60 refused" in out) == (1, True)
    assert sorted(signatory_files(version)) == ["pier.yml", "quay-club.yml"]


def test_punctuation_makes_no_other_spam(sign, version, tmp_path):
    (example := tmp_path / "spam.md").write_text(issue(**spam(1)[0]))
    again = {"name": "Quay Garden", "pledge": f"{spam(1)[0]['pledge']}!!", "website": "https://garden.org/"}
    assert "1 refused" in sign(table(again), "--refuse-like", str(example))[1]
    assert signatory_files(version) == {}


def test_messages_of_a_mailbox_are_held_and_accepted_by_their_numbers(version, tmp_path, capsys):
    letters = (
        "".join(f"{LABELS[key]}: {words}\n" for key, words in (ANSWERS | each).items()) for each in spam(12)
    )
    start = "From a@b.example Mon Mar  1 10:00:00 2027\nSubject: We sign\n\n"
    (box := tmp_path / "in.mbox").write_text("".join(f"{start}{each}\n" for each in letters))
    arguments = ["sign", "--source", str(version), "--from", str(box), "--dry-run"]
    assert main(arguments) == 1
    assert "held         12 forms from message 1 to message 12: “Best" in capsys.readouterr().out
    assert main([*arguments, "--accept", "3,5-6"]) == 1
    assert "12 forms read: 3 would be written, 9 held" in capsys.readouterr().out
    assert main([*arguments, "--accept", "6-5"]) == 2


def test_a_campaign_is_held_and_not_called_spam(sign, version):
    rows = table(*campaign(40))
    _, out = sign(rows)
    assert "40 organisations sent the same pledge, word for word; if it is a campaign that you know" in out
    assert signatory_files(version) == {}
    assert sign(rows, "--accept")[0] == 0
    assert len(signatory_files(version)) == 40


@pytest.mark.parametrize("count", [3, 9])
def test_a_few_alike_pledges_are_no_wave(sign, version, count):
    assert sign(table(*campaign(count)))[0] == 0
    assert len(signatory_files(version)) == count


def test_rows_that_are_none_are_said(sign):
    code, out = sign(table({}), "--accept", "Chair")
    assert (code, "use --accept alone for all, or --accept 3,7-9" in out) == (2, True)


@pytest.mark.parametrize("count", [280, pytest.param(5_000, marks=pytest.mark.long)])
def test_of_forms_with_every_kind_of_doubt_each_is_told_as_predicted(sign, count):
    doubts, rows = zip(*rows_with_doubts(count), strict=True)
    forms = dry_run(sign, table(*rows), name="doubts.csv")["forms"]
    told = Counter(
        (kind, each["verdict"], len(each["notes"])) for kind, each in zip(doubts, forms, strict=True)
    )
    assert told == Counter((kind, *DOUBTS[kind]) for kind in doubts)
    assert len(told) == len(DOUBTS)


def test_of_all_that_are_there_only_those_of_the_same_name_are_checked_with_a_form(version, monkeypatch):
    """What one form costs beside many entries is nearly all reading: no rule looks at the others again."""
    for place in range(50):
        write_signatory(version, make_signatory(f"pier-{place}"))
    write_signatory(version, make_signatory("quay-club", website="https://other.org.uk/"))
    edition = load(version, shown="charter")
    seen = []
    rule = replace(OTHER_RULES[0], find=lambda each: iter(seen.append(each) or ()))
    monkeypatch.setattr(rules, "OTHER_RULES", (rule,))
    judge_forms(edition, read_forms(issue().encode()).forms)
    names = {each.id for each in seen[0].documents if each.role is Role.SIGNATORY}
    assert names == {"quay-club", "quay-club-2"}


def test_what_may_be_one_organisation_is_shown_side_by_side_and_the_remedy_works(sign, version):
    sign(table({}))
    code, out = sign(table({"name": "Quay Rowers", "area": "The pier"}))
    assert code == 0
    assert "    Where you work: The pier | The harbour\n" in out
    file = version / "signatories" / "quay-rowers.yml"
    assert [each.rule for each in check(load(version))] == ["twin-website"]
    remedy = re.search(r"“(distinct_from: .+?)”", out)[1]
    file.write_text(f"{file.read_text()}{remedy}\n")
    assert check(load(version)) == ()


HOSTILE = (
    "<img src=x onerror=alert(1)>", "@everyone #1 GH-1 www.evil.example", "</details><!-- x",
    "![x](https://x.example/)", "`code` **bold** [a](javascript:alert(1))", "| a | b |\n|---|---|",
    "- [ ] x\n# y\n> z", "$x$ :smile: ~~x~~", "&lt;b&gt; &#64;", "a\n\n```\nb", "***",
    "https://evil.example/ 0123456789abcdef0123456789abcdef01234567",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_an_answer_is_inert(sign, words):
    for text in (
        issue(name=words, area=words, pledge=words),
        issue(name=words, kind=words, website=words),
        issue() + f"\n\n### {words.splitlines()[0]}\n\nx",
        table({"name": words}, {"area": words, "kind": words}),
        f"Nmae of your organisation{words.splitlines()[0]}: x\n" + issue(),
    ):
        _, out = sign(text, "--format", "markdown", "--dry-run")
        rendered = markdown_it.MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(out)
        assert set(re.findall(r"<(\w+)", rendered)) <= {"p", "ul", "li", "strong", "em", "h3"}, out
        assert re.search(r"(?<![\w\\])@\w|(?<!\\)https?://|(?<!\\)#\d|GH-\d", out) is None, out


def test_an_answer_fits_into_a_comment(sign):
    """Whatever was sent; the forge accepts 65,536 characters."""
    signs = {key: sign_ * 119 for key, sign_ in zip(LABELS, "a|`<[~#*!+=", strict=True)}
    rows = [{**signs, "name": f"{at} {'*' * 110}"} for at in range(500)]
    heading = issue() + f"\n\n### {'<' * 90_000}\n\nx"
    cut = []
    for text in (table(*rows), issue(**signs), "### x\n" * 900, heading):
        out = sign(text, "--format", "markdown")[1]
        assert len(out) < 61_000
        cut.append(out.endswith("*The rest does not fit in here.*\n"))
    assert cut == [True, False, False, False]


# --- Whatever is sent --------------------------------------------------------------------------------

PIECES = st.sampled_from(
    (
        *LABELS.values(), *ANSWERS.values(), "### ", "\n", "\n\n", ": ", ",", ";", "\t", '"', "'", "> ",
        "\0", "-- \n", "\u202e", "\x1b", "=cmd", "../../x", "_No response_", "!!python/object", "&a *a",
        "{a: [", "x" * 3_000, "\ud7ff", "\ufeff", "From: a\nTo: b\n",
    )
)  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=300), st.lists(PIECES, max_size=30).map(lambda all_: "".join(all_).encode())
    ),
    st.sampled_from(("text", "json", "markdown")),
    st.sampled_from(("", "issue", "mail", "csv")),
)
@example(issue(name="../../../etc/passwd").encode(), "text", "issue")
@example(issue(name="x" * 1_999, pledge="\ud7ff" * 1_999).encode(), "text", "issue")
def test_any_input_is_answered(sign, version, data, shape, kind):
    """Without a traceback; it writes only to its folder, and the check finds no error there."""
    before = {path for path in version.parent.rglob("*") if path.is_file()}
    code, out = sign(data, "--format", shape, *(["--as", kind] if kind else []), name="form")
    assert code in (0, 1, 2)
    assert out
    new = {path for path in version.parent.rglob("*") if path.is_file()} - before - {version.parent / "form"}
    assert {path.parent for path in new} <= {version / "signatories"}
    assert (code == 0) <= bool(new)
    if new:
        assert [f for f in check(load(version)) if f.severity == "error"] == []
    for path in new:
        path.unlink()


@pytest.mark.parametrize(
    "data",
    [
        b"x" * 10_000_000, b"Name: " + b"x" * 4_000_000, b"a:\n" * 1_000_000, b"### \n" * 900,
        b'"' * 3_000_000, b"Name;Kind\n" + b'"' + b"x" * 4_000_000, b"," * 5_000_000, b" " * 5_000_000,
        b"> " * 45_000, b"### " + b" " * 90_000 + b"#", b"a" * 90_000 + b":", b"=?utf-8?q?" * 100_000,
        b"From: a\nTo: b\n\n" + b"Nmae: x\n" * 990,
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["", "issue", "mail", "csv"])
@pytest.mark.serial
def test_a_file_made_to_take_long_takes_seconds(sign, data, kind):
    start = time.process_time()
    code, _ = sign(data, *(["--as", kind] if kind else []))
    assert code == 1
    assert time.process_time() - start < 10


def test_a_verdict_needs_no_file(version):
    edition = load(version, shown="charter")
    assert judge_forms(edition, ()) == ()
    write_signatory(version, replace(make_signatory(), name="Other"))
    assert len(load(version).signatories) == 1
