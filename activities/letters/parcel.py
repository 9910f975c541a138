"""A written letter packed for SMTP: headers, text and HTML, and the envelope around them."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from hashlib import sha256

from activities.letters.outcomes import RefusedError
from domain.refusals import N_

# Seven bits pass everywhere, also through servers that never heard of 8BITMIME.
POLICY = SMTP.clone(cte_type="7bit")
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


@dataclass(frozen=True, slots=True)
class Parcel:
    """Bytes for a server, and the addresses of the envelope."""

    sender: str
    recipient: str
    content: bytes
    international: bool


def pack(written: Written, label: Label, author: Address, contact: Address) -> Parcel:
    """Give the letter as RFC 5322 bytes, under the same Message-ID whenever it is sent."""
    reader = address(label.email, label.name)
    international = not reader.addr_spec.isascii()
    message = EmailMessage(policy=POLICY.clone(utf8=international))
    message["Subject"] = one_line(written.subject)
    message["From"] = author
    message["To"] = reader
    message["Reply-To"] = contact
    message["Date"] = label.at
    message["Message-ID"] = message_id(label.key, author.domain)
    if label.thread:
        message["In-Reply-To"] = message_id(label.thread, author.domain)
        message["References"] = message_id(label.thread, author.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    # After the parts: a Content-* header of before would have gone down with the text.
    message["Content-Language"] = label.language
    return Parcel(author.addr_spec, reader.addr_spec, message.as_bytes(), international)


def message_id(key: str, domain: str) -> str:
    """The Message-ID of a business key: servers that saw it drop the second copy."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"


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
