"""The pages of jurors and of the chair of a jury."""

from fastapi import APIRouter

from api.pages.jury import (
    card,
    closing,
    conflicts,
    deliberation,
    files,
    home,
    minutes,
    signing,
    territory,
)

router = APIRouter()
for page in (home, conflicts, card, closing, territory, files, deliberation, signing, minutes):
    router.include_router(page.router)
