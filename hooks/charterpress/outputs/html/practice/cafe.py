"""A charter → how to hold a World Café on it: tables, questions and minutes, and the page that tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from charterpress.model import Charter, Page, Theme
from charterpress.outputs.html.practice.practice_page import Source, sheet
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.labels import Text

QUESTIONS = (
    "Where do we do this already, and who notices?",
    "What makes it hard, and which part of that is our own doing?",
    "What will each of us do about it, by when, and with whose help?",
)
"""What is asked at the tables of a charter that has no questions of its own."""
QUESTION = "When did you last see this done well, and when did you miss it?"
"""What the card of a principle without a question asks."""
SEATS = (4, 6)
"""The fewest and the most people at a table, with its host."""

WELCOME, READING, ROUND, MOVING, BREAK, REPORT, CHOOSING, CLOSE = 10, 10, 25, 5, 15, 5, 15, 5
"""Minutes. MOVING are the last ones of a ROUND; REPORT is for one table."""

GUIDE = {
    "A week before": (
        (
            f"Invite {SEATS[0]} to {SEATS[1]} people for each table, from as many organisations as you can: "
            "from the front desk to the board, and some of the people whom the work is for."
        ),
        "With fewer people, set up fewer tables and choose the themes that matter most to them.",
        "Ask one person for each table to be its host. Send them this guide and the text of the charter.",
        "Ask everyone what they need to take part: a way in without steps, large print, an interpreter.",
        "Print, cut and fold the cards and sheets. Find a room, pens, a bell, and something to eat.",
    ),
    "In the room": (
        (
            "Set up one table for each theme. On it stand its table card, its principle cards, its note "
            "sheets and pens."
        ),
        (
            "Give everyone a name card as they come in. It says where they begin, so that those who came "
            "together sit with others."
        ),
        (
            "Say at the start: people speak for themselves. What was said may be told outside; who said it "
            "may not."
        ),
        (
            "Ring the bell five minutes before a round ends, and keep to the minutes. The talk goes on in "
            "the break."
        ),
    ),
    "At each table": (
        "The host reads the question aloud. Then everyone is quiet for one minute, to think.",
        "One person speaks at a time. Ask those first who have said least.",
        (
            "Write down what was said, with the number and letter it is about, such as 1.1 a. Write what "
            "you did not agree on too. Write no names."
        ),
        "When new people sit down, the host says in one minute what those before them found.",
    ),
    "Afterwards": (
        "On the same day, take a picture of every sheet.",
        "Within a week, type the proposal sheets into the file for the notes, and send them in.",
        "Within two weeks, tell everyone who came what was proposed and where they can follow it.",
    ),
}
"""What the host of a café should know, under a heading each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One line of the timetable. `start` and `minutes` are in minutes, from the beginning of the café."""

    what: str
    tell: str
    start: int
    minutes: int
    question: str = ""
    """What is asked in this round; '' for a step that is no round."""

    @property
    def clock(self) -> str:
        """When it starts: “1:25” after the beginning."""
        return f"{self.start // 60}:{self.start % 60:02}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cafe:
    """A café on `charter`, with a table for each theme. `said` is the version that its words are from."""

    charter: Charter
    said: str
    questions: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def is_asked_by_charter(self) -> bool:
        """Whether the questions are the charter's own."""
        return bool(self.charter.questions)

    @property
    def tables(self) -> tuple[Theme, ...]:
        """The tables, in their order: each has a theme of its own."""
        return self.charter.themes

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(step.minutes for step in self.steps)

    @property
    def long(self) -> str:
        """How long it takes, in words: “2 hours 30 minutes”."""
        return duration(self.minutes)

    @property
    def people(self) -> tuple[int, int]:
        """For how few people, and for how many, it is."""
        fewest, most = SEATS
        return fewest * len(self.tables), most * len(self.tables)


def cafe(charter: Charter, said: str) -> Cafe | None:
    """Return the café on `charter`: a table for each theme, a round for each question that the charter asks
    of every theme, or for each of QUESTIONS. `said` is what its version is called on paper. None for a
    charter without a theme to talk about."""
    if not charter.themes:
        return None
    questions = charter.questions or QUESTIONS
    return Cafe(charter=charter, said=said, questions=questions, steps=_steps(questions, len(charter.themes)))


def duration(minutes: int) -> str:
    """Return how long that is: “45 minutes”, “2 hours”, “1 hour 5 minutes”."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' * (hours != 1)}"] if hours else []
    parts += [f"{rest} minute{'s' * (rest != 1)}"] if rest else []
    return " ".join(parts)


def _steps(questions: tuple[str, ...], tables: int) -> tuple[Step, ...]:
    """Return the timetable; the break comes once half of the rounds are over."""
    moving = "move on; the table’s host stays" if tables > 1 else "stretch your legs"
    planned = [
        ("Welcome", WELCOME, "Say why you are here, how the time is spent and when it ends.", ""),
        ("Read the cards", READING, "Each table opens its cards and reads them aloud, in turn.", ""),
    ]
    for place, question in enumerate(questions, start=1):
        tell = f"Talk for {ROUND - MOVING} minutes. In the last {MOVING}, finish the notes and {moving}."
        planned.append((f"Round {place}", ROUND, tell, question))
        if place == (len(questions) + 1) // 2:
            planned.append(("Break", BREAK, "Something to eat and to drink. Much is said here too.", ""))
    report = f"Each host says in {REPORT} minutes what surprised the table, what it agreed on and what not."
    chosen = "Each table picks the change of words that would help most, and fills in its proposal sheet."
    planned += [
        ("What the tables heard", REPORT * tables, report, ""),
        ("Choose", CHOOSING, chosen, ""),
        ("Close", CLOSE, "Say who types the proposals, and how all will hear what came of them. Thanks.", ""),
    ]
    start, steps = 0, []
    for what, minutes, tell, question in planned:
        steps.append(Step(what=what, tell=tell, start=start, minutes=minutes, question=question))
        start += minutes
    return tuple(steps)


def pages(source: Source, text: Text) -> Iterator[Page]:
    """Yield the page of the kit: none for a charter without a theme to talk about."""
    held = cafe(source.charter, source.foot)
    if held is None:
        return
    yield sheet(
        source,
        text,
        "cafe",
        title="Hold a café",
        description=f"A kit for a World Café on the {source.charter.title}: cards, sheets, a host’s guide.",
        cafe=held,
        guide=GUIDE,
        papers=text.papers,
        cards=addresses.CAFE_CARDS,
        kit=addresses.CAFE_KIT,
        notes=addresses.CAFE_NOTES,
        command=command(),
        slug=number.slug,
    )


def notes(cafe: Cafe) -> str:
    """Return the file, in Markdown, that turns the notes of a café into proposals."""
    numbers = number.numbers(cafe.charter)
    listed = [
        f"- {numbers[each.id]} {_plain(each.title)}: `{each.id}`" for _, each in cafe.charter.principles()
    ]
    return _NOTES.format(
        title=_plain(cafe.charter.title), said=cafe.said, command=command(), listed="\n".join(listed)
    )


def _plain(words: str) -> str:
    """Words as Markdown that says no more than they do."""
    return _MARKS.sub(r"\\\g<0>", " ".join(words.split()))


def command(id: str = "ID", why: str = "WHY") -> str:
    """Return the command that begins the note of a proposal about the principle `id`."""
    return f'charter new change {id} --name from-our-cafe --why "{why}"'


_MARKS = re.compile(r"[\\`*_\[\]<>&#|~]")
_NOTES = """\
# From a café on the {title}

The words on the tables were those of: {said}

- Held on:
- Where:
- How many people, and from which organisations:

Fill in one part for each change that you propose. Copy it for the next.

## Proposal

- ID of the principle, from the list below:
- Which words (number and letter, such as 1.1 a):
- As they are now:
- As they should be:
- WHY, in one or two sentences that those who signed will read:
- What speaks against it, and what we did not agree on:

## How it becomes a change

1. Open the file of the principle, and put the new words in the place of the old ones.
2. Run this command, with the ID and the WHY from above. It writes the note that goes with the change:

       {command}

3. `charter check` says whether anything is missing. Then send the change, and this file with it,
   as a pull request.

## The principles and their IDs

{listed}
"""
