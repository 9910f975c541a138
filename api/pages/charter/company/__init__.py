"""The pages of a company: enter the charter, write, sign, and follow its adherence."""

from fastapi import APIRouter

from api.pages.charter.company import (
    choice,
    complements,
    diagnosis,
    home,
    joining,
    leaving,
    new_head,
    owed,
    renewal,
    review,
    roles,
    signature,
    succession,
    targets,
    team,
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
    team,
    new_head,
)
for page in PAGES:
    router.include_router(page.router)
