"""Complaints about signatories: anybody writes one, the company replies, the organiser decides."""

from fastapi import APIRouter

from api.pages.charter.alerts import company, filing, inquiry, queue, speakers

router = APIRouter()
for page in (filing, speakers, company, queue, inquiry):
    router.include_router(page.router)
