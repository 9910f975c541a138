"""Find out whether a port is free, who holds it, and which ones can be had."""

import secrets
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING

from embedded.refusals import EmbeddedError

if TYPE_CHECKING:
    from psutil import Process

HERE = "127.0.0.1"
# Below the ports that systems give to outgoing connections, which would take one between our look
# and its use.
LOWEST, HOW_MANY = 10_000, 20_000


def is_free(port: int, host: str = HERE) -> bool:
    """Whether a server could listen on this port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Connections that linger after a stop do not count; a listener does.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def is_listening(port: int, host: str = HERE) -> bool:
    """Whether something accepts connections on this port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def free_ports(count: int) -> list[int]:
    """Distinct ports that were free a moment ago; for tests and benchmarks."""
    with ExitStack() as held:
        return [_held_port(held) for _ in range(count)]


def refuse_taken_port(port: int, purpose: str, setting: str) -> None:
    """Raise the sentence that says who holds the port and which setting moves it."""
    if is_free(port):
        return
    holder = _holder_of(port)
    remedy = (
        f"stop it (`kill {holder.pid}`)" if holder else f"find its owner with `lsof -i :{port}`"
    )
    taken_by = f" by {holder.name()} (process {holder.pid})" if holder else ""
    message = (
        f"Port {port}, wanted for {purpose}, is taken{taken_by}: {remedy}, "
        f"or choose another port with {setting}=<port>."
    )
    raise EmbeddedError(message)


def _held_port(held: ExitStack) -> int:
    while True:
        # The system's own chance: tests fix that of `random`, and would all choose the same.
        port = LOWEST + secrets.randbelow(HOW_MANY)
        probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            probe.bind((HERE, port))
        except OSError:
            probe.close()
        else:
            held.enter_context(probe)
            return port


def _holder_of(port: int) -> "Process | None":
    try:
        import psutil  # noqa: PLC0415  (comes with the embedded parts, not with production)
    except ImportError:
        return None
    try:
        listeners = [
            c for c in psutil.net_connections(kind="tcp") if c.status == psutil.CONN_LISTEN
        ]
        holders = [c.pid for c in listeners if c.pid and c.laddr and c.laddr[1] == port]
        return psutil.Process(holders[0]) if holders else None
    except psutil.Error:
        return None
