"""A letter as it was received: its envelope, its headers, its text, its HTML."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cached_property

POLICY = email.policy.default


@dataclass(frozen=True, slots=True)
class Summary:
    """What the list shows of a letter."""

    id: str
    received_at: datetime
    sender: str
    receivers: tuple[str, ...]
    subject: str
    message_id: str

    def is_to(self, receiver: str) -> bool:
        """Whether this text is part of a receiver's address."""
        return any(receiver.casefold() in address.casefold() for address in self.receivers)


@dataclass(frozen=True)
class Letter:
    """A whole letter."""

    id: str
    raw: bytes

    @cached_property
    def message(self) -> EmailMessage:
        """The parsed letter."""
        return email.message_from_bytes(self.raw, policy=POLICY)

    @cached_property
    def _head(self) -> EmailMessage:
        """The headers alone: a list needs no more."""
        return BytesParser(policy=POLICY).parsebytes(self.raw, headersonly=True)

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Every header, in order."""
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        """The plain text of the letter, or nothing."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML of the letter, or nothing."""
        return self._body("html")

    @property
    def attachments(self) -> list[str]:
        """The names of the attached files."""
        return [part.get_filename() or "" for part in self.message.iter_attachments()]

    @property
    def summary(self) -> Summary:
        """What the list shows of this letter."""
        received_ns = int(self.id.partition("-")[0])
        return Summary(
            id=self.id,
            received_at=datetime.fromtimestamp(received_ns / 1e9, UTC),
            sender=str(self._head["From"] or ""),
            receivers=tuple(str(value) for value in self._head.get_all("Delivered-To", [])),
            subject=str(self._head["Subject"] or ""),
            message_id=self._as_sent("message-id"),
        )

    def _as_sent(self, header: str) -> str:
        # The parser cuts a Message-ID at the first character that RFC 5322 does not allow in it.
        found = (str(value) for name, value in self._head.raw_items() if name.lower() == header)
        return next(found, "").strip()

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()).replace("\r\n", "\n") if part else ""
