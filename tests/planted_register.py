"""Registers of signatories, laid over the fictional charter: the cases of the rules about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from builders import make_signatory, write_signatory
from charterpress.model import Signature, Withdrawal
from planted import ONE, PROMISE, ROOM, STRONGER, TWO, noted, released, replaced, steps, written

FOLDER = "signatories"


def signatory(slug="quay-club", *signed: tuple[str, str], **changes) -> Callable[[Path], object]:
    """Plants the entry of a boat club; the arguments are those of `make_signatory`."""
    return lambda root: write_signatory(root, make_signatory(slug, *signed, **changes))


def with_link(link: str) -> Callable[[Path], object]:
    """Plants an entry whose signature has a link."""
    return signatory(signed=(Signature(version="1.0.0", date="2024-12-01", role="Chair", link=link),))


def role(words: str) -> Callable[[Path], object]:
    """Plants an entry that was signed in this role."""
    return signatory(signed=(Signature(version="1.0.0", date="2024-12-01", role=words),))


def entry(text: str, slug="quay-club") -> Callable[[Path], None]:
    """Plants a file with this text."""
    return written(f"{FOLDER}/{slug}.yml", text.encode())


def twice(one: dict[str, str], other: dict[str, str]) -> Callable[[Path], None]:
    """Plants two entries with these fields."""
    first, second = {"slug": "first-club"} | one, {"slug": "second-club"} | other
    return steps(ONE, signatory(**first), signatory(**second))


NUMBER, OTHER_NUMBER = {"registration": "GB-CHC-1234567"}, {"registration": "GB-CHC-1234568"}
SITE = {"website": "https://www.quay.example/"}
FULL = signatory(
    name="Quay & Sons’ Club (Northern)",
    slug="quay-and-sons-club-northern",
    registration="GB-CHC-1234567",
    pledge="We will keep a berth free for whoever comes late.",
    signed=(
        Signature(version="1.0.0", date="2024-12-01", role="Chair", link="https://quay.example/charter"),
        Signature(version="1.1.0", date="2025-06-01", role="Honorary Secretary"),
    ),
    withdrawn=Withdrawal(date="2025-07-01", note="The club has closed."),
)
UNSIGNED = """\
name: Quay club
kind: boat club
area: The harbour
website: https://quay.example/
"""
KEYS = f"""\
{UNSIGNED}signed:
  - version: 1.0.0
    date: 2024-12-01
    role: Chair
"""
LATIN = {"name": "家族の会", "name_latin": "Kazoku no Kai", "slug": "kazoku-no-kai"}

PLANTED: dict[str, Callable[[Path], object]] = {
    # What other rules say of these files
    "unknown-key/fail-in-a-signatory": steps(ONE, entry(KEYS.replace("area:", "Area:"))),
    "missing-key/fail-in-a-signature": steps(ONE, entry(KEYS.replace("    role: Chair\n", ""))),
    "missing-key/fail-in-a-withdrawal": steps(ONE, entry(KEYS + "withdrawn:\n  note: We have closed.\n")),
    "missing-key/fail-signatory-without-a-name": steps(ONE, entry(KEYS.replace("name: Quay club\n", ""))),
    "wrong-type/fail-signed-is-words": steps(ONE, entry(UNSIGNED + "signed: 1.0.0\n")),
    "wrong-type/fail-withdrawn-is-a-date": steps(ONE, entry(KEYS + "withdrawn: 2025-01-01\n")),
    "duplicate-key/fail-in-a-signatory": steps(ONE, entry(KEYS + "kind: ferry\n")),
    "empty-value/fail-nothing-signed": steps(ONE, entry(UNSIGNED + "signed: []\n")),
    "front-matter-form/fail-signatory-is-empty": steps(ONE, entry("")),
    "front-matter-unreadable/fail-signatory": steps(ONE, entry("name: Quay: the club\n")),
    "yaml-tag/fail-in-a-signatory": steps(
        ONE, entry(KEYS.replace("Quay club", "!!python/name:os Quay club"))
    ),
    "placeholder/fail-in-a-role": steps(ONE, role("TBC")),
    "placeholder/pass-in-a-name": steps(ONE, signatory("tbc-ferries", name="TBC Ferries")),
    "html/pass-in-a-name": steps(ONE, signatory("b-quay-b", name="<b>Quay</b>")),
    "template-expression/pass-in-a-name": steps(ONE, signatory("quay", name="{{ quay }}")),
    "class-too-low/fail-with-signatories": steps(
        ONE,
        signatory(),
        signatory("other-club"),
        signatory("third-club", withdrawn=Withdrawal(date="2025-01-01")),
        replaced(ROOM, PROMISE, STRONGER),
        noted("leave-room"),
    ),
    # What it is called
    "signatory-name/fail-signs": steps(ONE, signatory("dots", name="… !")),
    "signatory-name/pass-digits": steps(ONE, signatory("42", name="42")),
    "signatory-length/fail-name": steps(ONE, signatory("quay" * 31, name="Quay" * 31, **SITE)),
    "signatory-length/fail-pledge": steps(ONE, signatory(pledge="We will. " * 55 + "We will.")),
    "signatory-length/fail-role": steps(ONE, role("chair of " * 13 + "trustees")),
    "signatory-length/pass-just": steps(
        ONE, signatory("quay" * 30, name="Quay" * 30, pledge="Wewill. " * 62 + "Yes.", **SITE)
    ),
    "signatory-characters/fail-mixed": steps(ONE, signatory("quay", name="Qu\u0430y")),
    "signatory-characters/fail-heap": steps(ONE, signatory("quay", name="Qua" + "\u0301" * 6 + "y")),
    "signatory-characters/fail-mathematical": steps(ONE, signatory("quay", name="\U0001d410uay")),
    "signatory-characters/pass-japanese": steps(
        ONE, signatory("abc-support", name="NPO法人ABCサポート", name_latin="ABC Support")
    ),
    "signatory-characters/pass-theta": steps(
        ONE, signatory("musqueam", name="xʷməθkʷəy̓əm", name_latin="Musqueam")
    ),
    "signatory-latin/fail-none": steps(ONE, signatory("dobrye-sosedi", name="Добрые соседи")),
    "signatory-latin/fail-not-latin": steps(
        ONE, signatory("dobrye-sosedi", name="Добрые соседи", name_latin="Добрые соседи")
    ),
    "signatory-latin/pass-given": steps(ONE, signatory(**LATIN)),
    "signatory-slug/fail-another": steps(ONE, signatory("boats", name="Quay club")),
    "signatory-slug/fail-letters": steps(ONE, signatory("Quay_Club", name="Quay club", **SITE)),
    "signatory-slug/fail-latin": steps(ONE, signatory(**LATIN | {"slug": "family"})),
    "signatory-slug/fail-second-without-first": steps(ONE, signatory("quay-club-2", name="Quay club")),
    "signatory-slug/pass-second": steps(ONE, signatory(), signatory("quay-club-2", name="Quay club")),
    "signatory-slug/pass-umlaut": steps(ONE, signatory("seenot-rettung-koeln", name="Seenot-Rettung Köln")),
    "signatory-reserved/fail-print": steps(ONE, signatory("print", name="Print")),
    "signatory-reserved/fail-letter": steps(ONE, signatory("q", name="Q")),
    "signatory-reserved/pass-second": steps(ONE, signatory("print-2", name="Print")),
    "signatory-kind/fail-mistyped": steps(ONE, signatory(kind="Boat Clubb")),
    "signatory-kind/fail-strange": steps(ONE, signatory(kind="pirates")),
    "signatory-kind/pass-ferry": steps(ONE, signatory(kind="ferry")),
    # Where it is on the web
    "address-form/fail-javascript": steps(ONE, with_link("javascript:alert(1)")),
    "address-form/fail-no-scheme": steps(ONE, signatory(website="www.quay.example")),
    "address-form/fail-backslash": steps(ONE, signatory(website="https://quay.example\\@evil.example/")),
    "address-form/pass-full": steps(TWO, FULL),
    "address-user/fail-name": steps(ONE, signatory(website="https://quay.example@evil.example/club")),
    "address-user/pass-at-in-path": steps(ONE, signatory(website="https://quay.example/@club")),
    "address-host/fail-number": steps(ONE, with_link("http://2130706433/")),
    "address-host/fail-port": steps(ONE, signatory(website="https://quay.example:8080/")),
    "address-host/fail-local": steps(ONE, signatory(website="https://printer.local/")),
    "address-host/fail-no-dot": steps(ONE, signatory(website="https://intranet/club")),
    "address-host/pass-example": steps(ONE, signatory(website="https://quay.example/")),
    "address-example/fail-beside-real": twice({"website": "https://quay.org.uk/"}, {}),
    "address-example/pass-all": twice({}, {}),
    # What it is in other registers
    "registration-form/fail-number-alone": steps(ONE, signatory(registration="1234567")),
    "registration-form/fail-lower-case": steps(ONE, signatory(registration="gb-chc-1234567")),
    "registration-form/fail-scottish": steps(ONE, signatory(registration="GB-SC-012345")),
    "registration-form/pass-scottish": steps(ONE, signatory(registration="GB-SC-SC012345")),
    "registration-scheme/fail-cic": steps(ONE, signatory(registration="GB-CIC-01234567")),
    "registration-scheme/fail-unknown": steps(ONE, signatory(registration="ZZ-QUAY-1")),
    "registration-scheme/pass-company": steps(ONE, signatory(registration="GB-COH-01234567")),
    # What it signed
    "signed-version/fail-none-such": steps(ONE, signatory("quay-club", ("1.0.1", "2024-12-01"))),
    "signed-version/fail-draft": steps(ONE, signatory("quay-club", ("draft", "2024-12-01"))),
    "signed-version/fail-consultation": steps(
        released(consultation=True), signatory("quay-club", ("0.1.0", "2024-12-01"))
    ),
    "signed-version/fail-nothing-released": signatory(),
    "signed-version/pass-both": steps(
        TWO, signatory("quay-club", ("1.0.0", "2024-12-01"), ("1.1.0", "2025-06-01"))
    ),
    "signed-date/fail-other-order": steps(ONE, signatory("quay-club", ("1.0.0", "13/12/2024"))),
    "signed-date/fail-no-such-day": steps(ONE, signatory("quay-club", ("1.0.0", "2025-02-30"))),
    "signed-date/fail-withdrawn": steps(ONE, signatory(withdrawn=Withdrawal(date="last year"))),
    "signed-date/pass-leap-day": steps(ONE, signatory("quay-club", ("1.0.0", "2028-02-29"))),
    "signed-future/fail-tomorrow": steps(ONE, signatory("quay-club", ("1.0.0", "9999-12-31"))),
    "signed-future/pass-today": steps(ONE, signatory("quay-club", ("1.0.0", "2024-12-02"))),
    "signed-early/fail-day-before": steps(ONE, signatory("quay-club", ("1.0.0", "2024-11-30"))),
    "signed-early/pass-same-day": steps(ONE, signatory("quay-club", ("1.0.0", "2024-12-01"))),
    "signed-order/fail-newest-first": steps(
        TWO, signatory("quay-club", ("1.1.0", "2025-06-02"), ("1.0.0", "2025-06-01"))
    ),
    "signed-order/fail-withdrawn-before": steps(
        ONE, signatory("quay-club", ("1.0.0", "2025-01-02"), withdrawn=Withdrawal(date="2025-01-01"))
    ),
    "signed-order/pass-back-again": steps(
        TWO,
        signatory(
            "quay-club",
            ("1.0.0", "2025-01-02"),
            ("1.1.0", "2025-06-02"),
            withdrawn=Withdrawal(date="2025-03-01"),
        ),
    ),
    # Who
    "contact-email/fail-pledge": steps(ONE, signatory(pledge="Write to info@quay.example, and we answer.")),
    "contact-email/fail-comment": steps(ONE, entry(KEYS + "# jo@quay.example asked for this\n")),
    "contact-email/fail-as-a-code": steps(ONE, entry(KEYS.replace("The harbour", '"jo\\x40quay.example"'))),
    "contact-email/pass-handle": steps(ONE, signatory(pledge="Find us @quay.")),
    "contact-telephone/fail-pledge": steps(ONE, signatory(pledge="Ring 020 7946 0958.")),
    "contact-telephone/fail-comment": steps(ONE, entry(KEYS + "# ring +44 20 7946 0958\n")),
    "contact-telephone/pass-years": steps(ONE, signatory(pledge="As from 1914-1918, so in 2024-2025.")),
    "role-name/fail-name": steps(ONE, role("Jane Smith")),
    "role-name/fail-with-office": steps(ONE, role("Jane Smith, Chair")),
    "role-name/pass-office": steps(ONE, role("Chief Executive")),
    # Twice
    "twin-registration/fail-same": twice(NUMBER, NUMBER),
    "twin-registration/pass-others": twice(NUMBER, OTHER_NUMBER),
    "twin-website/fail-same": twice(SITE, {"website": "http://quay.example/about"}),
    "twin-website/pass-branches": twice(NUMBER | SITE, OTHER_NUMBER | SITE),
    "twin-website/pass-shared": twice(
        {"website": "https://facebook.com/first"}, {"website": "https://facebook.com/second"}
    ),
    "twin-name/fail-legal-form": twice(
        {"name": "Quay Trust", "slug": "quay-trust"}, {"name": "The Quay Ltd.", "slug": "the-quay-ltd"}
    ),
    "twin-name/pass-second": steps(ONE, signatory(), signatory("quay-club-2", name="Quay club")),
    "twin-lookalike/fail-alphabet": twice(
        {"name": "COCA", "slug": "coca"},
        {"name": "\u0421\u041e\u0421\u0410", "slug": "sosa", "name_latin": "Sosa"},
    ),
    "twin-lookalike/fail-digit": twice(
        {"name": "Lll Ferries", "slug": "lll-ferries"}, {"name": "L1l Ferries", "slug": "l1l-ferries"}
    ),
    "twin-lookalike/pass-others": twice({"name": "Quay", "slug": "quay"}, {"name": "Key", "slug": "key"}),
    # What it was called before
    "signatory-formerly/fail-form": steps(ONE, signatory(formerly=("Mole_Club",))),
    "signatory-formerly/fail-itself": steps(ONE, signatory(formerly=("quay-club",))),
    "signatory-formerly/fail-living": twice({}, {"formerly": ("first-club",)}),
    "signatory-formerly/fail-claimed-twice": twice({"formerly": ("mole",)}, {"formerly": ("mole",)}),
    "signatory-formerly/fail-newcomer": twice({}, {"formerly": ("first-club",)}),
    "signatory-formerly/pass-gone": steps(ONE, signatory(formerly=("mole-club", "mole-rowers"))),
    "signatory-formerly/pass-second-of-the-name": steps(
        ONE, signatory(formerly=("mole-club",)), signatory("mole-club-2", name="Mole club")
    ),
    # In a proposal
    "signatory-renamed/fail-heir": steps(ONE, signatory(formerly=("mole-club",))),
    "signatory-renamed/pass-long-ago": steps(ONE, signatory(formerly=("mole-club",))),
    "signatory-removed/fail-gone": steps(ONE, signatory()),
    "signatory-removed/pass-withdrawn": steps(ONE, signatory(withdrawn=Withdrawal(date="2025-01-01"))),
    "signatory-others/fail-with-ones-own": twice({}, {}),
    "signatory-others/pass-one": twice({}, {}),
    "signatory-others/pass-new-ones": twice({}, {}),
}


def _there(*slugs: str) -> dict[str, str]:
    return {f"{FOLDER}/{slug}.yml": "" for slug in slugs}


def _touched(*slugs: str) -> frozenset[str]:
    return frozenset(f"charter/{FOLDER}/{slug}.yml" for slug in slugs)


OUTSIDE: dict[str, dict[str, object]] = {
    "signed-future/fail-tomorrow": {"today": "9999-12-30"},
    "signed-future/pass-today": {"today": "2024-12-02"},
    "signatory-removed/fail-gone": {
        "agreed": _there("quay-club", "other-club"),
        "touched": _touched("other-club"),
    },
    "signatory-removed/pass-withdrawn": {
        "agreed": _there("quay-club"),
        "touched": _touched("quay-club"),
    },
    "signatory-formerly/fail-newcomer": {"touched": _touched("first-club")},
    "signatory-renamed/fail-heir": {
        "agreed": _there("mole-club"),
        "touched": _touched("quay-club", "mole-club"),
    },
    "signatory-renamed/pass-long-ago": {"agreed": _there("quay-club"), "touched": _touched("quay-club")},
    "signatory-others/fail-with-ones-own": {
        "agreed": _there("first-club"),
        "touched": _touched("first-club", "second-club"),
    },
    "signatory-others/pass-one": {
        "agreed": _there("first-club", "second-club"),
        "touched": _touched("first-club"),
    },
    "signatory-others/pass-new-ones": {"agreed": {}, "touched": _touched("first-club", "second-club")},
}
"""What git and the clock say of a case, as fields of its Edition."""
