"""The pages of jurors and of the chair of a jury."""

from fastapi import APIRouter

from api.pages.jury import (
    amending,
    card,
    closing,
    conflicts,
    deliberation,
    equalising,
    files,
    home,
    minutes,
    prize,
    session,
    signing,
    territory,
)

router = APIRouter()
# The grand prize first: its address would otherwise be read as the code of a category.
for page in (
    home,
    conflicts,
    card,
    closing,
    territory,
    files,
    prize,
    deliberation,
    session,
    amending,
    equalising,
    signing,
    minutes,
):
    router.include_router(page.router)
