"""The pages of a company: enter the charter, write, sign, and follow its adherence."""

from fastapi import APIRouter

from api.pages.charter.company import (
    choice,
    complements,
    diagnosis,
    home,
    joining,
    leaving,
    owed,
    renewal,
    review,
    roles,
    signature,
    succession,
    targets,
    withdrawal,
)

router = APIRouter()
PAGES = (
    joining,
    home,
    owed,
    diagnosis,
    choice,
    targets,
    roles,
    review,
    signature,
    complements,
    leaving,
    renewal,
    withdrawal,
    succession,
)
for page in PAGES:
    router.include_router(page.router)
