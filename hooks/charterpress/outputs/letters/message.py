"""A letter and whom it goes to → an e-mail as a file: RFC 5322, in plain text and HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from charterpress.outputs.letters.template import Letter

_RAISING = SMTP.clone(raise_on_defect=False, max_line_length=78)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file that goes with a letter. `type` is as “image/svg+xml”."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """Whom a letter is from and to, by name and address in ASCII; when it was made, with its time zone; and
    what tells it from every other letter, such as its kind, organisation and day, with the host of the site.
    """

    sender: tuple[str, str]
    reply_to: tuple[str, str]
    to: tuple[tuple[str, str], ...]
    date: datetime
    key: tuple[str, ...]
    host: str


def message_bytes(letter: Letter, envelope: Envelope, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the e-mail, with CRLF. The same letter on the same day is the same, byte for byte. Programs of
    Microsoft open it as one to send (X-Unsent). Raises ValueError for a name with a line break in it."""
    digest = hashlib.sha256("\n".join(envelope.key).encode()).hexdigest()[:32]
    message = EmailMessage(policy=_RAISING)
    message["From"] = _address(*envelope.sender)
    message["Reply-To"] = _address(*envelope.reply_to)
    message["To"] = tuple(_address(*each) for each in envelope.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(envelope.date)
    message["Message-ID"] = f"<{digest}@{envelope.host}>"
    message["X-Unsent"] = "1"
    message.set_content(letter.flowed, cte="quoted-printable", params={"format": "flowed"})
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for each in attachments:
        kind, _, subtype = each.type.partition("/")
        message.add_attachment(each.data, kind, subtype, filename=each.name)
    if letter.language:
        message["Content-Language"] = letter.language
    for place, part in enumerate(each for each in message.walk() if each.is_multipart()):
        part.set_boundary(f"={digest}-{place}=")
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(display_name=name, username=user, domain=domain)
