"""What a company reads of the complaints about it, and answers; never who wrote, nor their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.errors import NotFound
from api.pages.charter.alerts.asking import Typed, ask
from api.pages.charter.alerts.paths import OF_COMPANY, ONE_OF_COMPANY, list_of, page_of
from api.pages.charter.alerts.words import DECIDED, GRANTED, TOLD_ACTS, TONES
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.paths import home_of
from api.pages.request_ids import next_request_id, request_id_in
from domain.charter.alerts import ALLOWED, NAMES, SANCTIONS, AlertAct
from domain.refusals import N_, Refusal
from storage.acts.charter.alerts import LONGEST
from storage.reads.charter.alert_matter import Matter, Turn, turns_of
from storage.reads.charter.alerts import members_named, told, told_of

router = APIRouter()

# The form of each act, by the end of its address: its act, its field, what is said when it is done.
ACTS = {
    "reponse": (AlertAct.REPLY, "reply", N_("Votre réponse est enregistrée.")),
    "recours": (AlertAct.APPEAL, "appeal", N_("Votre recours est enregistré.")),
}
EMPTY = N_("Écrivez quelques lignes : l'organisateur les lira.")
TOO_LONG = N_("Écrivez %(most)s caractères au plus.")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, as the company reads it; ``who`` is of the company, or nobody."""

    at: datetime
    title: str
    who: str
    reason: str
    verdict: str


@router.get(OF_COMPANY)
async def index(adherence_id: UUID, desk: Desk) -> Response:
    """The complaints of which the company was told, the newest first."""
    file = await desk.file(adherence_id)
    async with desk.db.transaction() as session:
        matters = await told_of(session, file.id)
    return desk.screen.show(
        "pages/charter/alerts/company_list.html",
        file=file,
        home=home_of(file.id),
        url=list_of(file.id),
        matters=matters,
        names=NAMES,
        tones=TONES,
    )


@router.get(ONE_OF_COMPANY)
async def show(adherence_id: UUID, alert_id: UUID, desk: Desk) -> Response:
    """What is alleged, until when to reply, what was decided and why."""
    file = await desk.file(adherence_id)
    return await _show(desk, file, await _matter(desk, file, alert_id), uuid4())


@router.post(ONE_OF_COMPANY + "/{act}")
async def answer(adherence_id: UUID, alert_id: UUID, act: str, form: Form, desk: Desk) -> Response:
    """Reply, reply again before the decision, or contest the decision."""
    file = await desk.file(adherence_id)
    matter, request_id = await _matter(desk, file, alert_id), request_id_in(form)
    if act not in ACTS:
        raise NotFound
    its_act, name, done = ACTS[act]
    words = form.get(name).strip()
    if not 0 < len(words) <= LONGEST:
        wrong = {name: Refusal(TOO_LONG, most=LONGEST) if words else Refusal(EMPTY)}
        return await _show(desk, file, matter, request_id, {name: words}, wrong, 422)
    typed = Typed(its_act, {name: words})
    try:
        await ask(desk.db, desk.engine, desk.viewer, matter, typed, request_id)
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        now = await _matter(desk, file, alert_id)
        return await _show(desk, file, now, again, {name: words}, {"": refusal}, 409)
    return desk.screen.go(page_of(file.id, alert_id), done)


async def _matter(desk: Desk, file: File, alert_id: UUID) -> Matter:
    async with desk.db.transaction() as session:
        matter = await told(session, file.id, alert_id)
    if matter is None:
        raise NotFound
    return matter


async def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    file: File,
    matter: Matter,
    request_id: UUID,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    async with desk.db.transaction() as session:
        turns = await turns_of(session, matter.id)
        people = await members_named(session, file.id)
    granted = next((turn.is_granted for turn in turns if turn.is_granted is not None), None)
    return desk.screen.show(
        "pages/charter/alerts/company.html",
        status,
        file=file,
        home=home_of(file.id),
        url=page_of(file.id, matter.id),
        list_url=list_of(file.id),
        matter=matter,
        name=NAMES[matter.step],
        tone=TONES[matter.step],
        decided=DECIDED,
        is_sanction=matter.situation.outcome in SANCTIONS,
        is_granted=granted,
        periods=matter.charter.periods,
        may_reply=matter.step in ALLOWED[AlertAct.REPLY],
        may_appeal=matter.step in ALLOWED[AlertAct.APPEAL],
        is_late=bool(matter.situation.until and desk.now > matter.situation.until),
        story=_story(turns, people),
        request_id=request_id,
        typed=typed or {},
        limit=LONGEST,
        complaints=desk.said(wrong or {}),
    )


def _story(turns: Sequence[Turn], people: Mapping[UUID, str]) -> list[Told]:
    return [
        Told(
            at=turn.at,
            title=TOLD_ACTS[turn.act],
            who=people.get(turn.actor, "") if turn.actor else "",
            reason=turn.reason,
            verdict=_verdict(turn),
        )
        for turn in turns
        if turn.act in TOLD_ACTS
    ]


def _verdict(turn: Turn) -> str:
    if turn.outcome:
        return DECIDED[turn.outcome]
    return "" if turn.is_granted is None else GRANTED[turn.is_granted]
