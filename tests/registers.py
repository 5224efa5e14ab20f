"""Small registers, as their pages and documents take them, and names that somebody may try."""

from __future__ import annotations

from collections.abc import Iterator

from builders import make_charter, make_release, make_signatory
from charterpress import register
from charterpress.model import Class, Signatory, Withdrawal
from charterpress.text.slugs import name_slug
from charterpress.views.signatories import RegisterView

DAY = "2026-11-20"
SITE = "https://harbour.example/charter/"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "]]>",
    "[x](javascript:alert(1))",
    "{{ config }} {% raw %}",
    "| a | b |",
    "=1+1",
    '#eval("x") #sys.inputs',
    "$x^2$ @label <label> */ //",
    "`a` *b* _c_ \\d",
    "&amp; &#60;",
    "Society of Very Long Names and of Those Who Print Them on Paper in Every Harbour of the North",
    "Ab " * 65 + "End",
)
"""Names that mean something to one of the stages; each is shown as it is written."""
SCRIPTS = {
    "arabic": ("جمعية الميناء", "Harbour Society"),
    "hebrew": ("עמותת הנמל", "Port Society"),
    "tamil": ("தமிழ் துறைமுகம்", "Tamil Harbour"),
    "chinese": ("海港協会", "Harbour Association"),
    "cherokee": ("ᏣᎳᎩ ᎦᏚᎲᎢ", ""),
}
"""Names in other scripts, and how their organisations write them in Latin letters."""


ALLOTMENTS = {"kind": "allotment society", "area": "Brambleford"}
"""What the example's charter lets an organisation be."""
NAMES = (*tuple(name for name in HOSTILE if any(letter.isalnum() for letter in name)), "]]> Club")
"""Those that a file can be named after."""


def make_register(*signatories: Signatory, charter=None) -> RegisterView:
    """The register of `signatories` on DAY. There are the versions 1.0.0, 1.1.0 (guidance, of June 2025) and
    2.0.0 (a commitment release, of January 2026); `charter` is that of the last."""
    first = make_release()
    second = make_release(first, date="2025-06-01")
    changed = {
        "version": "2.0.0",
        "class_": Class.COMMITMENT,
        "found": Class.COMMITMENT,
        "date": "2026-01-01",
    }
    releases = (first, second, make_release(second, charter or make_charter(), **changed))
    return RegisterView(
        current=releases[-1],
        day=DAY,
        entries=register.on_register(signatories, releases, DAY),
        releases={release.version: release for release in releases},
    )


def current(slug: str, name: str = "", **changes) -> Signatory:
    """One that signed 2.0.0; `changes` are fields of Signatory."""
    return make_signatory(slug, ("2.0.0", "2026-02-14"), **({"name": name} if name else {}), **changes)


def asked(slug: str, name: str = "", **changes) -> Signatory:
    """One that signed 1.0.0, and is asked to sign again."""
    return make_signatory(slug, **({"name": name} if name else {}), **changes)


def gone(slug: str, name: str = "", note: str = "The club has closed.") -> Signatory:
    """One that withdrew on 1 March 2026."""
    withdrawn = Withdrawal(date="2026-03-01", note=note)
    return current(slug, name, withdrawn=withdrawn)


def many(count: int, **changes) -> tuple[Signatory, ...]:
    """As many as asked for, under four letters; `changes` are fields of Signatory."""
    return tuple(current(f"{'abcd'[at % 4]}-club-{at}", **changes) for at in range(count))


# --- Signatories of the example's charter ------------------------------------------------------------


def crowd() -> Iterator[Signatory]:
    """Organisations with every odd name, one that withdrew, and forty others."""
    newest = ("3.1.0", "2025-11-01")
    for name in NAMES:
        yield make_signatory(name_slug(name), newest, name=name, **ALLOTMENTS)
    for name, latin in SCRIPTS.values():
        written = latin or "Tsalagi Gardeners"
        yield make_signatory(name_slug(written), newest, name=name, name_latin=written, **ALLOTMENTS)
    for at in range(40):
        name = f"Plot holders of street {at:02}"
        yield make_signatory(name_slug(name), ("1.0.0", "2022-06-01"), name=name, **ALLOTMENTS)
    gone = Withdrawal(date="2026-09-01", note="<script>alert(1)</script>")
    yield make_signatory("moved-away", newest, withdrawn=gone, **ALLOTMENTS)


def plots(count: int) -> Iterator[Signatory]:
    """So many, under letters from A to H, of three kinds, four areas and five versions."""
    kinds = ("allotment society", "school garden", "beekeepers’ club")
    areas = ("Brambleford", "Nettlewick", "Sallowmere", "Çiçekköy")
    signed = (
        *(("1.0.0", "2022-03-25"), ("1.0.1", "2022-05-03"), ("1.1.0", "2022-11-20")),
        *(("3.0.0", "2024-07-02"), ("3.1.0", "2025-10-21")),
    )
    words = ("Ash", "Briar", "Cedar", "Döner", "Elder", "Fern", "Gorse", "Hazel")
    for at in range(count):
        name = f"{words[at % 8]} Plot {at:04} {words[at * 3 % 7]}"
        changes = {"name": name, "kind": kinds[at % 3], "area": areas[at % 4]}
        yield make_signatory(name_slug(name), signed[at % 5], **changes)


# --- Forms with every kind of doubt in them ----------------------------------------------------------

DOUBTS = {
    "plain": ("new", 0),
    "registered, and without a website": ("new", 0),
    "a number of its own": ("new", 0),
    "a page of its own": ("new", 0),
    "a foundation": ("new", 0),
    "a namesake": ("new", 1),
    "one front page": ("new", 1),
    "a look-alike": ("new", 1),
    "one number": ("refused", 0),
    "one name and website": ("refused", 0),
    "a person's name": ("held", 0),
    "a telephone number": ("held", 0),
    "a signed pledge": ("held", 0),
    "spam": ("held", 0),
    "a campaign": ("held", 0),
}
"""What becomes of a form with each doubt, and how many notes a person is given with it."""


def rows_with_doubts(count: int) -> Iterator[tuple[str, dict[str, str]]]:
    """So many forms of boat clubs, each with its doubt: those that may be another's come in pairs with a
    plain one before."""
    names = (f"{one}{two} Rowers {three}" for three in ENDINGS for one in _ONE for two in _TWO)
    kinds = [kind for kind in DOUBTS if kind != "plain"]
    for at in range(count // 2):
        name, kind = next(names), kinds[at % len(kinds)]
        slug = name_slug(name)
        number, site = f"GB-CHC-{1000000 + at}", f"https://{slug}.org.uk/"
        first = {"name": name, "website": site, "registration": number}
        yield "plain", first
        yield kind, first | {"name": f"{name} {kind.title()}"} | _doubt(kind, at, name, slug)


_ONE = ("Ash", "Briar", "Cedar", "Dale", "Elder", "Fern", "Gorse", "Hazel", "Juniper", "Kelp")
_TWO = ("ford", "ham", "wick", "mouth", "haven", "port", "quay", "bank", "holm", "ness", "ey", "stow")
ENDINGS = tuple(f"{one}{two}" for one in "bcdfgklmnprstvz" for two in ("adu", "elu", "inu"))


def _doubt(kind: str, at: int, name: str, slug: str) -> dict[str, str]:
    """What a form says otherwise than the one before it."""
    own = {"website": f"https://{slug}-two.org.uk/", "registration": f"GB-CHC-{2000000 + at}"}
    pledge = "We will keep a berth free for whoever comes late"
    return {
        "registered, and without a website": own | {"website": ""},
        "a number of its own": {"registration": f"GB-COH-{10000000 + at}"},
        "a page of its own": {"website": f"https://{slug}.org.uk/juniors", "registration": ""},
        "a foundation": {"name": f"{name} Foundation", "website": own["website"], "registration": ""},
        "a namesake": {"name": f"{name} Ltd", "website": own["website"], "registration": ""},
        "one front page": {"website": f"https://www.{slug}.org.uk/about", "registration": ""},
        "a look-alike": own | {"name": name.replace("o", "0", 1), "registration": ""},
        "one number": {"website": own["website"]},
        "one name and website": {"name": f"The {name}", "registration": ""},
        "a person's name": own | {"role": "jane smith"},
        "a telephone number": own | {"pledge": f"{pledge}. Ring 07700 900123."},
        "a signed pledge": own | {"pledge": f"{pledge}. Yours, Fiona"},
        "spam": own | {"name": f"Best Casino Bonus {at}", "pledge": f"Win at our slots {at} times a day."},
        "a campaign": own | {"pledge": "We will row together, and leave no boat behind."},
    }[kind]
