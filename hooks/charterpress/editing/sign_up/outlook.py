"""A message that Outlook saved as .msg → its text."""

from __future__ import annotations

import io

from charterpress.editing.sign_up.email_form import is_email_form
from charterpress.editing.sign_up.html_text import html_text
from charterpress.editing.sign_up.message import Letter, UnreadableError, sender_hints
from charterpress.model.errors import UsageError
from charterpress.text.extras import missing_extra
from charterpress.text.interface import gettext as _

START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What such a file begins with, as other files of older office programs do."""


def read_msg(data: bytes) -> Letter:
    """The text of a message in Outlook's format. Raises UnreadableError if there is none, UsageError if the
    library that reads them is not installed."""
    try:
        from oxmsg import Message  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise UsageError(missing_extra("mail", _("to read a message of Outlook"))) from missing
    try:
        message = Message.load(io.BytesIO(data))
        plain, page = message.body or "", message.html_body or ""
        headers = {name.casefold(): words for name, words in message.message_headers.items()}
        sent = message.sent_date
        attached = tuple(str(each.file_name or "") for each in message.attachments)
    except Exception as problem:
        raise UnreadableError(
            _("this is not a readable Outlook message: open it in Outlook, and save it as “Text Only”")
        ) from problem
    text = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").rstrip()
    if page and not is_email_form(text):
        try:
            text = html_text(page.encode(), "utf-8")
        except ValueError:
            text = text or ""
    if not text.strip():
        raise UnreadableError(
            _("there is no plain text in this message: open it in Outlook, and save it as “Text Only”")
        )
    names = ("Date", "Content-Language", "Accept-Language")
    hints = sender_hints({name: str(headers.get(name.casefold(), ""))[:200] for name in names})
    if sent and not hints["sent"]:
        hints["sent"] = sent.date().isoformat()
    return Letter(text=text, attached=tuple(filter(None, attached)), **hints)
