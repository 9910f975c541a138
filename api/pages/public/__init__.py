"""What anybody may read: the home page, the palmarès, the rules and the favourite vote."""

from fastapi import APIRouter

from api.pages.public import (
    downloads,
    home,
    palmares,
    reminders,
    rules,
    vote,
    vote_confirmation,
    vote_tie,
)

router = APIRouter()
# Downloads first: « /palmares/2027.csv » would otherwise be read as a cycle called « 2027.csv ».
for page in (home, downloads, palmares, reminders, rules, vote_confirmation, vote_tie, vote):
    router.include_router(page.router)
