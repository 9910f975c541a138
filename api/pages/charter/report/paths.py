"""The addresses of the pages of a yearly report."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

# Of other numbers there is no year, nor a row that could hold them.
Year = Annotated[int, Path(ge=1900, le=9999)]

REPORT = "/adhesions/{adherence_id}/bilan/{year}"
REVIEW, EVIDENCE, SUPPORT = "relecture", "pieces", "soutien"


def report_at(adherence_id: UUID, year: int) -> str:
    """The report of a year: to write, or to read once it is sent."""
    return f"/adhesions/{adherence_id}/bilan/{year}"
