"""The mail server as the supervisor sees it."""

import asyncio

from embedded.parts import Part, Port, python
from embedded.ports import HERE, is_listening
from embedded.readiness import is_answering
from settings import Settings


def part(settings: Settings) -> Part:
    """The SMTP server and its mailbox, in one process."""
    folder = settings.state_dir.resolve() / "mail"
    smtp, mailbox = settings.smtp_port, settings.mailbox_port

    async def ready() -> bool:
        takes_letters = await asyncio.to_thread(is_listening, smtp)
        return takes_letters and await is_answering(f"http://{HERE}:{mailbox}/health")

    return Part(
        name="mail",
        title="Mail and mailbox",
        command=python("-m", "embedded.mail", str(folder), HERE, str(smtp), str(mailbox)),
        is_ready=ready,
        ports=(
            Port(smtp, "mail", "TROPHEES_SMTP_PORT"),
            Port(mailbox, "the mailbox", "TROPHEES_MAILBOX_PORT"),
        ),
        offers={
            "TROPHEES_SMTP_HOST": HERE,
            "TROPHEES_SMTP_PORT": str(smtp),
            "TROPHEES_SMTP_STARTTLS": "false",
            "TROPHEES_SMTP_TLS": "false",
            "TROPHEES_MAILBOX_PORT": str(mailbox),
        },
    )
