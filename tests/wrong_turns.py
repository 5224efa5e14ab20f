"""What goes wrong for a new editor, what the commands say of it, and what leads back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from editor_desk import (
    IN_ORDER,
    INDEX,
    NOTE,
    OLD,
    PRINCIPLE,
    WRITE,
    Desk,
    written,
)
from test_documentation import _block


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A wrong turn: what is `done`; what is `typed` then, what it has to `say`, and its exit code; and what
    leads `back`, which is given all that was said. `fresh` turns are taken before anything is written."""

    done: Callable[[Desk], object] = lambda desk: None
    typed: str = "charter check"
    code: int = 1
    say: tuple[str, ...]
    back: Callable[[Desk, str], object]
    fresh: bool = False


def quoted(said: str, before: str) -> str:
    """What stands in quotation marks behind `before`."""
    found = re.search(rf"{re.escape(before)}“([^”]+)”", said)
    assert found, said
    return found[1]


def begun(desk: Desk, line: str) -> None:
    """A principle begun by `line`, then written, with its note, as the page has them."""
    desk.typed(line)
    desk.write(PRINCIPLE, _block(WRITE, "file: say-what-went-wrong"))
    desk.block(WRITE, "note")


def named_as_said(desk: Desk, said: str) -> None:
    """The one file whose name was refused is called what is said."""
    path = re.search(r"(\S.*?\.md(?:\.txt)?):1:1: error\[file-", said)[1]
    desk.move(path, quoted(said, "fix: call the file " if "call the file" in said else "fix: call it "))


def note_as_said(desk: Desk, said: str) -> None:
    """The note is written with what is quoted, and a reason."""
    front = [quoted(said, "changes/ with "), quoted(said, " and ")]
    desk.write(
        NOTE, "\n".join(["---", *front, "---", "Groups found out about our mistakes for themselves.", ""])
    )


def as_bytes(encoding: str, *, ends: str = "\n") -> Callable[[Desk], object]:
    """What some editors on Windows save a file as."""
    return lambda desk: desk.path(PRINCIPLE).write_bytes(
        desk.read(PRINCIPLE).replace("\n", ends).encode(encoding)
    )


def saved_as(encoding: str) -> Callable[[Desk, str], object]:
    """The file opened as what it is, and saved as it is said."""

    def back(desk: Desk, said: str) -> None:
        text = desk.path(PRINCIPLE).read_bytes().decode(encoding)
        desk.path(PRINCIPLE).write_bytes(text.encode(quoted(said, "with the encoding ").lower()))

    return back


NEW = 'charter new principle {} "Say what went wrong" --after keep-the-diary'
TURNS = {
    "the theme is misspelt": Turn(
        fresh=True,
        typed=NEW.format("sharin"),
        code=2,
        say=("there is no theme called “sharin”", "do you mean “sharing”?"),
        back=lambda desk, said: begun(desk, NEW.format(quoted(said, "do you mean "))),
    ),
    "the title is far too long": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "title: Say", "title: Say to everybody" + " soon" * 15),
        say=("error[title-length]", "79 is the most", "fix: say one thing; the rest belongs in the summary"),
        back=lambda desk, _: desk.edit(PRINCIPLE, " to everybody" + " soon" * 15, ""),
    ),
    "a file is renamed by hand": Turn(
        done=lambda desk: desk.move(OLD, "mind-the-diary.md"),
        say=("error[principle-missing]", "call it “keep-the-diary.md” again", "“formerly: [keep-the-diary]”"),
        back=lambda desk, said: desk.move(
            OLD.replace("keep", "mind"), quoted(said, "is not listed: call it ")
        ),
    ),
    "a file is renamed for good": Turn(
        done=lambda desk: desk.move(OLD, "mind-the-diary.md"),
        say=("or write “mind-the-diary” here and “formerly: [keep-the-diary]” in its first lines",),
        back=lambda desk, said: (
            desk.edit(INDEX, "keep-the-diary", quoted(said, "or write ")),
            desk.edit(OLD.replace("keep", "mind"), "---\n", f"---\n{quoted(said, 'here and ')}\n"),
            desk.typed('charter new change mind-the-diary --why "It is about minding it."'),
        ),
    ),
    "a principle is in no list": Turn(
        done=lambda desk: desk.edit(INDEX, ", say-what-went-wrong", ""),
        say=("error[principle-unlisted]", "fix: add “say-what-went-wrong” to “principles” in themes/"),
        back=lambda desk, said: desk.edit(
            f"charter/{re.search(r'(themes/.*/index.md)$', said, re.MULTILINE)[1]}",
            "principles: [",
            f"principles: [{quoted(said, 'fix: add ')}, ",
        ),
    ),
    "words are left to write": Turn(
        fresh=True,
        done=lambda desk: (desk.block(WRITE, "principle"), desk.block(WRITE, "note")),
        say=("error[placeholder]", "is a placeholder", "fix: write the text that belongs here"),
        back=lambda desk, _: desk.write(PRINCIPLE, _block(WRITE, "file: say-what-went-wrong")),
    ),
    "the note is forgotten, and then written by hand": Turn(
        done=lambda desk: desk.path(NOTE).unlink(),
        say=("error[change-unnoted]", "“principles: [say-what-went-wrong]” and “class: commitment”"),
        back=note_as_said,
    ),
    "the note is forgotten, and then begun by the command": Turn(
        done=lambda desk: desk.path(NOTE).unlink(),
        typed="charter release",
        say=("error[change-unnoted]", "Nothing was released. Fix the errors above"),
        back=lambda desk, said: desk.typed(f'{quoted(said, "that say why: ")} --why "They told us."'),
    ),
    "the class is too low": Turn(
        done=lambda desk: desk.edit(NOTE, "class: commitment", "class: guidance"),
        say=("error[class-too-low]", "because say-what-went-wrong: added", "fix: write “class: commitment”"),
        back=lambda desk, said: desk.edit(NOTE, "class: guidance", quoted(said, "fix: write ")),
    ),
    "a note is about what did not change": Turn(
        done=lambda desk: desk.edit(NOTE, "principles:\n", "principles:\n  - keep-the-diary\n"),
        say=(
            "error[note-unneeded]",
            "“keep-the-diary” is unchanged since version 1.0.0",
            "fix: leave it out",
        ),
        back=lambda desk, _: desk.edit(NOTE, "  - keep-the-diary\n", ""),
    ),
    "the line that ends the front matter is gone": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "\n---\n\n##", "\n\n##"),
        say=("error[front-matter-unclosed]", "fix: write a line --- after its last line"),
        back=lambda desk, _: desk.edit(PRINCIPLE, "\n\n##", "\n---\n\n##"),
    ),
    "a word processor made a dash of the hyphens": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "---", "—-"),
        say=("error[front-matter-missing]", "fix: write “---” in this line"),
        back=lambda desk, said: desk.edit(PRINCIPLE, "—-", quoted(said, "fix: write ")),
    ),
    "a tab sets a line in": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "    measure", "\tmeasure"),
        say=("error[front-matter-unreadable]: there is a tab here", "fix: indent with spaces"),
        back=lambda desk, _: desk.edit(PRINCIPLE, "\t", "    "),
    ),
    "a colon in the title": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "summary: When", "summary: This: when"),
        say=("has a colon in it", 'fix: write summary: "This: when'),
        back=lambda desk, said: desk.write(
            PRINCIPLE,
            re.sub("(?m)^summary: .*$", re.search("fix: write (.*)", said)[1], desk.read(PRINCIPLE), count=1),
        ),
    ),
    "a released version is edited": Turn(
        done=lambda desk: desk.edit("charter/releases/1.0.0.json", "Keep the diary true", "Mind the diary"),
        say=("error[release-digest]", "restore the file from git", "a release is never edited"),
        back=lambda desk, _: desk.block(WRITE, "restore"),
    ),
    "a release without anything new": Turn(
        fresh=True,
        typed="charter release",
        code=2,
        say=("there is nothing to release: the words are those of 1.0.0",),
        back=lambda desk, _: written(desk),
    ),
    "the command is typed in the charter's own folder": Turn(
        done=lambda desk: setattr(desk, "folder", desk.folder / "charter" / "themes"),
        code=2,
        say=("there is no folder “charter” here", "go up to the folder that holds it, cd ../.."),
        back=lambda desk, said: setattr(
            desk, "folder", (desk.folder / re.search(r"cd (\S+)", said)[1]).resolve()
        ),
    ),
    "a Word document lies among the principles": Turn(
        done=lambda desk: desk.path(PRINCIPLE).with_suffix(".docx").write_bytes(b"PK\3\4"),
        say=("error[file-unexpected]", "fix: copy its words into a file of plain text that ends in “.md”"),
        back=lambda desk, _: desk.path(PRINCIPLE).with_suffix(".docx").rename(desk.folder / "draft.docx"),
    ),
    "a file has the name of its title": Turn(
        done=lambda desk: desk.move(PRINCIPLE, "Say What Went Wrong.md"),
        say=("error[file-name]", "fix: call the file “say-what-went-wrong.md”"),
        back=named_as_said,
    ),
    "an editor put .txt behind the name": Turn(
        done=lambda desk: desk.move(PRINCIPLE, "say-what-went-wrong.md.txt"),
        say=("error[file-unexpected]", "fix: call it “say-what-went-wrong.md”"),
        back=named_as_said,
    ),
    "the date is written as on a letter": Turn(
        typed="charter release --date 01/12/2026",
        code=2,
        say=("“01/12/2026” is not a date: write it as 2026-12-01",),
        back=lambda desk, said: desk.typed(
            datetime.now().astimezone().strftime("charter release --date %Y-%m-%d")
        ),
    ),
    "a principle is copied": Turn(
        done=lambda desk: shutil.copy(desk.path(OLD), desk.path("charter/themes/welcome/keep-the-diary.md")),
        say=("error[principle-copied]", "word for word what themes/sharing/keep-the-diary.md says"),
        back=lambda desk, said: desk.path(re.search(r"(\S+):1:1: error\[principle-copied", said)[1]).unlink(),
    ),
    "a title is taken": Turn(
        fresh=True,
        typed='charter new principle sharing "Leave it ready"',
        code=2,
        say=("is already that of charter/themes/sharing/leave-it-ready.md: choose another title",),
        back=lambda desk, _: written(desk),
    ),
    "a principle is deleted": Turn(
        done=lambda desk: (desk.path(OLD).unlink(), desk.edit(INDEX, "keep-the-diary, ", "")),
        say=("error[principle-gone]", "bring it back, write “retires: {keep-the-diary: ~}” in a change note"),
        back=lambda desk, said: desk.edit(NOTE, "class:", f"{quoted(said, 'bring it back, write ')}\nclass:"),
    ),
    "a heading has other words": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "## We will", "## We promise"),
        say=("error[section-unknown]", "write “## We will” if this is it"),
        back=lambda desk, said: desk.edit(PRINCIPLE, "## We promise", quoted(said, "is missing: write ")),
    ),
    "two people changed one line": Turn(
        done=lambda desk: desk.edit(
            PRINCIPLE, "## In practice", "<<<<<<< HEAD\n=======\n>>>>>>> main\n## In practice"
        ),
        say=("error[merge-conflict]", "delete the other one and the lines <<<<<<<, ======= and >>>>>>>"),
        back=lambda desk, _: desk.edit(PRINCIPLE, "<<<<<<< HEAD\n=======\n>>>>>>> main\n", ""),
    ),
    "Windows saved it as UTF-16, with zeros": Turn(
        done=as_bytes("utf-16"),
        say=("error[not-utf8]", "save it with the encoding “UTF-8”"),
        back=saved_as("utf-16"),
    ),
    "Windows saved it in its own letters": Turn(
        done=as_bytes("cp1252"),
        say=("error[not-utf8]", "save it with the encoding “UTF-8”"),
        back=saved_as("cp1252"),
    ),
    "Windows ends its lines otherwise, and begins with a mark": Turn(
        done=as_bytes("utf-8-sig", ends="\r\n"), code=0, say=(IN_ORDER,), back=lambda desk, said: None
    ),
}
