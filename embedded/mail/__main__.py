"""Run the mail server: `python -m embedded.mail FOLDER HOST SMTP_PORT MAILBOX_PORT`."""

import asyncio
import sys
from pathlib import Path

import uvicorn

from embedded.mail.pages import create_mailbox
from embedded.mail.smtp import serve_smtp
from embedded.mail.store import Store


async def main(folder: Path, host: str, smtp_port: int, mailbox_port: int) -> None:
    """Take letters and show them until told to stop."""
    store = Store(folder)
    smtp = await serve_smtp(store, host, smtp_port)
    mailbox = create_mailbox(store)
    config = uvicorn.Config(
        mailbox,
        host=host,
        port=mailbox_port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    await uvicorn.Server(config).serve()
    smtp.close()


if __name__ == "__main__":
    place, listen, post, web = sys.argv[1:]
    asyncio.run(main(Path(place), listen, int(post), int(web)))
