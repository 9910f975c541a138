"""The rules of an edition to come: copied, changed, compared. For the national organisers."""

from fastapi import APIRouter

from api.pages.edition_rules import comparing, copying, editing

router = APIRouter()
for page in (comparing, copying, editing):
    router.include_router(page.router)
