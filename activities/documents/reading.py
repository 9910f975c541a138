"""What a PDF that somebody joined says and does, read in a process of its own."""

import asyncio
import sys
from pathlib import Path

from domain.refusals import N_, Refusal

READER = Path(__file__).with_name("pdf_text.py")
LOOKER = READER.with_name("pdf_active.py")
LOCKED, ACTIVE = 3, 5
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


_ACTIVE = N_(
    "Ce PDF contient un programme, un formulaire qui s’envoie seul ou un autre fichier : il n’est pas joint. "
    "Imprimez-le au format PDF, puis joignez le PDF obtenu."
)


async def text_of(path: Path, seconds: float = SECONDS) -> str:
    """The text of a PDF; a refusal when it is locked, cannot be read, or takes too long."""
    code, said = await _run_apart(READER, path, seconds)
    if code:
        raise Refusal(_LOCKED if code == LOCKED else _UNREADABLE)
    return said.decode("utf-8", "replace")


async def check_inert(path: Path, media_type: str, seconds: float = SECONDS) -> None:
    """Refuse a PDF that does more than show its pages; other kinds do nothing."""
    if media_type == "application/pdf":
        code, _ = await _run_apart(LOOKER, path, seconds)
        if code == ACTIVE:
            raise Refusal(_ACTIVE)


async def _run_apart(program: Path, path: Path, seconds: float) -> tuple[int, bytes]:
    reader = await asyncio.create_subprocess_exec(
        sys.executable,
        str(program),
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
    code = reader.returncode or 0
    # What the system stopped for its time or its memory was killed, and has a negative code.
    if code < 0:
        raise Refusal(_TOO_LONG)
    return code, said


async def _end(reader: asyncio.subprocess.Process) -> None:
    if reader.returncode is None:
        reader.kill()
        await reader.wait()
