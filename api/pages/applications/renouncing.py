"""Declining a prize: under embargo the jury decides again, afterwards the palmarès is corrected."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.errors import NotFound
from api.pages.applications.asking import Wish, ask, is_final
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import home_of, page_of
from api.pages.applications.typed import request_id_in
from domain.applications import Act
from domain.members import check_may_send
from domain.refusals import N_, Refusal, Unanswered
from domain.wire.correction import RunCorrection
from storage.drafts.corrections import propose
from storage.reads.prizes import Prize, prize_of
from storage.tables.corrections import Correction

router = APIRouter()

PAGE = "/candidatures/{application_id}/renoncer"
LONGEST_REASON = 2000
TOO_LONG = N_("Ce texte est trop long : 2 000 caractères au plus.")
UNTICKED = N_("Cochez la case pour confirmer que vous renoncez à ce prix.")
KEPT = N_("Votre renoncement est enregistré. Une trace vous en est envoyée.")
PROPOSED = N_(
    "Votre renoncement est transmis : une personne qui organise ces trophées doit le confirmer, puis "
    "le palmarès est corrigé."
)
# What the public reads in the corrected palmarès; the reason of the company stays with the organisers.
PUBLIC_REASON = N_("La structure a renoncé à ce prix.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form said, to be shown again."""

    request_id: UUID
    reason: str = ""
    agrees: bool = False


@router.get(PAGE)
async def show(application_id: UUID, desk: Desk) -> Response:
    """Say what declining the prize does, and ask to confirm."""
    work = await desk.work(application_id)
    return _shown(desk, work, await _prize(desk, work), Typed(uuid4()))


@router.post(PAGE)
async def renounce(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Decline the prize."""
    work = await desk.work(application_id)
    prize = await _prize(desk, work)
    typed = Typed(
        request_id_in(form), form.get("reason").strip(), agrees=form.get("agrees") == "yes"
    )
    wrong: dict[str, Refusal] = {}
    if not typed.agrees:
        wrong["agrees"] = Refusal(UNTICKED)
    if len(typed.reason) > LONGEST_REASON:
        wrong["reason"] = Refusal(TOO_LONG)
    if wrong:
        return _shown(desk, work, prize, typed, wrong, 422)
    try:
        check_may_send(work.role)
        if prize.is_public:
            await _propose(desk, work, prize, typed)
            return desk.screen.go(home_of(work.id), PROPOSED)
        wish = Wish(Act.RENOUNCE, typed.request_id, {"reason": typed.reason})
        await ask(desk.db, desk.engine, desk.viewer, work, wish)
    except Unanswered as later:
        return desk.go_home(work, later)
    except Refusal as refusal:
        again = uuid4() if is_final(refusal) else typed.request_id
        typed = Typed(again, typed.reason, typed.agrees)
        return _shown(desk, work, prize, typed, {"": refusal}, 409)
    return desk.screen.go(home_of(work.id), KEPT)


async def _propose(desk: Desk, work: Work, prize: Prize, typed: Typed) -> None:
    """Propose the correction of what the public reads; somebody who organises confirms it."""
    correction = Correction(
        id=typed.request_id,
        cycle_id=work.cycle_id,
        kind=prize.correction,
        category=work.category.code,
        application_id=work.id,
        reason=PUBLIC_REASON,
        based_on=prize.version,
        proposed_by=desk.viewer.person_id,
        until=desk.now,
    )
    async with desk.db.transaction() as session:
        kept = await propose(session, correction, desk.now)
    await desk.engine.run_correction(RunCorrection(str(kept.id), kept.until))


async def _prize(desk: Desk, work: Work) -> Prize:
    """The prize, for those who may know of it: the page says nothing to the others."""
    async with desk.db.transaction() as session:
        prize = await prize_of(session, work.id)
    if prize is None:
        raise NotFound
    return prize


def _shown(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    work: Work,
    prize: Prize,
    typed: Typed,
    complaints: dict[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    try:
        check_may_send(work.role)
        why = ""
    except Refusal as refusal:
        why = desk.say(refusal)
    return desk.screen.show(
        "pages/applications/renounce.html",
        status,
        work=work,
        home=home_of(work.id),
        url=page_of(work.id, "renoncer"),
        prize=prize,
        typed=typed,
        why=why,
        limit=LONGEST_REASON,
        complaints=desk.said(complaints or {}),
    )
