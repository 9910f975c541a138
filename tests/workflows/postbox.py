"""A real SMTP server in the test's process, which keeps the letters that it accepts."""

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from embedded.ports import free_ports


class Postbox:
    """Where letters arrive."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.pause = 0.0
        self.host = "127.0.0.1"
        self.port = free_ports(1)[0]
        self._controller = Controller(self, hostname=self.host, port=self.port)
        self._controller.start()

    async def handle_DATA(  # noqa: N802  (aiosmtpd's name for it)
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        """Keep the letter, then accept it, after the pause that the test wants."""
        await asyncio.sleep(self.pause)
        letter = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def stop(self) -> None:
        """Close the door."""
        self._controller.stop()
