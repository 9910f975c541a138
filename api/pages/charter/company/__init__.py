"""The pages of a company: enter the charter, write, sign, and follow its adherence."""

from fastapi import APIRouter

from api.pages.charter.company import (
    choice,
    complements,
    diagnosis,
    home,
    joining,
    leaving,
    review,
    roles,
    signature,
    targets,
)

router = APIRouter()
PAGES = (
    joining,
    home,
    diagnosis,
    choice,
    targets,
    roles,
    review,
    signature,
    complements,
    leaving,
)
for page in PAGES:
    router.include_router(page.router)
