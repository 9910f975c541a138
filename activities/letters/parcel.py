"""A written letter packed for SMTP: headers, text and HTML, and the envelope around them.

The bytes are laid out here rather than by ``email.message``, which reads every header again to fold it
and takes ten times as long: on the day of a closing that is what a worker did most.
"""

import re
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from hashlib import sha256

from activities.letters.outcomes import RefusedError
from domain.refusals import N_

NEW_LINE = "\r\n"
# What a line holds without being folded (RFC 5322, 2.1.1, and RFC 2047, 2).
LINE = 76
ADDRESS = re.compile(
    r"[^\s<>()\[\]\\,;:\"@\x00-\x1f\x7f]{1,64}@[^\s<>()\[\]\\,;:\"@\x00-\x1f\x7f]{1,255}"
)
BAD_ADDRESS = N_("L’adresse de cette personne n’est pas une adresse de courriel.")


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on a letter: who, when, and which thread it continues."""

    key: str
    thread: str | None
    email: str
    name: str
    language: str
    at: datetime
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Bytes for a server, and the addresses of the envelope."""

    sender: str
    recipient: str
    content: bytes
    international: bool


def pack(
    written: Written, label: Label, author: Address, contact: Address, event: str = ""
) -> Parcel:
    """Give the letter as RFC 5322 bytes, under the same Message-ID whenever it is sent.

    An event for the agenda comes beside the two forms of the letter, as a file.
    """
    reader = address(label.email, label.name)
    # « =_ » stands in no quoted-printable text, so nothing in the letter can end a part.
    boundary = f"=_{_digest(label.key)}"
    head = [
        _worded("Subject", one_line(written.subject)),
        _addressed("From", author),
        _addressed("To", reader),
        _addressed("Reply-To", contact),
        f"Date: {format_datetime(label.at)}",
        f"Message-ID: {message_id(label.key, author.domain)}",
    ]
    if label.thread:
        first = message_id(label.thread, author.domain)
        head += [f"In-Reply-To: {first}", f"References: {first}"]
    if label.unsubscribe:
        head += [
            f"List-Unsubscribe: <{label.unsubscribe}>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ]
    head += [
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        f"Content-Language: {label.language}",
    ]
    parts = (_part(boundary, "plain", written.text), _part(boundary, "html", written.html))
    letter = (_multipart("alternative", boundary), "", *parts, f"--{boundary}--", "")
    lines = (*head, *(_beside(letter, event, f"{boundary}_") if event else letter))
    return Parcel(
        sender=author.addr_spec,
        recipient=reader.addr_spec,
        content=NEW_LINE.join(lines).encode(),
        international=not reader.addr_spec.isascii(),
    )


def message_id(key: str, domain: str) -> str:
    """The Message-ID of a business key: servers that saw it drop the second copy."""
    return f"<{_digest(key)}@{domain}>"


def one_line(text: str) -> str:
    """People's text as a header may carry it: no line break nor other control character."""
    return re.sub(r"[ \x00-\x1f\x7f\x85\u2028\u2029]+", " ", text).strip(" ")


def address(email: str, name: str = "") -> Address:
    """An address that a server can be told, its domain in ASCII; refused when there is none."""
    local, _, domain = email.rpartition("@")
    try:
        known = Address(one_line(name), local, domain.encode("idna").decode())
    except ValueError as error:
        raise RefusedError(BAD_ADDRESS) from error
    if not ADDRESS.fullmatch(known.addr_spec):
        raise RefusedError(BAD_ADDRESS)
    return known


def own_address(setting: str) -> Address:
    """The address in one of our settings, « Name <a@b> » or « a@b »; a ValueError when there is none."""
    name, email = parseaddr(setting)
    try:
        return address(email, name)
    except RefusedError as error:
        message = f"{setting!r} is not an address of e-mail."
        raise ValueError(message) from error


def _worded(name: str, text: str) -> str:
    """A header of words."""
    return f"{name}: {text}" if _may_stand(name, text, text) else _encoded(name, text)


def _addressed(name: str, who: Address) -> str:
    """A header of one address, on a line of its own when the name is long or has accents."""
    if not who.display_name or _may_stand(name, who.display_name, str(who)):
        return f"{name}: {who}"
    return f"{_encoded(name, who.display_name)}{NEW_LINE} <{who.addr_spec}>"


def _may_stand(name: str, words: str, text: str) -> bool:
    """Whether these words may stand in a header as they are; « =? » would be read as encoded."""
    is_short = len(name) + len(": ") + len(text) <= LINE
    return is_short and words.isascii() and "=?" not in words


@lru_cache(256)
def _encoded(name: str, words: str) -> str:
    return f"{name}: {Header(words, 'utf-8', LINE, name).encode(linesep=NEW_LINE)}"


def _part(boundary: str, subtype: str, text: str) -> str:
    """One form of the letter, with the boundary that comes before it.

    Its seven bits pass everywhere, also through servers that never heard of 8BITMIME.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", NEW_LINE)
    return NEW_LINE.join(
        (
            f"--{boundary}",
            f'Content-Type: text/{subtype}; charset="utf-8"',
            "Content-Transfer-Encoding: quoted-printable",
            "",
            b2a_qp(lines.encode(), istext=True).decode(),
        )
    )


def _multipart(subtype: str, boundary: str) -> str:
    return f'Content-Type: multipart/{subtype};{NEW_LINE} boundary="{boundary}"'


def _beside(letter: Sequence[str], event: str, boundary: str) -> Sequence[str]:
    """The letter and its event in one, each a part."""
    return (
        _multipart("mixed", boundary),
        "",
        f"--{boundary}",
        *letter,
        f"--{boundary}",
        'Content-Type: text/calendar; charset="utf-8"; method=PUBLISH',
        "Content-Transfer-Encoding: quoted-printable",
        'Content-Disposition: attachment; filename="echeance.ics"',
        "",
        b2a_qp(event.encode(), istext=True).decode(),
        f"--{boundary}--",
        "",
    )


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:32]
