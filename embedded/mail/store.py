"""The letters on disk: one file each, written, synced, then renamed, as a maildir does."""

import itertools
import os
import time
from pathlib import Path

from embedded.mail.letters import Letter, Summary


class Store:
    """A folder of letters, with their summaries at hand."""

    def __init__(self, folder: Path) -> None:
        self._drafts = folder / "tmp"
        self._kept = folder / "new"
        for place in (self._drafts, self._kept):
            place.mkdir(parents=True, exist_ok=True)
        self._counter = itertools.count()
        self._summaries = {
            path.stem: self.read(path.stem).summary for path in sorted(self._kept.glob("*.eml"))
        }

    def keep(self, sender: str, receivers: list[str], content: bytes) -> Summary:
        """Put a letter durably on disk; when this returns, a power cut does not lose it."""
        name = f"{time.time_ns()}-{os.getpid()}-{next(self._counter)}"
        letter = Letter(name, _envelope(sender, receivers) + content)
        self._write(name, letter.raw)
        self._summaries[name] = summary = letter.summary
        return summary

    def newest(self, receiver: str = "") -> list[Summary]:
        """The letters, newest first, to a receiver if one is given."""
        return [
            one for _, one in sorted(self._summaries.items(), reverse=True) if one.is_to(receiver)
        ]

    def find(self, name: str) -> Letter | None:
        """A letter by its id."""
        return self.read(name) if name in self._summaries else None

    def read(self, name: str) -> Letter:
        """A letter that is known to be there."""
        return Letter(name, (self._kept / f"{name}.eml").read_bytes())

    def _write(self, name: str, raw: bytes) -> None:
        draft = self._drafts / f"{name}.eml"
        with draft.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self._kept / draft.name)
        _sync_folder(self._kept)


def _envelope(sender: str, receivers: list[str]) -> bytes:
    lines = [f"Return-Path: <{sender}>", *(f"Delivered-To: {one}" for one in receivers)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
