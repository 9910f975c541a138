"""An edition on one page: its timeline, its map, and what blocks."""

from fastapi import APIRouter

from api.pages.edition_picture import page

router = APIRouter()
router.include_router(page.router)
