"""A real SMTP server in the test process, which records, and misbehaves when told to."""

import asyncio
import email
import email.policy
import ssl
import warnings
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from email.message import EmailMessage
from functools import partial

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from embedded.ports import free_ports

TAKEN = "250 Taken"


class PostOffice:
    """What arrived, and what to answer next."""

    def __init__(self) -> None:
        self.port = 0
        self.received: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.says_to_recipients: deque[str] = deque()
        self.says_to_letters: deque[str] = deque()
        self.hangs_up_instead_of_answering = 0
        self.silent = False
        self._waited_for = (0, asyncio.Event())

    @property
    def ids(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.received]

    async def has_received(self, count: int) -> None:
        """Wait until that many letters have come."""
        self._waited_for = (count, asyncio.Event())
        if len(self.received) < count:
            await self._waited_for[1].wait()

    async def handle_RCPT(  # noqa: N802  (the name that aiosmtpd calls)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.says_to_recipients:
            return self.says_to_recipients.popleft()
        envelope.rcpt_tos.append(address)
        return "250 Known"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.says_to_letters:
            return self.says_to_letters.popleft()
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(email.message_from_bytes(content, policy=email.policy.default))
        self.recipients.extend(envelope.rcpt_tos)
        count, arrived = self._waited_for
        if len(self.received) >= count:
            arrived.set()
        if self.silent:
            await asyncio.sleep(60)
        if self.hangs_up_instead_of_answering:
            self.hangs_up_instead_of_answering -= 1
            assert server.transport is not None
            server.transport.abort()
        return TAKEN


@asynccontextmanager
async def opened(
    office: PostOffice, password: str = "", tls: ssl.SSLContext | None = None
) -> AsyncGenerator[PostOffice]:
    """The office at work; its port stays the same when it opens again."""
    office.port = office.port or next(iter(_free()))
    sessions: list[SMTP] = []

    def session() -> SMTP:
        office.connections += 1
        # It warns of passwords in clear, which is what a test wants to see.
        with warnings.catch_warnings(action="ignore"):
            sessions.append(
                SMTP(
                    office,
                    hostname="localhost",
                    enable_SMTPUTF8=True,
                    authenticator=partial(_knows, password) if password else None,
                    auth_required=bool(password),
                    auth_require_tls=tls is not None,
                    tls_context=tls,
                    require_starttls=tls is not None,
                )
            )
        return sessions[-1]

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", office.port)
    try:
        yield office
    finally:
        server.close()
        for each in sessions:
            if each.transport is not None:
                each.transport.abort()
        await asyncio.sleep(0)


def _knows(
    password: str, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object
) -> AuthResult:
    right = isinstance(given, LoginPassword) and given.password == password.encode()
    return AuthResult(success=right, handled=right)


def _free() -> Iterable[int]:
    return free_ports(1)
