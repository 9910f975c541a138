"""What anybody may read of the charter: its rules, its signatories, and whether one still is."""

from fastapi import APIRouter

from api.pages.charter.public import attested, directory, rules, sheet, verify

router = APIRouter()
# The files of an attestation first: their addresses begin as its page's does.
for page in (rules, directory, sheet, attested, verify):
    router.include_router(page.router)
