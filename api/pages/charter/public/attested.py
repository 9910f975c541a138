"""The attestation as a document and as a badge, for anybody; each is true when it is served."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import Response

from activities.documents.attestation import Wanted, written
from api.dependencies import Db, Now, Screen, SettingsDep
from api.errors import NotFound
from api.pages.charter.public.verify import FRESH, found_at
from domain.charter.verifying import VerificationCode, in_groups, parse_code
from domain.refusals import Refusal

router = APIRouter()
PARIS = ZoneInfo("Europe/Paris")
# A picture of another site's page: it may be shown there, and runs nothing.
A_PICTURE = FRESH | {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}


@router.get("/verifier/{code}/attestation.pdf")
async def as_pdf(code: str, db: Db, screen: Screen, now: Now, settings: SettingsDep) -> Response:
    """The attestation to print; there is none for who is not in order."""
    known = _code(code)
    found = await found_at(db, known, now)
    if found is None or not found[1].is_valid:
        raise NotFound
    sheet, attestation = found
    wanted = Wanted(
        statement=attestation.statement.in_(screen.language),
        notice=attestation.notice.in_(screen.language),
        charter=sheet.charter.name.in_(screen.language),
        company=sheet.signatory.company,
        code=in_groups(known),
        address=f"{settings.base_url}/verifier/{known}",
        language=screen.language,
        at=now.astimezone(PARIS),
    )
    pdf = await asyncio.to_thread(written, wanted)
    name = f'inline; filename="attestation-{sheet.signatory.siren}.pdf"'
    return Response(
        pdf, media_type="application/pdf", headers=FRESH | {"Content-Disposition": name}
    )


@router.get("/verifier/{code}/badge.svg")
async def as_badge(code: str, db: Db, screen: Screen, now: Now) -> Response:
    """The badge of the year, which says that it is no longer valid as soon as it is not."""
    found = await found_at(db, _code(code), now)
    if found is None:
        raise NotFound
    picture = screen.draw(
        "pages/charter/public/badge.svg",
        is_valid=found[1].is_valid,
        year=_year(now),
        sheet=found[0],
    )
    return Response(picture, media_type="image/svg+xml; charset=utf-8", headers=A_PICTURE)


def _year(now: datetime) -> int:
    return now.astimezone(PARIS).year


def _code(typed: str) -> VerificationCode:
    try:
        return parse_code(typed[:60])
    except Refusal:
        raise NotFound from None
