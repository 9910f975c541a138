"""The page of a partner: its part of one application, and nothing else of it."""

from fastapi import APIRouter

from api.pages.partnerships import declining, part

router = APIRouter()
for page in (part, declining):
    router.include_router(page.router)
