"""A conversation with the submission server that sends nothing, told step by step."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPSenderRefused,
    SMTPTimeoutError,
)

from activities.letters.lines import STEP
from activities.letters.parcel import own_address
from settings import Settings

Talk = Callable[[], Awaitable[object]]


class MailCheckError(Exception):
    """The server cannot be used as the settings say; the message says what to look at."""


async def check(settings: Settings, recipient: str) -> AsyncIterator[str]:
    """Say each step that went well; raise a sentence about the first that did not. No letter leaves."""
    sender = own_address(settings.mail_sender).addr_spec
    # What is asked by the settings is done here in plain sight, one step at a time.
    server = SMTP(
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        use_tls=settings.smtp_tls,
        start_tls=False,
        local_hostname=sender.rpartition("@")[2],
        timeout=STEP,
    )
    try:
        await _try(server.connect, settings)
        yield f"{settings.smtp_host}:{settings.smtp_port} answers" + (
            " over TLS" if settings.smtp_tls else ""
        )
        if settings.smtp_starttls:
            await _try(server.starttls, settings)
            yield "STARTTLS: the certificate is good"
        if settings.smtp_username:
            await _try(lambda: _log_in(server, settings), settings)
            yield f"{settings.smtp_username} may sign in"
        await _try(lambda: server.mail(sender), settings)
        yield f"{sender} may write"
        await _try(lambda: server.rcpt(recipient), settings)
        yield f"{recipient} may be written to"
        with suppress(SMTPException, OSError):
            await server.rset()
            await server.quit()
    finally:
        server.close()


async def _log_in(server: SMTP, settings: Settings) -> None:
    password = settings.smtp_password
    await server.login(
        settings.smtp_username or "", password.get_secret_value() if password else ""
    )


async def _try(talk: Talk, settings: Settings) -> None:
    try:
        await talk()
    except (SMTPException, OSError, ssl.SSLError) as error:
        raise MailCheckError(_sentence(error, settings)) from error


def _sentence(error: Exception, settings: Settings) -> str:
    said = getattr(error, "message", "") or str(error) or type(error).__name__
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return (
                f"TLS with {where} fails ({cause.reason or said}): look at the certificate of the server and at "
                "TROPHEES_SMTP_TLS (from the start, mostly port 465) and TROPHEES_SMTP_STARTTLS (mostly port 587)."
            )
        cause = cause.__cause__
    if "not supported" in said:
        # Mostly a plain SMTPException.
        return f"{LACKING.format(where=where)} It said: {said}"
    for kind, advice in ADVICE.items():
        if isinstance(error, kind):
            return f"{advice.format(where=where)} It said: {said}"
    return f"{where} does not go on. It said: {said}"


LACKING = "{where} lacks what the settings ask for: look at TROPHEES_SMTP_STARTTLS and TROPHEES_SMTP_USERNAME."
# The first that fits says what to look at.
ADVICE: dict[type[Exception], str] = {
    SMTPAuthenticationError: "{where} refuses the sign-in: look at TROPHEES_SMTP_USERNAME and TROPHEES_SMTP_PASSWORD.",
    SMTPSenderRefused: "{where} does not let this sender write: look at TROPHEES_MAIL_SENDER and at who may send for its domain.",
    SMTPRecipientRefused: "{where} does not take letters to this recipient: it may be no relay for us, or want a sign-in.",
    SMTPTimeoutError: "{where} does not answer in time: look at TROPHEES_SMTP_HOST, TROPHEES_SMTP_PORT and the firewall.",
    SMTPConnectError: "{where} cannot be reached: look at TROPHEES_SMTP_HOST and TROPHEES_SMTP_PORT.",
}
