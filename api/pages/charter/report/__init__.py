"""The yearly report of a company: written, supported by files, read again, sent, then read."""

from fastapi import APIRouter

from api.pages.charter.report import evidence, review, support, writing

router = APIRouter()
for page in (writing, evidence, review, support):
    router.include_router(page.router)
