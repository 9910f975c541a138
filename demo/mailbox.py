"""The letters that people received, read from the mailbox as a program would."""

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from demo.kinds import kind_of

GLANCE = 0.1
PATIENCE = 30.0
ADDRESS = re.compile(r"https?://[^\s<>\"')]+")


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as the list of the mailbox shows it."""

    id: str
    to: str
    subject: str
    message_id: str

    @property
    def kind(self) -> str:
        """What the letter is about, by its subject."""
        return kind_of(self.subject)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was opened."""

    envelope: Envelope
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """The value of a header, or nothing."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), "")

    def says(self, words: str) -> bool:
        """Whether the text holds these words, however it sets their spaces."""
        return _plain(words) in _plain(f"{self.envelope.subject}\n{self.text}")

    def link(self, part: str) -> str:
        """The path of the first address in the text that contains this; empty when there is none."""
        for found in ADDRESS.finditer(self.text):
            split = urlsplit(found.group().rstrip(".,"))
            if part in split.path:
                return split.path + (f"?{split.query}" if split.query else "")
        return ""


class NoLetterError(Exception):
    """A letter that the story needs did not come."""


class Mailbox:
    """Everybody's letters."""

    def __init__(self, address: str) -> None:
        self.sign_ins: Counter[str] = Counter()
        self._older: frozenset[str] = frozenset()
        self._client = httpx.AsyncClient(base_url=address, timeout=30, trust_env=False)

    async def close(self) -> None:
        """Stop reading."""
        await self._client.aclose()

    async def begin_now(self) -> None:
        """Leave aside what is there already, from an earlier year."""
        self._older = frozenset(each.id for each in await self.envelopes())

    async def envelopes(self, receiver: str = "") -> list[Envelope]:
        """The letters to somebody, or to everybody, oldest first."""
        answer = await self._client.get("/api/messages", params={"to": receiver})
        found = [
            Envelope(
                id=str(each["id"]),
                to=str(each["receivers"][0]),
                subject=str(each["subject"]),
                message_id=str(each["message_id"]),
            )
            for each in answer.json()
            if str(each["id"]) not in self._older
        ]
        return found[::-1]

    async def opened(self, envelope: Envelope) -> Letter:
        """A letter with its texts."""
        told: dict[str, Any] = (await self._client.get(f"/api/messages/{envelope.id}")).json()
        headers = tuple((str(name), str(value)) for name, value in told["headers"])
        return Letter(envelope, str(told["text"]), str(told["html"]), headers)

    async def wait_for(
        self, receiver: str, kind: str, *, after: int = 0, patience: float = PATIENCE
    ) -> Letter:
        """The letter of that kind to somebody, past the first ones that they had; waits for it."""
        until = time.monotonic() + patience
        while True:
            letters = await self.envelopes(receiver)
            found = next((each for each in letters[after:] if each.kind == kind), None)
            if found is not None:
                return await self.opened(found)
            if time.monotonic() > until:
                subjects = ", ".join(f"“{each.subject}”" for each in letters) or "nothing"
                message = (
                    f"No letter {kind} came to {receiver} in {patience:.0f} s; there: {subjects}."
                )
                raise NoLetterError(message)
            await asyncio.sleep(GLANCE)


def _plain(words: str) -> str:
    return " ".join(words.replace("\u2019", "'").split()).casefold()
