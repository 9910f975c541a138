"""Connections to the submission server, kept open from one letter to the next."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from aiosmtplib import SMTP, SMTPException

from activities.letters.outcomes import NotSentError, about_server
from settings import Settings

# Seconds for any one answer of the server.
STEP = 10.0
# Seconds for which a server that took a letter is believed to listen still.
FRESH = 2.0
NEVER = float("-inf")

# The first words of a letter, which harm nothing when they are lost.
Begin = Callable[[SMTP], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Idle:
    """A connection that nobody uses, and when it last took a letter with nothing left to take back."""

    server: SMTP
    clean_at: float


class Lines:
    """Open connections, the last one used first."""

    def __init__(self, settings: Settings, local_hostname: str) -> None:
        self._settings = settings
        self._local_hostname = local_hostname
        self._idle: list[Idle] = []

    @asynccontextmanager
    async def line(self, begin: Begin) -> AsyncGenerator[SMTP]:
        """A connection on which a letter has begun; kept, unless something was left unsaid on it."""
        server = await self._one_that_answers(begin)
        try:
            yield server
        except NotSentError:
            self._idle.append(Idle(server, NEVER))
            raise
        except BaseException:
            server.close()
            raise
        self._idle.append(Idle(server, asyncio.get_running_loop().time()))

    async def close(self) -> None:
        """Take leave of the server."""
        while self._idle:
            with suppress(SMTPException, OSError):
                await self._idle.pop().server.quit()

    async def _one_that_answers(self, begin: Begin) -> SMTP:
        while self._idle:
            idle = self._idle.pop()
            # Servers hang up on silence and after a number of letters, which the first words find out:
            # then another connection is tried, before any letter is at stake.
            with suppress(SMTPException, OSError):
                await self._begin(idle, begin)
                return idle.server
        server = await self._open()
        try:
            await self._begin(Idle(server, asyncio.get_running_loop().time()), begin)
        except (SMTPException, OSError) as error:
            raise about_server(error) from error
        return server

    async def _begin(self, idle: Idle, begin: Begin) -> None:
        """Say the first words; a connection on which they fail is closed."""
        try:
            if asyncio.get_running_loop().time() - idle.clean_at > FRESH:
                await idle.server.rset()
            await begin(idle.server)
        except NotSentError:
            self._idle.append(Idle(idle.server, NEVER))
            raise
        except BaseException:
            idle.server.close()
            raise

    async def _open(self) -> SMTP:
        password = self._settings.smtp_password
        server = SMTP(
            hostname=self._settings.smtp_host,
            port=self._settings.smtp_port,
            username=self._settings.smtp_username,
            password=password.get_secret_value() if password else None,
            use_tls=self._settings.smtp_tls,
            start_tls=self._settings.smtp_starttls,
            local_hostname=self._local_hostname,
            timeout=STEP,
        )
        try:
            await server.connect()
            if server.is_ehlo_or_helo_needed:
                await server.ehlo()
        except (SMTPException, OSError) as error:
            server.close()
            raise about_server(error) from error
        except BaseException:
            server.close()
            raise
        return server
