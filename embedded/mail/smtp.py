"""The SMTP side: take a letter, put it on disk, and only then say yes."""

import asyncio
from functools import partial

from aiosmtpd.smtp import SMTP, Envelope, Session

from embedded.mail.store import Store

BIGGEST_LETTER = 33_554_432


class Postman:
    """Hands every letter to the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (the name that aiosmtpd calls)
        """Answer 250 once the letter is durably kept, 451 when the disk refuses it."""
        content = envelope.content
        if not isinstance(content, bytes):
            return "500 Letters are bytes"
        keep = partial(self._store.keep, envelope.mail_from or "", envelope.rcpt_tos, content)
        try:
            summary = await asyncio.to_thread(keep)
        except OSError as error:
            return f"451 The letter could not be written: {error.strerror}"
        return f"250 Kept as {summary.id}"


async def serve_smtp(store: Store, host: str, port: int) -> asyncio.Server:
    """Listen for letters."""
    postman = Postman(store)

    def session() -> SMTP:
        return SMTP(
            postman, hostname="localhost", enable_SMTPUTF8=True, data_size_limit=BIGGEST_LETTER
        )

    return await asyncio.get_running_loop().create_server(session, host, port)
