"""What both sides of the world of rights are made with."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from storage.drafts.attachments import path_of

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n%a letter\n"
EVIDENCE = {
    "score": "70",
    "is_laureate": True,
    "title": "Un tuteur pour chacun",
    "summary": "Chaque personne a un tuteur.",
    "company": "Menuiserie",
    "rank": 1,
    "ranked": 1,
    "readings": 3,
    "spread": "5",
    "version": 1,
    "file_fingerprint": "0" * 64,
    "calendar_version": 1,
    "minutes": {"signed_at": NOW.isoformat(), "fingerprint": "0" * 64},
    "criteria": {},
}


def keep_bytes(uploads: Path, row: UUID) -> None:
    """Write the bytes of a joined file where its row says."""
    path = path_of(uploads, row)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PDF)
