"""The desk of those who run the charter: board, files, reports, adherents, letters, versions."""

from fastapi import APIRouter

from api.pages.charter.organiser import (
    adherent,
    adherents,
    board,
    files,
    letters,
    report,
    reports,
    roles,
    versions,
)

router = APIRouter()
for page in (board, files, reports, report, adherents, adherent, roles, letters, versions):
    router.include_router(page.router)
