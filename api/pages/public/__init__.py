"""What anybody may read: the home page, the palmarès and the rules."""

from fastapi import APIRouter

from api.pages.public import downloads, home, palmares, rules

router = APIRouter()
# Downloads first: « /palmares/2027.csv » would otherwise be read as a cycle called « 2027.csv ».
for page in (home, downloads, palmares, rules):
    router.include_router(page.router)
