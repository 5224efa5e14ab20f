"""Rules for the words that bind, and against words elsewhere that only seem to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterpress.checks.queries import (
    all_blocks,
    documents_of,
    front_value,
    list_scalars,
    quote,
    violation_at,
    violation_in_text,
)
from charterpress.model import Block, Document, Edition, Role, Scalar, SectionShape, Violation
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.words import count_words_by_letters, has_unspaced, split_words

MAX_PROMISE_WORDS = 35
"""Words. A promise that takes longer to say is usually two."""
MAX_EASY_WORDS = 15
"""Words. What is in easy words has one thought in each sentence."""

_DO = N_("say what you will do")
WEAK = {
    r"(?:try|tries|trying|aims?|aiming|seeks?|seeking|hopes?|hoping) to": _DO,
    r"(?:strives?|striving) (?:to|for)": _DO,
    r"(?:endeavour|endeavor)(?:s|ing)?": _DO,
    r"work(?:ing)? towards?": N_("say what will be done, and by when"),
    r"do (?:our|their|its) best": _DO,
    r"make every effort": _DO,
    r"(?:where(?:ver)?|when(?:ever)?|if|as far as) (?:reasonably )?(?:possible|practica(?:l|ble)|feasible)": (
        N_("say when it holds and when it does not")
    ),
    r"(?:where|when|as|if) appropriate": N_("say when it holds and who decides"),
    r"as far as we can": N_("say how far"),
}
"""Ways of promising without promising, and what to write instead."""
_WEAK = [
    (re.compile(rf"\b{words}\b".replace(" ", r"\s+"), re.IGNORECASE), advice)
    for words, advice in WEAK.items()
]
_PROMISE = re.compile(r"(?<![\w-])(?:must|shall|will|MUST|SHALL|WILL)(?![\w-])")
_LEADING = frozenset({"to", "will", "shall", "must", "should", "may", "can", "not", "never", "always"})
_LEADING |= {"werden", "wollen", "müssen", "sollen", "zu", "à", "de", "devons", "debemos", "devemos", "te"}
"""Last words of a heading from which a sentence goes on, and which no such sentence begins with."""
# "The will to work", "goodwill" and "a must" are things, not promises.
_NOUN = re.compile(
    r"(?:\b(?:the|a|an|own|free|good|ill|political|public|collective|common|joint|shared|no|our|your|my|their|his|its|of|at|with|without)\s+)$",
    re.IGNORECASE,
)
_BLANKED = re.compile(
    r"\]\([^()\s]*(?:\s[^()]*)?\)|\]\[[^\]]*\]|<[a-z]+:[^>\s]*>|`[^`]*`|[*_\[\]\\`]", re.IGNORECASE
)
# No part of it looks further than the next mark or 300 characters, so that no text makes it slow.
_QUOTED = re.compile(
    r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|(?<!\w)‘(?:\w’\w|[^‘’]){1,300}’|(?<!\w)'(?:\w'\w|[^']){1,300}?'(?!\w)"
)
_SENTENCE = re.compile(r"[^.!?]*[.!?]?", re.DOTALL)
_END_WITHIN = re.compile(r"\w{2,}[.?!][”’\"')]*(?=\s+[“‘\"'(]*([^\W\d_]))")
_STOPS = ".。．｡।॥۔։።။។།᠃"
"""The full stops of all scripts. Thai and Lao have none: a space or a line ends a sentence."""
_CLOSING = "”’\"')»」』）"
_MARK = re.compile(
    r"\n[ \t]*((?:[-–—•·‣◦▪][ \t\u00a0]*|\\[-*+][ \t]+|(?<=[.;:,]\n)\d{1,2}\\?[.)][ \t]+)([^\W\d_][\w’'-]*))"
)
"""What is meant to begin an item, and its first word."""
_STOP = re.compile(rf"[{_STOPS}\u0e00-\u0eff][{_CLOSING}\]*_]*$")
_END = re.compile(rf"[{_STOPS}?!？！؟՞\u0e00-\u0eff][{_CLOSING}]*$")


def blank_markdown(text: str) -> str:
    """`text` with its Markdown, link targets and code turned to spaces: every other character keeps its
    place."""
    return _BLANKED.sub(lambda match: " " * len(match[0]), text)


def blank_quotations(text: str) -> str:
    """The same without what is quoted: words in quotation marks are somebody else's."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), blank_markdown(text))


def _commitments(edition: Edition) -> Iterator[tuple[Document, SectionShape, Block]]:
    """The paragraph of every item in the list sections that bind."""
    for document, shape, block in _sections(edition):
        if shape.binding and shape.list and block.kind == "bullet_list":
            for item in block.children:
                if item.children and item.children[0].kind == "paragraph":
                    yield document, shape, item.children[0]


def _sections(edition: Edition) -> Iterator[tuple[Document, SectionShape, Block]]:
    """Every block that stands directly in a section of a principle."""
    shapes = {shape.heading: shape for shape in edition.charter.sections} if edition.charter else {}
    for document in edition.documents:
        for part in document.parts:
            if part.heading and part.name in shapes:
                for block in part.blocks:
                    yield document, shapes[part.name], block


def commitment_start(edition: Edition) -> Iterator[Violation]:
    """A commitment reads on from its heading, so it starts with a small letter.

    “We will” and “start every new project …” make one sentence. An abbreviation such as NHS may start it."""
    for document, shape, block in _commitments(edition):
        words = blank_markdown(block.text)
        word = re.search(r"[^\W\d_][\w’'-]*", words)
        if word is None or _repeats(words, shape.heading):
            continue
        first = word[0]
        acronym = any(letter.isupper() for letter in first[1:])
        if first[0].isupper() and not acronym and not re.fullmatch(r"I|I[’'].*", first):
            message = _("{first} has a capital letter, but it reads on from {heading}").format(
                first=quote(first), heading=quote(shape.heading)
            )
            fix = _("write {words}").format(words=quote(first[0].lower() + first[1:]))
            yield violation_in_text(document, block, word.start(), message, fix)


def commitment_repeats(edition: Edition) -> Iterator[Violation]:
    """A commitment does not say its heading again.

    Under “We will” it would read “We will we will …”. Begin with what you will do."""
    for document, shape, block in _commitments(edition):
        words = blank_markdown(block.text)
        if match := _repeats(words, shape.heading):
            rest = words[match.end() :].split()
            message = _("{words} repeats the heading {heading}").format(
                words=quote(match[1]), heading=quote(shape.heading)
            )
            fix = (
                _("begin with {words}").format(words=quote(rest[0]))
                if rest
                else _("begin with what you will do")
            )
            yield violation_in_text(document, block, match.start(1), message, fix)


def _repeats(words: str, heading: str) -> re.Match[str] | None:
    """Where the words begin with the heading, or with its last word where a sentence goes on from that: “We
    will” and “will”. “Requirements are met” may stand under “Requirements”."""
    *rest, last = heading.split()
    repeated = [r"\s+".join(map(re.escape, (*rest, last)))] if rest else []
    repeated += [re.escape(last)] if last.casefold() in _LEADING else []
    return re.match(rf"\s*({'|'.join(repeated)})(?!\w)", words, re.IGNORECASE) if repeated else None


def item_mark(edition: Edition) -> Iterator[Violation]:
    """Every item of a list that binds begins with “- ”: a hyphen and a space.

    A line that begins with “-” and no space, or with “•” or “–”, goes on from the item above it, and two
    promises would be one."""
    for document, _ignored, block in _commitments(edition):
        for match in _MARK.finditer(block.text):
            message = _("{words} begins no item, so it goes on from the one above it").format(
                words=quote(match[1])
            )
            yield violation_in_text(
                document,
                block,
                match.start(1),
                message,
                _("write {words}").format(words=quote(f"- {match[2]}")),
            )


def commitment_stop(edition: Edition) -> Iterator[Violation]:
    """A commitment ends with a full stop.

    With its heading it is a sentence, and is printed and read aloud as one."""
    for document, _ignored, block in _commitments(edition):
        text = block.text.rstrip()
        if text and not _STOP.search(text) and not _STOP.search(blank_markdown(text).rstrip()):
            message = _("this commitment ends with {word}, without a full stop").format(
                word=quote(_last_word(text))
            )
            yield violation_in_text(document, block, len(text), message, _("put a full stop after it"))


def weak_promise(edition: Edition) -> Iterator[Violation]:
    """A promise is not taken back by words such as “try to”, “where possible” or “as appropriate”.

    Nobody could say whether such a promise was kept. Say what you will do; where it has limits, name them."""
    for document, shape, top in _sections(edition):
        for block in (top, *all_blocks(top)) if shape.binding else ():
            words = blank_quotations(block.text) if block.kind == "paragraph" else ""
            for pattern, advice in _WEAK:
                for match in pattern.finditer(words):
                    message = _("{words} weakens the promise").format(words=quote(" ".join(match[0].split())))
                    yield violation_in_text(document, block, match.start(), message, _(advice))


def long_promise(edition: Edition) -> Iterator[Violation]:
    """A promise has at most 35 words.

    A longer one is hard to remember and usually holds two. Make it two, or move the reasons to another
    section. Where no spaces divide words, two letters of Japanese or Chinese count as one, and four of Thai,
    Lao, Khmer or Burmese."""
    for document, _ignored, block in _commitments(edition):
        count = count_words_by_letters(blank_markdown(block.text))
        if count > MAX_PROMISE_WORDS:
            if has_unspaced(block.text):
                message = ngettext(
                    "this promise has about {count} word; {most} is the most",
                    "this promise has about {count} words; {most} is the most",
                    count,
                )
            else:
                message = ngettext(
                    "this promise has {count} word; {most} is the most",
                    "this promise has {count} words; {most} is the most",
                    count,
                )
            message = message.format(count=count, most=MAX_PROMISE_WORDS)
            fix = _("make it two, or move the reasons to another section")
            yield violation_at(document, block, message, fix)


def _last_word(text: str) -> str:
    return split_words(text.rsplit(maxsplit=1)[-1])[-1]


def easy_words(edition: Edition) -> Iterator[Violation]:
    """A sentence in easy words has at most 15 words, ends with a mark, and stands alone.

    `plain` is for people who read little, or read in another language. Say one thing in each sentence, and
    give each sentence a line of its own. Letters of scripts without spaces are counted as in a promise."""
    for document, item in _easy_sentences(edition):
        count, message, fix = count_words_by_letters(item.value), "", ""
        if count > MAX_EASY_WORDS:
            if has_unspaced(item.value):
                message = ngettext(
                    "this sentence in easy words has about {count} word; {most} is the most",
                    "this sentence in easy words has about {count} words; {most} is the most",
                    count,
                )
            else:
                message = ngettext(
                    "this sentence in easy words has {count} word; {most} is the most",
                    "this sentence in easy words has {count} words; {most} is the most",
                    count,
                )
            message = message.format(count=count, most=MAX_EASY_WORDS)
            fix = _("make it two, each on a line of its own")
        elif not _END.search(item.value):
            last = quote(_last_word(item.value))
            message = _(
                "this sentence in easy words ends with {last}, without a full stop or question mark"
            ).format(last=last)
            fix = _("put a full stop after it")
        elif ends := [end[0] for end in _END_WITHIN.finditer(item.value) if end[1].isupper()]:
            message = _("a new sentence begins after {word}").format(word=quote(ends[0]))
            fix = _("give each sentence a line of its own")
        if message:
            yield violation_at(document, item, message, fix)


def _easy_sentences(edition: Edition) -> Iterator[tuple[Document, Scalar]]:
    """Every sentence in easy words, with its principle."""
    for document in documents_of(edition, Role.PRINCIPLE):
        yield from ((document, item) for item in list_scalars(document, "plain"))


_IN_SUMMARY = N_("{word} sounds like a promise, but a summary does not bind")
_IN_INTRODUCTION = N_("{word} sounds like a promise, but a theme's introduction does not bind")
_IN_SECTION = N_("{word} sounds like a promise, but {section} does not bind")


def stray_promise(edition: Edition) -> Iterator[Violation]:
    """“Must”, “shall” and “will” stand only in a section that binds.

    Elsewhere they look like a promise that nobody signed. Move the promise to where it binds, or say what
    people do: “partners meet”, not “partners will meet”. Questions, and words in quotation marks, are not
    promises."""
    for document in documents_of(edition, Role.THEME, Role.PRINCIPLE):
        summary = front_value(document, "summary")
        if isinstance(summary, Scalar):
            for match in _promises(summary.value):
                place = _place_in_summary(document, summary, match)
                yield violation_at(document, place, *_stray_promise(match[0], _IN_SUMMARY))
    for document, item in _easy_sentences(edition):
        for match in _promises(item.value):
            yield violation_at(document, item, *_stray_promise(match[0], _IN_SECTION, "plain"))
    for document in documents_of(edition, Role.THEME):
        for block in document.blocks:
            yield from _stray_promises(document, block, _IN_INTRODUCTION)
    for document, shape, block in _sections(edition):
        if not shape.binding:
            yield from _stray_promises(document, block, _IN_SECTION, shape.heading)


def _stray_promises(document: Document, block: Block, message: str, section: str = "") -> Iterator[Violation]:
    """The promises in a block; a block that is a quotation has none."""
    if block.kind == "quote":
        return
    if block.kind in ("paragraph", "heading"):
        for match in _promises(block.text):
            yield violation_in_text(
                document, block, match.start(), *_stray_promise(match[0], message, section)
            )
    for child in block.children:
        yield from _stray_promises(document, child, message, section)


def _promises(text: str) -> Iterator[re.Match[str]]:
    words = blank_quotations(text)
    for sentence in _SENTENCE.finditer(words):
        if not sentence[0].endswith("?"):
            for match in _PROMISE.finditer(words, sentence.start(), sentence.end()):
                if not _NOUN.search(words[max(match.start() - 30, 0) : match.start()]):
                    yield match


def _place_in_summary(document: Document, summary: Scalar, match: re.Match[str]) -> Scalar:
    """The place of a word of a summary; where the summary begins if it is written otherwise there."""
    line = document.lines[summary.line - 1]
    start = max(line.find(summary.value.strip()[:20]), summary.column - 1) + match.start()
    is_there = "\n" not in summary.value and line[start:].startswith(match[0])
    return summary._replace(column=start + 1 if is_there else summary.column)


def _stray_promise(word: str, message: str, section: str = "") -> tuple[str, str]:
    """What is wrong with a word that promises where nothing binds, and what to do. `section` is its name
    where `message` tells it."""
    words = _(message).format(word=quote(word), section=quote(section))
    return words, _("move the promise to a section that binds, or say what people do")
