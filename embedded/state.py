"""The state folder: writable, held by one supervisor, and telling others where the parts are."""

import fcntl
import json
import os
import secrets
from pathlib import Path

from embedded.refusals import AlreadyRunningError, EmbeddedError


class StateFolder:
    """A folder that one supervisor at a time may hold."""

    def __init__(self, folder: Path) -> None:
        self.path = folder.resolve()
        self.logs = self.path.parent / "log"
        self._lock: int | None = None

    def hold(self) -> None:
        """Make the folder and hold it, or raise the sentence that says why not."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.logs.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.path / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            message = (
                f"The folder {self.path} cannot be written ({error.strerror}): "
                "give yourself the right to, or choose another with TROPHEES_STATE_DIR=<folder>."
            )
            raise EmbeddedError(message) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            message = f"The service already runs from {self.path}."
            raise AlreadyRunningError(message) from None
        self._lock = lock

    def release(self) -> None:
        """Let another supervisor hold the folder."""
        (self.path / "running.json").unlink(missing_ok=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def publish(self, offers: dict[str, str]) -> None:
        """Tell the other commands of this folder where the parts are."""
        draft = self.path / "running.json.new"
        draft.write_text(json.dumps(offers, indent=1), encoding="utf-8")
        draft.chmod(0o600)
        draft.replace(self.path / "running.json")

    def published(self) -> dict[str, str]:
        """The environment of the parts that run from this folder, or nothing."""
        path = self.path / "running.json"
        if not path.exists():
            return {}
        return {
            str(name): str(value) for name, value in json.loads(path.read_text("utf-8")).items()
        }

    def token(self) -> str:
        """The development token of the API, made once."""
        path = self.path / "api-token"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32), encoding="utf-8")
        return path.read_text(encoding="utf-8").strip()
