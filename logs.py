"""How every process speaks to its operator: events with ids, never a person's name, address or secret."""

import json
import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from structlog.typing import EventDict, ExcInfo, Processor

    from settings import Settings

# Libraries whose ordinary lines quote addresses that were asked, words of search included.
TALKATIVE = ("httpx", "httpcore", "aiosmtplib", "mail.log", "multipart", "python_multipart")
FRAMES = 6

# What must never be read in a log, whoever wrote the line, and what is read instead.
HIDDEN = (
    # The link by which a person comes in, and anything that we signed.
    (re.compile(r"(/connexion/)(?!{)[^\s\"'<>?#]+"), r"\1…"),
    (re.compile(r"\b[\w-]{16,}\.[\w-]{20,}\b"), "…"),
    # What follows the path of an address: words of search, addresses of people, tokens.
    (re.compile(r"(/[^\s\"'?]*)\?[^\s\"'<>]+"), r"\1?…"),
    # Passwords in the addresses of servers, and keys of programs.
    (re.compile(r"(://[^\s:/@]*):[^\s/@]+@"), r"\1:…@"),
    (re.compile(r"(bearer\s+)\S+", re.IGNORECASE), r"\1…"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "<…>"),
)


def configure_logs(settings: "Settings", stream: TextIO = sys.stdout) -> None:
    """Have this process write JSON lines in production, readable lines in development."""
    import structlog  # noqa: PLC0415  (a command that says `--help` must not wait)

    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    known = (structlog.stdlib.add_logger_name, structlog.stdlib.add_log_level, stamp)
    last: tuple[Processor, ...] = (
        (structlog.processors.format_exc_info, hide, structlog.dev.ConsoleRenderer(colors=False))
        if settings.is_development
        else (shorten_failure, hide, structlog.processors.JSONRenderer(json.dumps))
    )
    structlog.configure(
        processors=[*known, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    _speak(
        structlog.stdlib.ProcessorFormatter(processors=[meta, *last], foreign_pre_chain=known),
        stream,
        settings.log_level.upper(),
    )


def configure_command_logs() -> None:
    """Have a command say on its error output what its libraries warn of, in a line each."""
    _speak(_Plain("%(levelname)s %(name)s: %(message)s"), sys.stderr, "WARNING")


def configure_engine_logs() -> None:
    """Have the core of the Temporal client, which is not Python, speak as the rest does."""
    from temporalio.runtime import (  # noqa: PLC0415  (slow)
        LogForwardingConfig,
        LoggingConfig,
        Runtime,
        TelemetryConfig,
        TelemetryFilter,
    )

    forwarded = LogForwardingConfig(logger=logging.getLogger("temporalio.core"))
    levels = TelemetryFilter(core_level="WARN", other_level="ERROR")
    telemetry = TelemetryConfig(logging=LoggingConfig(filter=levels, forwarding=forwarded))
    Runtime.set_default(Runtime(telemetry=telemetry), error_if_already_set=False)


def hidden(text: str) -> str:
    """The text without addresses of people, links that let in, questions of addresses and secrets."""
    for wrong, instead in HIDDEN:
        text = wrong.sub(instead, text)
    return text


def hide(_logger: object, _name: str, event: "EventDict") -> "EventDict":
    """Hide, in everything that a line says, what no log may keep."""
    return {name: _hidden(value) for name, value in event.items()}


def shorten_failure(_logger: object, _name: str, event: "EventDict") -> "EventDict":
    """Say where it failed, never with what: messages of exceptions quote what people typed."""
    failure: ExcInfo | BaseException | bool | None = event.pop("exc_info", None)
    if failure is True:
        failure = cast("ExcInfo", sys.exc_info())
    error = failure[1] if isinstance(failure, tuple) else failure
    if isinstance(error, BaseException):
        event["kind"] = type(error).__qualname__
        event["at"] = [line.strip() for line in traceback.format_tb(error.__traceback__)[-FRAMES:]]
    return event


class _Plain(logging.Formatter):
    """A line for people, with nothing that must be hidden."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return hidden(super().format(record))


def _hidden(value: object) -> object:
    if isinstance(value, str):
        return hidden(value)
    if isinstance(value, MutableMapping):
        inner = cast("MutableMapping[object, object]", value)
        return {name: _hidden(each) for name, each in inner.items()}
    if isinstance(value, list | tuple):
        return [_hidden(each) for each in cast("list[object]", value)]
    return value if isinstance(value, int | float | None) else hidden(str(value))


def _speak(formatter: logging.Formatter, stream: TextIO, level: str) -> None:
    """One way out for every logger of the process, those of libraries included."""
    way_out = logging.StreamHandler(stream)
    way_out.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [way_out]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        # Its lines quote whole addresses; `api.access_log` says what may be said of a request.
        logger.propagate = name != "uvicorn.access"
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
