"""Is this attestation true? The answer at the moment of reading; anybody may ask."""

from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Now, Screen
from api.pages.charter.public.directory import bearer
from domain.charter.attestation import Attestation, attestation_of
from domain.charter.verifying import VerificationCode, in_groups, parse_code
from domain.refusals import N_, Refusal
from storage.reads.charter.public import Sheet, bearer_of

router = APIRouter()
PARIS = ZoneInfo("Europe/Paris")
# What is true now may not be in a minute: nobody keeps a copy.
FRESH = {"Cache-Control": "no-store"}
UNKNOWN = N_(
    "Ce code n'est celui d'aucune attestation. Vérifiez-le sur le document que vous avez reçu ; "
    "s'il y est bien, ce document n'est pas de nous."
)


@router.get("/verifier")
async def ask(db: Db, screen: Screen, now: Now, code: str = "") -> Response:
    """A code to type, for who has only paper."""
    if not code.strip():
        return screen.show("pages/charter/public/verify.html", typed="", complaint="")
    return await _answered(db, screen, now, code)


@router.get("/verifier/{code}")
async def show(code: str, db: Db, screen: Screen, now: Now) -> Response:
    """What the attestation of that code is worth now."""
    return await _answered(db, screen, now, code)


async def _answered(db: Db, screen: Screen, now: datetime, typed: str) -> Response:
    try:
        code = parse_code(typed[:60])
    except Refusal as refusal:
        complaint = screen.say(refusal.sentence, **refusal.facts)
        return _unknown(screen, typed, complaint, 422)
    found = await found_at(db, code, now)
    if found is None:
        return _unknown(screen, typed, screen.say(UNKNOWN), 404)
    sheet, attestation = found
    shown = screen.show(
        "pages/charter/public/verified.html",
        sheet=sheet,
        attestation=attestation,
        code=in_groups(code),
        at=now,
    )
    shown.headers.update(FRESH)
    return shown


async def found_at(
    db: Db, code: VerificationCode, now: datetime
) -> tuple[Sheet, Attestation] | None:
    """Who bears that code, and what may be said of it at that instant."""
    async with db.transaction() as session:
        sheet = await bearer_of(session, code)
    if sheet is None:
        return None
    day = now.astimezone(PARIS).date()
    attestation = attestation_of(sheet.charter, bearer(sheet.signatory), day)
    return (sheet, attestation) if attestation else None


def _unknown(screen: Screen, typed: str, complaint: str, status: int) -> Response:
    return screen.show(
        "pages/charter/public/verify.html",
        status,
        typed=typed[:60],
        complaint=complaint,
        complaints={"code": complaint},
    )
