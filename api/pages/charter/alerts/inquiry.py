"""One complaint at the organiser's desk: both sides, the acts that its step allows, its story."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from starlette.responses import FileResponse, Response

from api.dependencies import Asking, Db, Form, Screen, SettingsDep
from api.errors import Forbidden, NotFound
from api.pages.applications.files import HEADERS
from api.pages.charter.alerts.asking import ask
from api.pages.charter.alerts.deeds import DEEDS, Deed, appeal_would_end, outcomes_now
from api.pages.charter.alerts.paths import FILES, ONE_AT_DESK, desk_of
from api.pages.charter.alerts.words import ACTS, DECIDED, GRANTED, TONES, UNTIL
from api.pages.charter.organiser.desk import AtCharterDesk, CharterDesk, count_again
from api.pages.organiser.asking import next_request_id, request_id_in
from api.posted import PostedForm
from domain.charter.alerts import (
    ALLOWED,
    NAMES,
    SANCTIONS,
    AlertAct,
    AlertOutcome,
    AlertStep,
    admitted,
    promised_by,
    was_heard,
)
from domain.charter.states import NAMES as STATES
from domain.refusals import N_, Refusal
from storage.acts.charter.alerts import LONGEST
from storage.drafts.attachments import path_of
from storage.reads.charter.alert_desk import Complaint, complaint_of, is_own
from storage.reads.charter.alert_evidence import evidence_in
from storage.reads.charter.organiser.ages import age_in_days

router = APIRouter()

OWN = N_("Ce signalement vise votre propre structure : une autre personne doit l'examiner.")


async def _the_complaint(alert_id: UUID, desk: AtCharterDesk, db: Db) -> Complaint:
    async with db.transaction() as session:
        # Whoever wrote is never shown to the company, not even through one of its people.
        if await is_own(session, desk.viewer.person_id, alert_id):
            raise Forbidden(OWN)
        complaint = await complaint_of(session, alert_id)
    if complaint is None:
        raise NotFound
    return complaint


TheComplaint = Annotated[Complaint, Depends(_the_complaint)]


@router.get(ONE_AT_DESK)
async def show(complaint: TheComplaint, desk: AtCharterDesk, screen: Screen) -> Response:
    """The author's words, the company's, what may be done now and what it would cause."""
    return _shown(screen, desk, complaint, uuid4())


@router.get(ONE_AT_DESK + f"/{FILES}/{{evidence_id}}")
async def open_file(
    complaint: TheComplaint, evidence_id: UUID, db: Db, settings: SettingsDep
) -> Response:
    """Hand over a file that the company sent, never shown inside our pages."""
    async with db.transaction() as session:
        found = await evidence_in(session, complaint.matter.id, evidence_id)
    path = path_of(settings.uploads, evidence_id)
    if found is None or not path.exists():
        raise NotFound
    return FileResponse(path, media_type=found.media_type, filename=found.name, headers=HEADERS)


@router.post(ONE_AT_DESK + "/{deed}")
async def do(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    deed: str,
    complaint: TheComplaint,
    desk: AtCharterDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
) -> Response:
    """Admit, dismiss, decide, or answer an appeal."""
    found = _deed(deed)
    typed = found.read(form, complaint)
    # What the step does not allow any more is refused as such, whatever the form says.
    if typed.complaints and complaint.matter.step in ALLOWED[typed.act]:
        return _shown(screen, desk, complaint, request_id_in(form), 422, form, typed.complaints)
    try:
        await ask(db, engine, desk.viewer, complaint.matter, typed, request_id_in(form))
    except Refusal as refusal:
        async with db.transaction() as session:
            now = await complaint_of(session, complaint.matter.id) or complaint
        again = next_request_id(form, refusal)
        return _shown(screen, desk, now, again, 409, form, {"": refusal})
    count_again()
    return screen.go(desk_of(complaint.matter.id), found.done)


def _deed(path: str) -> Deed:
    if path not in DEEDS:
        raise NotFound
    return DEEDS[path]


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: CharterDesk,
    complaint: Complaint,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    wrong: Mapping[str, Refusal] | None = None,
) -> Response:
    matter, now = complaint.matter, screen.now
    until = promised_by(matter.situation, matter.charter.periods)
    return screen.show(
        "pages/charter/alerts/inquiry.html",
        status,
        desk=desk,
        complaint=complaint,
        matter=matter,
        here=desk_of(matter.id),
        name=NAMES[matter.step],
        tone=TONES[matter.step],
        state=STATES[matter.state],
        until=until,
        until_label=UNTIL.get(matter.step, ""),
        is_late=bool(until and matter.step is not AlertStep.DECIDED and now > until),
        age_days=age_in_days(matter.situation.since, now, matter.situation.zone),
        files_url=f"{desk_of(matter.id)}/{FILES}",
        evidence={str(part): files for part, files in complaint.evidence.items()},
        may={act: matter.step in ALLOWED[act] for act in AlertAct},
        Act=AlertAct,
        Step=AlertStep,
        Outcome=AlertOutcome,
        periods=matter.charter.periods,
        **_what_would_be(complaint, now),
        acts=ACTS,
        decided=DECIDED,
        granted=GRANTED,
        was_granted=next((t.is_granted for t in complaint.turns if t.is_granted is not None), None),
        request_id=request_id,
        typed=form or PostedForm(()),
        limit=LONGEST,
        complaints={
            name: screen.say(each.sentence, **each.facts) for name, each in (wrong or {}).items()
        },
    )


def _what_would_be(complaint: Complaint, now: datetime) -> dict[str, object]:
    """The dates that acts would bring, if they were done now."""
    matter = complaint.matter
    situation, periods = matter.situation, matter.charter.periods
    may_decide = matter.step in ALLOWED[AlertAct.DECIDE]
    return {
        "reply_until": admitted(situation, now, periods).until,
        "outcomes": outcomes_now(matter, now),
        "was_heard": was_heard(situation, now),
        "appeal_until": appeal_would_end(matter, now) if may_decide else None,
        "is_sanction": situation.outcome in SANCTIONS,
        "is_barred": may_decide and not set(outcomes_now(matter, None)) >= SANCTIONS,
    }
