"""What `charter init` writes: for every host, and whatever anybody answers."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import yaml

from charterpress.checks import check
from charterpress.checks.equivalence import number_difference
from charterpress.cli import installed as module
from charterpress.editing.sign_up.fields import ALL_FIELDS, field_for_label, is_removal, request_for
from charterpress.editing.sign_up.intake import FIELDS, Request
from charterpress.editing.sign_up.read_forms import read_forms
from charterpress.editing.starter import (
    RECORD,
    Answers,
    Host,
    Package,
    are_unread,
    default_answers,
    has_first_words,
    read_record,
    starter_files,
)
from charterpress.editing.starter.repository import FORMS, MAX_FILES, PINS
from charterpress.model.errors import CharterError
from charterpress.read import load, read_surroundings
from charterpress.text.interface import UNREAD
from charterpress.versions.translations import units
from checkouts import ROOT
from sign_up_answers import ANSWERS, LABELS

PACKAGE = Package(version="9.8.7", digests=("0" * 64,), file="charterpress-9.8.7-py3-none-any.whl", data=b"x")
OURS = re.compile(r"good.?partners|homeless|collaborate|world caf|funder|community group", re.IGNORECASE)
"""Words of the charter in this repository, and its kinds of signatories that no other has by default."""
HOSTILE = (
    'NO # "{{ x }}" «title» <b>&amp; \\n',
    "- [x]: *a* | !ENV & 'b' %c @d `e` ${{ secrets.ALL }}",
    "1.10",
    "יחד על הנהר",
    "o" * 79,
)


def written(answers, folder):
    """The repository of `answers` in `folder`."""
    for path, data in starter_files(answers, PACKAGE).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def values(data):
    """A YAML file, in which `!ENV` stands for the default of a variable."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])
    return yaml.load(data, loader)  # noqa: S506 - a SafeLoader


@pytest.mark.parametrize("host", Host)
def test_a_repository_has_at_most_forty_files_and_no_word_of_ours(host):
    files = starter_files(Answers(host=host), PACKAGE)
    assert len(files) <= MAX_FILES
    texts = {path: data.decode() for path, data in files.items() if not path.startswith("wheels/")}
    assert {path: found[0] for path, text in texts.items() if (found := OURS.search(text))} == {}
    assert {path for path, text in texts.items() if "«" in text or "»" in text} == set()
    assert {path for path, text in texts.items() if text and not text.endswith("\n")} == set()
    assert {
        path for path, text in texts.items() if re.search(r"\.ci/|\bmake (?:site|test)|docs/editors", text)
    } == set()
    assert len(texts["mkdocs.yml"].splitlines()) <= 30


@pytest.mark.parametrize("host", Host)
def test_only_a_charter_that_asks_for_reports_has_the_form_to_report(host):
    """Nothing else is written otherwise: not a byte."""
    files = starter_files(Answers(host=host), PACKAGE)
    asking = starter_files(Answers(host=host), PACKAGE, reports=True)
    more = {
        Host.GITHUB: {".github/ISSUE_TEMPLATE/report.yml"},
        Host.FORGEJO: {".forgejo/issue_template/report.yml"},
        Host.GITLAB: {".gitlab/issue_templates/report.md"},
    }.get(host, set())
    assert set(asking) - set(files) == more
    assert {path for path, data in files.items() if asking[path] != data} == ({RECORD} if more else set())
    for path in more:
        text = asking[path].decode()
        assert all(each.label in text for each in ALL_FIELDS if each.requests == (Request.REPORT,))
        assert "report" not in "".join(each for each in files if "ISSUE" in each or "issue" in each)


def test_each_host_gets_what_it_reads_and_nothing_of_another():
    places = {
        host: {path.split("/")[0] for path in starter_files(Answers(host=host), PACKAGE)} for host in Host
    }
    shared = places[Host.NONE]
    assert {host: each - shared for host, each in places.items()} == {
        Host.GITHUB: {".github"},
        Host.GITLAB: {".gitlab", ".gitlab-ci.yml"},
        Host.FORGEJO: {".forgejo"},
        Host.NONE: set(),
    }


@pytest.mark.parametrize(("text", "host"), list(product(HOSTILE, Host)))
def test_whatever_is_answered_is_what_the_files_say(text, host, tmp_path):
    """The charter, the settings and the forms are read back, each by a reader of its kind."""
    kinds = (text.replace(",", "")[:60].strip(), "school")
    answers = Answers(title=text, owner=text, kinds=kinds, host=host, contact="a+b@quay.example")
    folder = written(answers, tmp_path)
    charter = load(folder / "charter").charter
    assert (charter.title, charter.owner, charter.signatory_kinds) == (text, text, kinds)
    assert values((folder / "mkdocs.yml").read_bytes())["site_name"] == text
    assert read_record(folder).answers == answers
    if host in FORMS:
        form = values((folder / FORMS[host] / "sign.yml").read_bytes())
        (options,) = [part["attributes"]["options"] for part in form["body"] if part["type"] == "dropdown"]
        assert tuple(options) == kinds
        assert form["description"].endswith(text)
        assert "a+b@quay.example" in form["body"][0]["attributes"]["value"]


@pytest.mark.parametrize("language", ["en-GB", "cy-GB", "ar"])
def test_a_charter_to_start_from_is_in_order_with_every_answer_given(tmp_path, language):
    """In each language that has first words it is the same charter, and says that no speaker has read it."""
    answers = replace(default_answers(language), owner="Quay Trust", contact="charter@quay.example")
    folder = written(answers, tmp_path / "new")
    read = load(folder / "charter")
    assert check(read) == ()
    english = load(written(Answers(owner="Quay Trust"), tmp_path / "english") / "charter").charter
    assert shape(read.charter) == shape(english)
    head = (folder / "charter/charter.yml").read_text(encoding="utf-8").partition("title:")[0]
    assert (UNREAD in head) == are_unread(language) == (language != "en-GB")
    pairs = list(zip(texts(english), texts(read.charter), strict=True))
    assert all((one == other) == (language == "en-GB") for one, other in pairs)
    tags = ("en", language.partition("-")[0])
    assert [pair for pair in pairs if number_difference(*pair, languages=tags)] == []


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_forms_speak_the_language_of_the_charter_and_are_read_in_it(language):
    """Nothing in them is as in English, and the program takes each question and request for what it is."""
    said, english = (
        {
            path.rpartition("/")[2]: values(data)
            for path, data in starter_files(replace(default_answers(tag)), PACKAGE, reports=True).items()
            if path.startswith(FORMS[Host.GITHUB]) and not path.endswith("config.yml")
        }
        for tag in (language, "en")
    )
    assert (
        said.keys() == english.keys() == {f"{name}.yml" for name in ("sign", "report", "correct", "propose")}
    )
    for name, form in said.items():
        pairs = list(zip(words_of(form), words_of(english[name]), strict=True))
        assert [one for one, other in pairs if one == other] == []
        for part in form["body"] if name != "propose.yml" else ():
            if "id" in part:
                assert field_for_label(part["attributes"]["label"]).key == part["id"]
    (requests,) = (
        part["attributes"]["options"] for part in said["correct.yml"]["body"] if part.get("id") == "request"
    )
    asked = [*map(request_for, requests[:-1]), is_removal(requests[-1])]
    assert asked == [Request.RE_SIGN, Request.CORRECT, Request.WITHDRAW, True]


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
def test_a_form_without_fields_offers_the_kinds_in_its_own_language(tmp_path, language):
    folder = written(replace(default_answers(language), host=Host.GITLAB), tmp_path / "new")
    form = folder / ".gitlab/issue_templates/sign.md"
    text = form.read_text(encoding="utf-8")
    offered = text.split("\n\n")[1]
    assert form_findings(folder) == []
    form.write_text(text.replace(offered, offered.rpartition(",")[0] + "."), encoding="utf-8")
    assert [(each.rule, each.fix) for each in form_findings(folder)] == [("form-kinds", f"write “{offered}”")]


def form_findings(folder):
    """What the check says of the forms of a repository."""
    around = read_surroundings(folder / "charter", "charter")
    found = check(replace(load(folder / "charter"), surroundings=around))
    return [each for each in found if each.rule.startswith("form-")]


def words_of(form):
    """All that a form says to people."""
    yield from (form[key] for key in ("name", "description", "title") if key in form)
    for part in form["body"]:
        yield from (
            part["attributes"][key] for key in ("label", "description", "value") if key in part["attributes"]
        )
        yield from part["attributes"].get("options", ())


def shape(charter):
    """What the units of a charter are, whatever their words."""
    return [(each.binding, each.markdown) for each in units(charter).values()]


def texts(charter):
    """The words of a charter, each unit by itself."""
    return [each.words for each in units(charter).values()]


def test_no_first_words_in_a_language_are_english_ones():
    for tag in ("fr", "zh-Hant", "../cy", ""):
        assert default_answers(tag).title == Answers().title
        assert not are_unread(tag)
    assert [has_first_words(tag) for tag in ("en-US", "cy", "ar-EG", "fr")] == [True, True, True, False]


def test_gitlabs_form_is_read_when_it_is_filled_in():
    files = starter_files(Answers(host=Host.GITLAB, contact="charter@quay.example"), PACKAGE)
    template = files[".gitlab/issue_templates/sign.md"].decode()
    keys = {label: key for key, label in LABELS.items()}
    lines = [f"{line}\n\n{ANSWERS.get(keys.get(line[4:], ''), '')}" for line in template.splitlines()]
    (form,) = read_forms("\n".join(lines).encode(), kind="issue").forms
    assert [line[4:] for line in template.splitlines() if line[:4] == "### "] == [
        each.label for each in FIELDS if each.key != "language"
    ]
    assert {each.field.key: each.value for each in form.answers if each.field and each.value} == ANSWERS


# --- The record --------------------------------------------------------------------------------------


def test_the_record_has_the_digest_of_every_file(tmp_path):
    files = starter_files(Answers(), PACKAGE)
    record = read_record(written(Answers(), tmp_path))
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items() if path != RECORD}
    assert (record.version, record.digests) == ("9.8.7", digests)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("format: charterpress-repository/1", "format: other/2", "its format is “other/2”"),
        ("files:", "  - x\nfiles:", "line "),
        ('host: "github"', 'host: "cvs"', "host: “cvs” is not a host"),
        ('title: "Shared Hall Charter"', 'title: ""', "title: there is nothing in it"),
        ('"README.md": ', '"README.md": x', "a digest for each file"),
    ],
)
def test_a_record_that_somebody_broke_is_refused(tmp_path, old, new, message):
    path = written(Answers(), tmp_path) / RECORD
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CharterError, match=re.escape(message)):
        read_record(tmp_path)


def test_a_folder_without_a_record_is_no_repository_of_init(tmp_path):
    with pytest.raises(CharterError, match="made no repository here"):
        read_record(tmp_path)


# --- What is installed -------------------------------------------------------------------------------


def pinned(text):
    """What a requirements.txt pins: the digests of each package, without what asks for it."""
    blocks = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^ *#.*\n", "", text.strip() + "\n"))
    return {block.split(" ")[0]: frozenset(re.findall("sha256:([0-9a-f]{64})", block)) for block in blocks}


def test_what_is_pinned_for_a_repository_is_what_is_tested_here():
    """`.ci/lock` writes both; a dependency that was added and not locked is missing from one."""
    own, tested = pinned(PINS.read_text()), pinned((ROOT / "requirements.txt").read_text())
    assert own.items() <= tested.items()
    names = {re.split(r"[=\[]", name)[0] for name in own}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[^a-z0-9-]", each.lower())[0] for each in project["dependencies"]}
    assert wanted <= names
    assert all(own.values())


def test_requirements_name_the_generator_by_its_digest_and_no_registry():
    text = starter_files(Answers(), PACKAGE)["requirements.txt"].decode()
    assert f"\n--find-links wheels\ncharterpress==9.8.7 \\\n    --hash=sha256:{'0' * 64}\n" in text
    assert not re.search(r"https?://|--index", text)
    unknown = starter_files(Answers(), replace(PACKAGE, digests=(), file=""))["requirements.txt"].decode()
    assert "\n# charterpress==9.8.7 --hash=sha256:…\n" in unknown
    assert "wheels" not in unknown


def test_a_file_that_was_installed_from_is_kept_with_the_repository(tmp_path, monkeypatch):
    """PEP 610: the address of the file, whose digest an installer may leave out."""
    wheel = tmp_path / "charterpress-9.8.7-py3-none-any.whl"
    wheel.write_bytes(b"x")
    digest = hashlib.sha256(b"x").hexdigest()
    for origin, expected in (
        (
            {"url": wheel.as_uri(), "archive_info": {}},
            Package(version="9.8.7", digests=(digest,), file=wheel.name, data=b"x"),
        ),
        (
            {"url": "https://quay.example/x.whl", "archive_info": {"hash": f"sha256={digest}"}},
            Package(version="9.8.7", digests=(digest,)),
        ),
        (
            {"url": "file:///gone.whl", "archive_info": {"hashes": {"sha256": digest}}},
            Package(version="9.8.7", digests=(digest,)),
        ),
        ({"url": tmp_path.as_uri(), "dir_info": {"editable": True}}, Package(version="9.8.7")),
    ):
        assert installed(monkeypatch, json.dumps(origin)) == expected


@pytest.mark.parametrize("there", [True, False])
def test_one_from_an_index_is_asked_for_there(monkeypatch, there):
    """Pip alone knows which index that is; one that answers nothing leaves no digest."""

    def pip(command):
        assert command[1:4] == ["-m", "pip", "download"]
        assert command[-1] == "charterpress==9.8.7"
        assert not any("index" in word or "//" in word for word in command)
        if there:
            Path(command[command.index("--dest") + 1], "charterpress.whl").write_bytes(b"x")

    monkeypatch.setattr(module, "run_program", pip)
    digests = (hashlib.sha256(b"x").hexdigest(),) if there else ()
    assert installed(monkeypatch, None) == Package(version="9.8.7", digests=digests)


def installed(monkeypatch, origin):
    """What is found where an installer noted this."""

    class Distribution:
        version = "9.8.7"

        def read_text(self, name):
            return origin if name == "direct_url.json" else None

    monkeypatch.setattr(module.metadata, "distribution", lambda _: Distribution())
    return module.installed_package()


def test_every_template_is_part_of_the_package():
    """A name that begins with a dot would be left out of a wheel."""
    files = Path(PINS.parent, "files").rglob("*")
    assert [path.name for path in files if path.name.startswith(".")] == []
