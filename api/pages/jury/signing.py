"""The chair reads every decision through, says who was present, and signs the minutes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.jury.asking import Wish, next_request_id, uuid_in, written_down
from api.pages.jury.bench import SHUT_BY_PHASE, chaired, may_decide
from api.pages.jury.complaints import Complaints, Said, in_words, only, refused
from api.pages.jury.prize import laureates_in
from api.pages.jury.shut import shut_page
from api.pages.jury.visit import SEAT, AtSeat, SeatVisit
from api.posted import PostedForm
from domain.deliberation import QUORUM, UNSETTLED, objection_to
from domain.grand_prize import GrandPrize, grand_prize_of
from domain.grand_prize import objection_to as objection_to_prize
from domain.levels import Level
from domain.refusals import N_, Refusal
from storage.reads.decisions import (
    DecisionLine,
    Sitting,
    decisions_of,
    files_by_category,
    is_ranked,
    sitting_in,
)
from storage.reads.jury import Seat
from storage.reads.sitting import noted_present

router = APIRouter()

LONGEST_SUMMARY = 4000
READ_AGAIN = N_("Une décision a changé depuis votre relecture : relisez avant de signer.")


@dataclass(frozen=True, slots=True)
class Session:
    """What is about to be signed: the decisions, their files, who sits, and who was noted present."""

    seat: Seat
    counts: Mapping[str, int]
    decisions: Mapping[str, DecisionLine]
    sitting: tuple[Sitting, ...]
    is_ranked: bool
    noted: tuple[UUID, ...] = ()

    @property
    def read(self) -> str:
        """What tells whether the decisions are still those that were read through."""
        return sha256(repr(sorted(self.decisions.items())).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who was present, and the words that the chair adds."""

    present: tuple[UUID, ...]
    summary: str


@router.get(SEAT + "/signature")
async def read_through(visit: AtSeat) -> Response:
    """Every decision, before the signature."""
    about = await _about(visit)
    if not may_decide(about.seat):
        return _too_early_or_late(visit, about.seat)
    return _shown(visit, about, Signature(about.noted or (visit.juror_id,), ""))


@router.post(SEAT + "/signature")
async def sign(visit: AtSeat, form: Form) -> Response:
    """Sign the minutes, which ends the deliberation."""
    about, signature = await _about(visit), _signature_in(form)
    if not may_decide(about.seat):
        return _too_early_or_late(visit, about.seat)
    wrong = _complaints(visit, about, signature)
    if wrong:
        return _shown(visit, about, signature, 422, wrong)
    if form.get("read") != about.read:
        return _shown(visit, about, signature, 409, only("", READ_AGAIN))
    payload = {"summary": signature.summary, "present": [str(each) for each in signature.present]}
    try:
        wish = Wish("sign_minutes", f"cycle:{about.seat.cycle.id}", payload)
        asked = await written_down(visit, form, wish)
        await visit.engine.sign_minutes(about.seat.cycle.code, asked)
    except Refusal as refusal:
        wrong, again = _refused(visit, about, refusal), next_request_id(form, refusal)
        return _shown(visit, about, signature, 409, wrong, again)
    return visit.screen.go(
        f"/jury/{visit.juror_id}/proces-verbal", N_("Le procès-verbal est signé.")
    )


def _too_early_or_late(visit: SeatVisit, seat: Seat) -> Response:
    if seat.phase in SHUT_BY_PHASE:
        return shut_page(visit, SHUT_BY_PHASE[seat.phase])
    return visit.screen.go(f"/jury/{visit.juror_id}/proces-verbal")


async def _about(visit: SeatVisit) -> Session:
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        return Session(
            seat,
            await files_by_category(session, seat.cycle.id),
            await decisions_of(session, seat.cycle.id),
            await sitting_in(session, seat.cycle.id),
            await is_ranked(session, seat.cycle.id),
            await noted_present(session, seat.cycle.id),
        )


def _signature_in(form: PostedForm) -> Signature:
    named = (uuid_in(each) for each in form.getlist("present"))
    return Signature(
        tuple(dict.fromkeys(each for each in named if each)), form.get("summary").strip()
    )


def _complaints(visit: SeatVisit, about: Session, signature: Signature) -> Complaints:
    """What is missing before the signature, category by category, then about the meeting."""
    if not about.is_ranked:
        return only("", UNSETTLED)
    language = visit.screen.language
    complaints: dict[str, Said] = {}
    for category in about.seat.template.categories:
        sentence = _wrong_in(about, category.code)
        if sentence:
            facts = {"category": category.name.in_(language)}
            complaints[f"category.{category.code}"] = (sentence, facts)
    prize = grand_prize_of(about.seat.template, Level(about.seat.cycle.level))
    if prize and (sentence := _wrong_prize(about, prize.code)):
        complaints[f"category.{prize.code}"] = (sentence, {})
    quorum = about.seat.template.jury.quorum
    if len(_known(about, signature.present)) < quorum:
        complaints["present"] = (QUORUM, {"quorum": quorum})
    if len(signature.summary) > LONGEST_SUMMARY:
        complaints["summary"] = (N_("Ce texte est trop long : 4 000 caractères au plus."), {})
    return complaints


def _wrong_in(about: Session, code: str) -> str:
    decision = about.decisions.get(code)
    if decision is None and not about.counts.get(code):
        return ""
    return objection_to(decision and decision.outcome, about.seat.template.jury.nominees)


def _wrong_prize(about: Session, code: str) -> str:
    decision = about.decisions.get(code)
    laureates = laureates_in(about.seat, about.decisions)
    if decision is None:
        return objection_to_prize(None, laureates)
    winner = str(decision.laureate.application_id) if decision.laureate else None
    return objection_to_prize(GrandPrize(winner, decision.reason), laureates)


def _refused(visit: SeatVisit, about: Session, refusal: Refusal) -> Complaints:
    """The words of a refusal, with the category called by its name."""
    names = {each.code: each.name for each in about.seat.template.categories}
    name = names.get(str(refusal.facts.get("category", "")))
    if name is None:
        return refused(refusal)
    said = name.in_(visit.screen.language)
    return only("", refusal.sentence, **(refusal.facts | {"category": said}))


def _known(about: Session, present: Collection[UUID]) -> Collection[UUID]:
    return {each.juror_id for each in about.sitting} & set(present)


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    visit: SeatVisit,
    about: Session,
    signature: Signature,
    status: int = 200,
    complaints: Complaints | None = None,
    request_id: UUID | None = None,
) -> Response:
    return visit.screen.show(
        "pages/jury/signature.html",
        status,
        base=f"/jury/{visit.juror_id}",
        seat=about.seat,
        is_ranked=about.is_ranked,
        counts=about.counts,
        decisions=about.decisions,
        prize=grand_prize_of(about.seat.template, Level(about.seat.cycle.level)),
        laureates=laureates_in(about.seat, about.decisions),
        sitting=about.sitting,
        quorum=about.seat.template.jury.quorum,
        present={str(each) for each in signature.present},
        summary=signature.summary,
        read=about.read,
        request_id=request_id or uuid4(),
        complaints=in_words(visit.screen, complaints),
    )
