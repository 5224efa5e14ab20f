"""Rules for the web addresses of an organisation: they lead to a public website, and to no other place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from publicsuffixlist import PublicSuffixList

from charterpress.checks.queries import quote, quote_whole, violation_at
from charterpress.checks.signatories.queries import clean_text, web_addresses
from charterpress.model import Edition, Violation
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

EXAMPLE_DOMAINS = frozenset({"example", "example.com", "example.net", "example.org"})
"""Names that are kept for examples and that nobody can own (RFC 2606)."""
PRIVATE_DOMAINS = frozenset(
    {"local", "localhost", "internal", "intranet", "private", "corp", "home", "lan", "test", "invalid"}
    | {"onion", "alt", "arpa", "i2p"}
)
"""Last parts of names that mean nothing, or something else, to the public (RFC 6761, 6762, 7686, 8375, 9476,
and ICANN's .internal)."""

_FULL_ADDRESS = N_("write the full address of a page, which starts with https://")
OWN_PAGE = N_("write the address of the organisation's website; an e-mail address does not belong here")
_NO_ADDRESS = N_("{key} is {value}, which is not an address of the web")
_WRITE = N_("write {address}")

_Rule = Callable[[Edition], Iterator[Violation]]

ADDRESS = re.compile(r"(https?)://([^/?#]*)([/?#].*)?", re.IGNORECASE)
SCHEMES = re.compile(r"(?:[htps]{3,6}[:;]?[/\\]{1,3}|https?[:;]|mailto:|//|\\\\)+", re.IGNORECASE)
"""How addresses begin, and what people make of that: htps://, https;//, http:/, https://https://."""
MAILBOX = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/?")
INVALID_CHARACTER = re.compile(r"[\s\\<>\"{}|^`\x00-\x1f\x7f-\x9f]")
_DOTS = str.maketrans("。．｡", "...")
LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


@cache
def _suffixes() -> PublicSuffixList:
    """The list, read when the first address asks: it takes as long as reading a whole charter."""
    return PublicSuffixList(accept_unknown=False)


def address_form(edition: Edition) -> Iterator[Violation]:
    """A web address is whole: it begins with https:// or http://, and has no spaces, backslashes, quotation
    marks or brackets < > in it.

    What begins with “javascript:” or “data:” runs a program in the reader's browser. Open the page, and copy
    its address from the browser."""
    return _faults(edition, address_form)


def address_user(edition: Edition) -> Iterator[Violation]:
    """A web address has no user name or password in it.

    What stands before the @ looks like the name of the site and is not. Delete everything from // to @."""
    return _faults(edition, address_user)


def address_host(edition: Edition) -> Iterator[Violation]:
    """A web address leads to a name that the public can reach: www.harbour.org.uk.

    Not to a number (127.0.0.1, in whatever notation), to a port (:8080), to a name without a dot, or to one
    that means something within a building only (.local, .internal, .test). Names under .example, which nobody
    can own, are for examples."""
    return _faults(edition, address_host)


def address_example(edition: Edition) -> Iterator[Violation]:
    """A register of real organisations has no address under .example, example.com, example.net or
    example.org.

    Nobody can own such a name: it leads nowhere. An example of a register has no other websites."""
    hosts = [(*address, host_of(clean_text(address[2]))) for address in web_addresses(edition)]
    websites = [host for _document, key, _value, host in hosts if key == "website"]
    if all(not host or is_example(host) for host in websites or [host for *_, host in hosts]):
        return
    for document, key, value, host in hosts:
        if host and is_example(host):
            message = _("{key} leads to {host}, a name reserved for examples").format(
                key=quote(key), host=quote(host)
            )
            yield violation_at(
                document, value, message, _("write the address of the organisation's own page")
            )


def _faults(edition: Edition, rule: _Rule) -> Iterator[Violation]:
    for document, key, value in web_addresses(edition):
        fault = _fault(clean_text(value))
        if fault and fault.rule is rule:
            message = _(fault.message).format(key=quote(key), value=quote(fault.value))
            yield violation_at(
                document, value, message, _(fault.fix).format(address=quote_whole(fault.meant))
            )


def meant_address(written: str) -> str:
    """The web address, or mailto: and an e-mail address, that `written` most likely means; '' for none."""
    scheme = SCHEMES.match(written)
    rest = written[scheme.end() :] if scheme else written
    if mailbox := MAILBOX.fullmatch(rest):
        return "" if _unreachable(mailbox[1]) else f"mailto:{rest.rstrip('/')}"
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "@" in host or INVALID_CHARACTER.search(rest) or _unreachable(host):
        return ""
    is_plain = scheme is not None and scheme[0].lower().endswith("http://")
    return f"{'http' if is_plain else 'https'}://{rest}"


class _Fault(NamedTuple):
    """What is wrong with an address: the rule that says it, the message and the fix as the catalogs have
    them, the {value} in the message, and the {address} to write."""

    rule: _Rule
    message: str
    fix: str
    value: str
    meant: str = ""


@lru_cache(maxsize=1 << 18)  # three rules ask the same
def _fault(address: str) -> _Fault | None:
    """The first thing that is wrong with `address`."""
    match = ADDRESS.fullmatch(address)
    meant = meant_address(address)
    begins_twice = match is not None and SCHEMES.fullmatch(match[2] + "/") and meant.startswith("http")
    if match is None or begins_twice:
        if meant.startswith("http"):
            return _Fault(address_form, _NO_ADDRESS, _WRITE, address, meant)
        if meant:
            return None  # an e-mail address: another rule
        return _Fault(address_form, _NO_ADDRESS, _FULL_ADDRESS, address)
    if invalid := INVALID_CHARACTER.search(address):
        message = N_("{key} has a character that no address may have, {value}")
        return _Fault(address_form, message, N_("copy the address again from the browser"), invalid[0])
    authority = unicodedata.normalize("NFKC", match[2])
    if "@" in authority:
        name, rest = authority.rpartition("@")[2], match[3] or ""
        fix = OWN_PAGE if meant else _WRITE
        message = N_("{key} has a user name in it: {value}")
        return _Fault(address_user, message, fix, address, f"{match[1]}://{name}{rest}")
    if unreachable := _unreachable(authority):
        message, value = unreachable
        return _Fault(address_host, message, N_("write the address that the public uses"), value)
    return None


def _unreachable(authority: str) -> tuple[str, str] | None:
    """Why the public cannot reach a host, as the catalogs have it, and the {value} in that; or None."""
    if re.search(r":[0-9]*$", authority) and not authority.startswith("["):
        return N_("{key} has a port in it: {value}"), authority
    name = _name(authority)
    labels = name.split(".")
    if authority.startswith("[") or NUMBER.fullmatch(labels[-1]):
        return N_("{key} leads to a number, not to a name: {value}"), authority
    if not name or len(name) > 253 or not all(len(each) <= 63 and LABEL.fullmatch(each) for each in labels):
        return N_("{key} has no name of a site in it: {value}"), authority
    is_listed = is_example(name) or _suffixes().publicsuffix(name)
    if len(labels) < 2 or labels[-1] in PRIVATE_DOMAINS or not is_listed:
        return N_("{key} leads to {value}, which is not a name that the public can reach"), name
    return None


def _name(authority: str) -> str:
    """A host in lower case, its dots as dots; the one at the end, which changes nothing, left out."""
    return unicodedata.normalize("NFKC", authority.translate(_DOTS)).casefold().removesuffix(".")


def is_example(host: str) -> bool:
    """Whether a host is kept for examples."""
    return host.rpartition(".")[2] in EXAMPLE_DOMAINS or ".".join(host.split(".")[-2:]) in EXAMPLE_DOMAINS


def host_of(address: str) -> str:
    """The host of an address that is in order, in lower case; '' of any other."""
    match = ADDRESS.fullmatch(address)
    return _name(match[2]) if match and not _fault(address) else ""


def written_host(address: str) -> str:
    """The same of any address, whether or not it is in order: a quick answer, to compare thousands by."""
    match = ADDRESS.fullmatch(address)
    return _name(match[2]) if match else ""


def path_of(address: str) -> str:
    """What follows the host, without the slash at its end."""
    match = ADDRESS.fullmatch(address)
    return (match[3] or "").rstrip("/") if match else ""
