"""The pages of a company: start, write, join, read again, send, follow, withdraw."""

from fastapi import APIRouter

from api.pages.applications import (
    category,
    coming_back,
    doubted,
    files,
    home,
    leaving,
    naming,
    partner,
    promotion,
    receipt,
    renouncing,
    review,
    sections,
    start,
    team,
    twin,
)

router = APIRouter()
# Sections come last: their address takes any word.
for page in (
    start,
    home,
    team,
    partner,
    files,
    review,
    receipt,
    leaving,
    coming_back,
    promotion,
    renouncing,
    doubted,
    twin,
    category,
    naming,
    sections,
):
    router.include_router(page.router)
