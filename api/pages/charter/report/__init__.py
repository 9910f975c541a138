"""The yearly report of a company: written, supported by files, read again, sent, then read."""

from fastapi import APIRouter

from api.pages.charter.report import evidence, review, writing

router = APIRouter()
for page in (writing, evidence, review):
    router.include_router(page.router)
