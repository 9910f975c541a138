"""The pages of jurors and of the chair of a jury."""

from fastapi import APIRouter

from api.pages.jury import card, closing, conflicts, files, home

router = APIRouter()
for page in (home, conflicts, card, closing, files):
    router.include_router(page.router)
