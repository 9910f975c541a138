"""What a PDF that somebody joined says, read in a process of its own."""

import asyncio
import sys
from pathlib import Path

from domain.refusals import N_, Refusal

READER = Path(__file__).with_name("pdf_text.py")
LOCKED = 3
SECONDS = 20.0

_LOCKED = N_(
    "Ce PDF est protégé par un mot de passe : enregistrez-le sans protection, puis joignez-le. Votre "
    "brouillon est gardé."
)
_UNREADABLE = N_(
    "Ce PDF ne peut pas être lu : il est abîmé, incomplet, ou n’en est pas un. Enregistrez-le à nouveau "
    "au format PDF, puis joignez-le. Votre brouillon est gardé."
)
_TOO_LONG = N_(
    "Ce PDF est trop long à lire : joignez les pages utiles, ou enregistrez-le plus simplement. Votre "
    "brouillon est gardé."
)


async def text_of(path: Path, seconds: float = SECONDS) -> str:
    """The text of a PDF; a refusal when it is locked, cannot be read, or takes too long."""
    reader = await asyncio.create_subprocess_exec(
        sys.executable,
        str(READER),
        str(path),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONIOENCODING": "utf-8:replace"},
    )
    try:
        said, _ = await asyncio.wait_for(reader.communicate(), seconds)
    except TimeoutError:
        raise Refusal(_TOO_LONG) from None
    finally:
        await _end(reader)
    if reader.returncode:
        # What the system stopped for its time or its memory was killed, and has a negative code.
        is_stopped = reader.returncode < 0
        is_locked = reader.returncode == LOCKED
        raise Refusal(_TOO_LONG if is_stopped else _LOCKED if is_locked else _UNREADABLE)
    return said.decode("utf-8", "replace")


async def _end(reader: asyncio.subprocess.Process) -> None:
    if reader.returncode is None:
        reader.kill()
        await reader.wait()
