"""Run a command that dies with its parent: `leash.py PARENT SIGNAL USER COMMAND...`.

It replaces itself by the command, so the process keeps its number. Beyond Linux, where the kernel
offers no such bond, the command simply runs and the next `trophees up` stops what was left.
"""

import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1
NOBODY_ELSE = "-"


def main(parent: int, last_signal: int, user: str, command: list[str]) -> None:
    """Become the user, tie the bond, become the command."""
    if user != NOBODY_ELSE:
        become(user)
    # After the change of user, which would clear the bond.
    tie(last_signal)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    os.execv(command[0], command)  # noqa: S606  (the supervisor chose the command)


def become(user: str) -> None:
    """Give up root for good, since PostgreSQL refuses to run as root."""
    account = pwd.getpwnam(user)
    os.initgroups(user, account.pw_gid)
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)


def tie(last_signal: int) -> None:
    """Ask the kernel to send this signal when the parent dies, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, last_signal, 0, 0, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
