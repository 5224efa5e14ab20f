"""A word of duty that took another's place → whether the duty is stronger or weaker, if that is certain."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from charterpress.model import Kind
from charterpress.versions.number.sentences import Word


def _levels(**levels: str) -> dict[str, int]:
    """Return the level of each word, from `a`, which binds least."""
    return {word: "abcd".index(level) for level, words in levels.items() for word in words.split()}


_MODAL = _levels(d="must shall will", c="should", a="may can might could")
_PREDICATE = _levels(
    d="required mandatory compulsory obligatory obliged",
    c="expected",
    b="recommended encouraged advised",
    a="optional voluntary permitted allowed",
)
_BAN = _levels(d="prohibited forbidden banned", b="discouraged")
_HABIT = _levels(d="always", c="usually normally generally", b="often", a="sometimes occasionally")
DUTY = frozenset((*_MODAL, *_PREDICATE, *_BAN, *_HABIT))
"""Words that say how far somebody is bound."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _words(
    """
    no not nobody none no-one nothing nowhere neither nor never without cannot hardly rarely seldom few little
    """
)
DECISIVE = (NEGATIONS | _MODAL.keys()) - {"no"}
"""Where one of these came or went, a figure that changed too is the least of it."""
_NOBODY = _words("no nobody none no-one nothing neither")
_SUBORDINATORS = _words(
    """
    if unless when whenever where wherever while because since until till before after though although whether
    that which who whom whose what why how as than once so lest whoever whatever whichever provided given
    hope hopes wish think thinks believe believes know knows assume suppose ensure ensures say says
    """
)
"""What follows one of these in a clause is a condition, a reason, a description or what somebody thinks."""
_RELATIVE_VERBS = _words("is are was were has have had does do")
_NO_VERBS = _words(
    """
    is are was were am the a an this that these those i you we they he she it there anyone someone everyone
    nobody and or but of in on at to for with as well has had means
    """
)
"""What no verb of duty has after it: a thing (“a must”), a name (“May”) or a question (“should you”)."""
_NO_SUBJECTS = _words(
    """
    the a an my your his her its their our own free good ill last political in of at since until by from to
    with early late mid word words term verb keyword
    """
)
"""What no verb of duty has before it: “the will”, “in May”, “the key word MUST”."""
_LIKELIHOODS = _words(
    """
    find need seem happen occur lead result want feel affect become know think differ vary cause depend mean
    suffer face exist appear have
    """
)
"""“You may find” says how likely something is, not what somebody has leave to do."""
_OUTCOMES = _words(
    """
    make cost remain continue bring include contain require allow enable prevent expire fail increase reduce
    improve take
    """
)
"""Nor does “will make”, of a thing, promise anything."""
_ADVICE = _words("expect note know remember bear see realise realize understand")
"""“You should expect delays” tells somebody what is so."""
_LIMITS = _words("only most maximum up")
"""“May only” and “may … at most” forbid the rest."""
_THINGS = _words("it this that these those there you they")
_WITH_TO = _words("expected encouraged obliged advised")
_PARTICIPLES = ("ed", "en", "de", "pt", "nt")


def direction(words: Sequence[Word], at: int, after: str) -> Kind | None:
    """Return whether the duty is stronger or weaker with `after` in the place of the word at `at`; None if
    that is not certain."""
    before = words[at].text
    contracted = before.endswith("n't") and after.endswith("n't")
    if contracted:
        before, after = before.removesuffix("n't"), after.removesuffix("n't")
    scale, fits = next((each for each in _SCALES if before in each[0] and after in each[0]), ({}, None))
    if fits is None or scale[before] == scale[after] or _is_no_statement(words, at):
        return None
    lead, rest = _clause(words, at)
    permits = not min(scale[before], scale[after])
    negated = contracted or any(word in NEGATIONS or word.endswith("n't") for word in (*lead, *rest))
    aside = lead in (["who"], ["which"]) and "," in words[at - 1].breaks  # “newcomers, who must …”
    if (_is_subordinate(lead) and not aside) or (permits and _LIMITS & {*lead, *rest}):
        return None
    if negated and (permits or scale is not _MODAL or not _negates_plainly(lead)):
        return None
    if not fits(lead, rest, {before, after}):
        return None
    return Kind.STRENGTHENED if scale[after] > scale[before] else Kind.WEAKENED


def _is_no_statement(words: Sequence[Word], at: int) -> bool:
    """Whether the word is quoted, in a question, or at the front, where it may be turned round (“Should you
    …”). An item of a list begins with a small letter."""
    marks = "".join(word.breaks for word in words[: at + 1])
    quoted = marks.count("“") > marks.count("”") or marks.count('"') % 2 == 1
    stop = next((mark for word in words[at + 1 :] for mark in word.breaks if mark in ".!?;"), "")
    front = bool(words[at].breaks) if at else words[at].raw[:1].isupper() and words[at].text in _MODAL
    return quoted or stop == "?" or front


def _clause(words: Sequence[Word], at: int) -> tuple[list[str], list[str]]:
    """Return the words of the clause before and after the one at `at`."""
    start, end = at, at + 1
    while start and not words[start].breaks:
        start -= 1
    while end < len(words) and not words[end].breaks:
        end += 1
    return [word.text for word in words[start:at]], [word.text for word in words[at + 1 : end]]


def _is_subordinate(lead: list[str]) -> bool:
    """Whether what follows `lead` depends on another clause. Neither “a person who signs must …” nor “a file
    that is larger must …” does."""
    places = [at for at, word in enumerate(lead) if word in _SUBORDINATORS]
    if not places:
        return False
    word, after = lead[places[-1]], lead[places[-1] + 1 :]
    with_verb = word in ("who", "whoever") or (
        word in ("that", "which") and not _RELATIVE_VERBS.isdisjoint(after[:1])
    )
    return (
        len(places) > 1 or not with_verb or len(after) < 2 or bool({"and", "or", "but", *_MODAL} & {*after})
    )


def _negates_plainly(lead: list[str]) -> bool:
    """Whether nothing is denied before the verb, or its subject is nobody."""
    denied = [word for word in lead if word in NEGATIONS or word.endswith("n't")]
    return not denied or (len(denied) == 1 and lead[0] in _NOBODY)


def _fits_modal(lead: list[str], rest: list[str], pair: set[str]) -> bool:
    verbs = [at for at, word in enumerate(rest) if word in ("is", "are", "was", "were")]
    if verbs and not (_SUBORDINATORS | {"and", "or", "but"}) & {*rest[: verbs[0]]}:
        return False  # “the forms members must sign are kept”
    if not rest or rest[0] in _NO_VERBS or (lead and (lead[-1] in _NO_SUBJECTS or lead[-1].isdigit())):
        return False
    if rest[0] in _ADVICE:
        return False
    perfect = len(rest) > 1 and rest[0] == "have" and (rest[1] == "been" or rest[1].endswith("ed"))
    if perfect or (pair - {"must", "shall", "should"} and rest[0] in _LIKELIHOODS):
        return False
    if "will" not in pair:
        return True
    # A promise, or how likely something is?
    promised = (
        len(rest) > 1 and rest[1].endswith(_PARTICIPLES) if rest[0] == "be" else rest[0] not in _OUTCOMES
    )
    return lead[-1:] == ["we"] or bool(lead and lead[-1] not in _THINGS and promised)


def _fits_predicate(lead: list[str], rest: list[str], pair: set[str]) -> bool:
    verb = lead[:-1] if lead[-1:] == ["also"] else lead
    with_to = not pair & _WITH_TO or rest[:1] == ["to"]
    stated = verb[-1:] in (["is"], ["are"]) and not {*lead} & _MODAL.keys()
    return with_to and stated and rest[:1] != ["by"]


def _fits_habit(lead: list[str], rest: list[str], _pair: set[str]) -> bool:
    """Whether somebody promises it: what is “usually” so is no duty."""
    return bool(rest) and lead[-1:] in ([], ["we"], ["must"], ["shall"], ["will"], ["should"])


_SCALES: tuple[tuple[dict[str, int], Callable[[list[str], list[str], set[str]], bool]], ...] = (
    (_MODAL, _fits_modal),
    (_PREDICATE, _fits_predicate),
    (_BAN, _fits_predicate),
    (_HABIT, _fits_habit),
)
"""Words of duty of one kind, and whether they are such where they stand: only these are held against one
another."""
