"""Connections to the submission server, kept open from one letter to the next."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from aiosmtplib import SMTP, SMTPException

from activities.letters.outcomes import NotSentError, about_server
from settings import Settings

# Seconds for any one answer of the server.
STEP = 10.0


class Lines:
    """Open connections, the last one used first."""

    def __init__(self, settings: Settings, local_hostname: str) -> None:
        self._settings = settings
        self._local_hostname = local_hostname
        self._idle: list[SMTP] = []

    @asynccontextmanager
    async def line(self) -> AsyncGenerator[SMTP]:
        """A connection that answers; kept afterwards, unless something was left unsaid on it."""
        server = await self._one_that_answers()
        try:
            yield server
        except NotSentError:
            self._idle.append(server)
            raise
        except BaseException:
            server.close()
            raise
        self._idle.append(server)

    async def close(self) -> None:
        """Take leave of the server."""
        while self._idle:
            with suppress(SMTPException, OSError):
                await self._idle.pop().quit()

    async def _one_that_answers(self) -> SMTP:
        while self._idle:
            server = self._idle.pop()
            try:
                # Servers hang up on silence and after a number of letters; RSET says so before any
                # letter is at stake.
                await server.rset()
            except (SMTPException, OSError):
                server.close()
            except BaseException:
                server.close()
                raise
            else:
                return server
        return await self._open()

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
