"""What the machine must have: an interpreter, programs, room, ports, a browser for tests."""

import os
import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from embedded import catalogue, postgres_files, temporal
from embedded.doctor.findings import Finding, weak, well, wrong
from embedded.ports import refuse_taken_port
from embedded.refusals import EmbeddedError
from embedded.state import StateFolder
from settings import DEVELOPMENT_SECRET, Settings

OLDEST_PYTHON = (3, 11)
ROOM_WANTED = 1_000_000_000
SECRET_LENGTH = 32
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def look_at_machine(settings: Settings) -> list[Finding]:
    """Everything that can be seen without asking a server."""
    return [
        python_version(),
        program("PostgreSQL program", lambda: postgres_files.program("postgres")),
        program("Temporal program", temporal.program),
        folder(settings),
        room(settings),
        *ports(settings),
        secret(settings),
        browser(),
    ]


def python_version() -> Finding:
    """The interpreter is recent enough."""
    seen = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return wrong("Python", seen, "install Python 3.11 or later")
    return well("Python", seen)


def program(subject: str, find: Callable[[], Path]) -> Finding:
    """A program that came with a wheel is there and may be run."""
    try:
        path = find()
    except EmbeddedError as error:
        return weak(subject, "missing", f"{error} Only `trophees up` needs it.")
    if not os.access(path, os.X_OK):
        return wrong(subject, f"{path} cannot be run", f"chmod +x {path}")
    return well(subject, str(path))


def folder(settings: Settings) -> Finding:
    """The state folder can be written."""
    path = settings.state_dir.resolve()
    existing = next(place for place in (path, *path.parents) if place.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        remedy = "give yourself the right to, or set TROPHEES_STATE_DIR"
        return wrong("State folder", f"{path} cannot be written", remedy)
    return well("State folder", str(path))


def room(settings: Settings) -> Finding:
    """The disk has room."""
    path = settings.state_dir.resolve()
    existing = next(place for place in (path, *path.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    seen = f"{free / 1e9:.1f} GB free"
    if free < ROOM_WANTED:
        return weak("Disk", seen, "make room: PostgreSQL stops when the disk is full")
    return well("Disk", seen)


def ports(settings: Settings) -> list[Finding]:
    """The ports of the embedded parts are free, or ours."""
    if StateFolder(settings.state_dir).published():
        return [well("Ports", "held by the service that runs")]
    try:
        parts = catalogue.parts(settings, catalogue.EVERYTHING)
    except EmbeddedError:
        return []
    return [_port(port.number, port.purpose, port.setting) for part in parts for port in part.ports]


def _port(number: int, purpose: str, setting: str) -> Finding:
    try:
        refuse_taken_port(number, purpose, setting)
    except EmbeddedError as error:
        return wrong(f"Port {number}", "taken", str(error))
    return well(f"Port {number}", f"free for {purpose}")


def secret(settings: Settings) -> Finding:
    """The secret that signs sessions is one's own, and long."""
    value = settings.secret_key.get_secret_value()
    remedy = "set TROPHEES_SECRET_KEY to the answer of `openssl rand -hex 32`"
    if value == DEVELOPMENT_SECRET:
        return weak("Secret", "that of development, known to everybody", remedy)
    if len(value) < SECRET_LENGTH:
        return wrong("Secret", f"shorter than {SECRET_LENGTH} characters", remedy)
    return well("Secret", "long, and one's own")


def browser() -> Finding:
    """A browser is there for the tests that open pages."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        remedy = "only the browser tests need it: `playwright install chromium`"
        return weak("Browser", "no Chromium on the path", remedy)
    return well("Browser", found)
