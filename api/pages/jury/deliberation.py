"""The deliberation: every category with its state, then one category with its ranking."""

import re
from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from api.dependencies import Form
from api.errors import NotFound
from api.pages.jury.bench import SHUT_BY_PHASE, chaired, may_decide
from api.pages.jury.complaints import Complaints, in_words, only
from api.pages.jury.deciding import NO_LAUREATE, Ballot, Choice, choice_in, complaints_about
from api.pages.jury.shut import shut_page
from api.pages.jury.visit import SEAT, AtSeat, SeatVisit
from domain.grand_prize import grand_prize_of
from domain.judging import Category, TieBreak
from domain.levels import Level
from domain.phases import Phase
from domain.refusals import N_
from domain.texts import Text
from storage.drafts.deliberation import save_decision
from storage.reads.amendable import Amendable, to_amend
from storage.reads.decisions import (
    Chosen,
    DecisionLine,
    chosen,
    decisions_of,
    files_by_category,
    is_ranked,
)
from storage.reads.deliberation import RankingPage, ranking_page
from storage.reads.jury import Seat

router = APIRouter()

PLACE = re.compile(r"[0-9]{1,7}")
NONE: Mapping[str, Amendable] = {}
OVER = N_("La délibération est close : cette décision n'a pas été gardée.")


@router.get(SEAT + "/deliberation")
async def show_all(visit: AtSeat) -> Response:
    """Every category, decided or not, and the way to the signature."""
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        if seat.phase in SHUT_BY_PHASE:
            return shut_page(visit, SHUT_BY_PHASE[seat.phase])
        counts = await files_by_category(session, seat.cycle.id)
        decisions = await decisions_of(session, seat.cycle.id)
        ranked = await is_ranked(session, seat.cycle.id)
        again = await to_amend(session, seat.cycle) if seat.phase is Phase.DECIDED else NONE
    return visit.screen.show(
        "pages/jury/deliberation.html",
        seat=seat,
        base=_base(visit),
        may_decide=may_decide(seat),
        is_ranked=ranked,
        counts=counts,
        decisions=decisions,
        left=[code for code in counts if code not in decisions],
        again=again,
        prize=grand_prize_of(seat.template, Level(seat.cycle.level)),
    )


@router.get(SEAT + "/deliberation/{code}")
async def show_one(visit: AtSeat, code: str, after: int = 0) -> Response:
    """The ranking of a category, and what is decided in it."""
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        if seat.phase in SHUT_BY_PHASE:
            return shut_page(visit, SHUT_BY_PHASE[seat.phase])
        category = _category(seat, code)
        page = await ranking_page(session, seat.juror, code, _bounded(after))
        decision = (await decisions_of(session, seat.cycle.id)).get(code)
    named = _named(decision)
    return _shown(visit, seat, category, page, _choice_of(decision), named)


@router.post(SEAT + "/deliberation/{code}")
async def decide(visit: AtSeat, code: str, form: Form) -> Response:
    """Keep what the jury decides in a category."""
    after = form.get("after")
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        if seat.phase in SHUT_BY_PHASE:
            return shut_page(visit, SHUT_BY_PHASE[seat.phase])
        category, choice = _category(seat, code), choice_in(form)
        ballot = Ballot(seat.cycle.id, code, seat.template.jury.nominees)
        wrong = await complaints_about(session, ballot, choice)
        status = 422
        if not wrong:
            saved_at = await save_decision(session, seat.cycle.id, choice.decided(code))
            if saved_at is not None:
                return visit.screen.go(
                    f"{_base(visit)}/deliberation", N_("La décision de cette catégorie est notée.")
                )
            wrong, status = only("", OVER), 409
        turned = int(after) if PLACE.fullmatch(after) else 0
        page = await ranking_page(session, seat.juror, code, turned)
        named = await _files_in(session, seat, choice)
    return _shown(visit, seat, category, page, choice, named, status, wrong)


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    visit: SeatVisit,
    seat: Seat,
    category: Category,
    page: RankingPage,
    choice: Choice,
    named: Mapping[UUID, Chosen],
    status: int = 200,
    complaints: Complaints | None = None,
) -> Response:
    shown = {file.application_id for file in page.files}
    return visit.screen.show(
        "pages/jury/category.html",
        status,
        seat=seat,
        base=_base(visit),
        category=category,
        page=page,
        choice=choice,
        elsewhere=[file for each, file in named.items() if each not in shown],
        tie_rule=tie_rule(seat, category),
        may_decide=may_decide(seat),
        nominees=seat.template.jury.nominees,
        complaints=in_words(visit.screen, complaints),
    )


def tie_rule(seat: Seat, category: Category) -> tuple[Text | str, ...]:
    """What separates equals, in order: the name of a criterion, or the words for what people do."""
    names = {criterion.code: criterion.name for criterion in category.criteria}
    first = names.get(category.specific[0]) if category.specific else None
    said: Mapping[TieBreak, Text | str | None] = {
        TieBreak.IMPACT: names.get(seat.template.jury.impact_criterion),
        TieBreak.FIRST_SPECIFIC: first,
        TieBreak.JURY_VOTE: N_("le vote du jury"),
        TieBreak.CHAIR: N_("la voix de la présidence"),
    }
    steps = (said[step] for step in seat.template.jury.tie_rule)
    return tuple(step for step in steps if step)


def _base(visit: SeatVisit) -> str:
    return f"/jury/{visit.juror_id}"


def _bounded(after: int) -> int:
    """A place that the column can hold."""
    return max(0, min(after, 10_000_000))


def _category(seat: Seat, code: str) -> Category:
    found = {category.code: category for category in seat.template.categories}.get(code)
    if found is None:
        raise NotFound
    return found


def _choice_of(decision: DecisionLine | None) -> Choice:
    if decision is None:
        return Choice("", (), "")
    laureate = str(decision.laureate.application_id) if decision.laureate else NO_LAUREATE
    return Choice(
        laureate, tuple(each.application_id for each in decision.nominees), decision.reason
    )


def _named(decision: DecisionLine | None) -> Mapping[UUID, Chosen]:
    if decision is None:
        return {}
    files = [*([decision.laureate] if decision.laureate else []), *decision.nominees]
    return {file.application_id: file for file in files}


async def _files_in(session: AsyncSession, seat: Seat, choice: Choice) -> Mapping[UUID, Chosen]:
    ids = [each for each in (choice.laureate_id, *choice.nominees) if each is not None]
    return await chosen(session, seat.cycle.id, ids)
