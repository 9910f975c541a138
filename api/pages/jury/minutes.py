"""The signed minutes, as the chair prints them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import SettingsDep
from api.pages.jury.bench import chaired
from api.pages.jury.shut import Shut, shut_page
from api.pages.jury.visit import SEAT, AtSeat
from api.pages.minutes_pdf import minutes_pdf
from domain.refusals import N_
from domain.texts import Text
from storage.reads.amendments import amendments_of
from storage.reads.decisions import minutes_of, sitting_in
from storage.reads.jury import Seat
from storage.reads.signed_minutes import signed_minutes
from storage.reads.standing_aside import files_aside

router = APIRouter()

# What a page prints of a ranking; the whole of it is sealed under the fingerprint.
PLACES = 20
UNSIGNED = Shut(
    N_("Le procès-verbal n'est pas encore signé : il se lira ici après la signature."), 409
)


@dataclass(frozen=True, slots=True)
class MinutesCategory:
    """One category of the minutes, as they are read."""

    name: Text | str
    awards: bool
    laureate: str
    nominees: tuple[str, ...]
    reason: str
    ranking: Sequence[Mapping[str, Any]]
    total: int


@router.get(SEAT + "/proces-verbal")
async def show(visit: AtSeat) -> Response:
    """The minutes and the fingerprint of what they say."""
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        minutes = await minutes_of(session, seat.cycle.id)
        if minutes is None:
            return shut_page(visit, UNSIGNED)
        sitting = await sitting_in(session, seat.cycle.id)
        amendments = await amendments_of(session, seat.cycle.id)
        aside = {str(each) for each in await files_aside(session, seat.juror)}
    document = minutes.document
    present = {str(each) for each in document.get("present", [])}
    return visit.screen.show(
        "pages/jury/minutes.html",
        seat=seat,
        base=f"/jury/{visit.juror_id}",
        minutes=minutes,
        document=document,
        present=[each for each in sitting if str(each.juror_id) in present],
        aside=aside,
        votes=_votes(document, aside),
        amendments=amendments,
        names={each.code: each.name for each in (*seat.template.categories, *seat.template.prizes)},
        categories=[_category(seat, each) for each in document.get("categories", [])],
    )


@router.get(SEAT + "/proces-verbal.pdf")
async def as_pdf(visit: AtSeat, settings: SettingsDep) -> Response:
    """The minutes to keep, whole, with the rules by which the jury judged."""
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        aside = await files_aside(session, seat.juror)
        found = await signed_minutes(session, seat.cycle, aside)
    if found is None:
        return shut_page(visit, UNSIGNED)
    return await minutes_pdf(visit.screen, found, settings.mail_contact)


def _votes(document: Mapping[str, Any], aside: Collection[str]) -> list[Mapping[str, Any]]:
    """The votes with the names of their files, less those from which the reader stands aside."""
    companies = {
        line["application"]: line["company"]
        for category in document.get("categories", [])
        for line in category["ranking"]
    }
    return [
        {**vote, "company": companies.get(vote["application"], "")}
        for vote in document.get("votes", [])
        if vote["application"] not in aside
    ]


def _category(seat: Seat, sealed: Mapping[str, Any]) -> MinutesCategory:
    names = {category.code: category.name for category in seat.template.categories}
    ranking: Sequence[Mapping[str, Any]] = sealed.get("ranking", [])
    companies = {str(line.get("application")): str(line.get("company")) for line in ranking}
    nominees = (companies.get(str(each), "") for each in sealed.get("nominees", []))
    return MinutesCategory(
        name=names.get(str(sealed.get("code")), str(sealed.get("code"))),
        awards=bool(sealed.get("awards")),
        laureate=companies.get(str(sealed.get("laureate")), ""),
        nominees=tuple(each for each in nominees if each),
        reason=str(sealed.get("reason", "")),
        ranking=ranking[:PLACES],
        total=len(ranking),
    )
