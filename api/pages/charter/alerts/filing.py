"""Anybody who signs in may say what a signatory does against its commitments."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Now, Screen, SignedInViewer
from api.errors import NotFound
from api.pages.charter.alerts.asking import run
from api.pages.charter.alerts.paths import FILE, receipt_of
from api.pages.request_ids import request_id_in
from domain.charter.alerts import NAMES, OVER, AlertStep
from domain.charter.complaining import LONGEST_FACTS, LONGEST_SUBJECT, faults_of
from domain.charter.display import SHOWN
from domain.refusals import Refusal
from storage.acts.charter.starts import run_of_alert
from storage.drafts.alerts import file_alert
from storage.reads.charter.alerts import my_alert
from storage.reads.charter.public import Sheet, sheet_of

router = APIRouter()

PARIS = ZoneInfo("Europe/Paris")


async def _signatory(adherence_id: UUID, viewer: SignedInViewer, db: Db, now: Now) -> Sheet:  # noqa: ARG001  (who is nobody signs in first)
    async with db.transaction() as session:
        sheet = await sheet_of(session, adherence_id, now.astimezone(PARIS).date())
    if sheet is None:
        raise NotFound
    return sheet


Signatory = Annotated[Sheet, Depends(_signatory)]


@router.get(FILE)
async def prepare(sheet: Signatory, screen: Screen) -> Response:
    """What is looked at, by when, and what the company never learns; then the form."""
    return _show(screen, sheet, uuid4())


@router.post(FILE)
async def file(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    sheet: Signatory, viewer: SignedInViewer, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Keep the complaint and start its life; the same form sent twice is one complaint."""
    typed = {name: form.get(name).strip() for name in ("subject", "facts")}
    request_id = request_id_in(form)
    wrong = faults_of(**typed)
    if wrong:
        return _show(screen, sheet, request_id, typed, wrong, 422)
    # Of its author, so that nobody meets the complaint of somebody else by its id.
    alert_id = uuid5(viewer.person_id, str(request_id))
    try:
        async with db.transaction() as session:
            alert = await file_alert(
                session, sheet.signatory.id, viewer.person_id, **typed, alert_id=alert_id
            )
            beginning = await run_of_alert(session, alert.id)
    except Refusal as refusal:
        return _show(screen, sheet, request_id, typed, {"": refusal}, 409)
    if beginning:
        await run(engine, beginning)
    return screen.go(receipt_of(alert.adherence_id, alert.id))


@router.get(FILE + "/{alert_id}")
async def show(
    adherence_id: UUID, alert_id: UUID, viewer: SignedInViewer, db: Db, screen: Screen
) -> Response:
    """The number of a complaint and its step, for its author alone."""
    async with db.transaction() as session:
        alert = await my_alert(session, viewer.person_id, alert_id)
        if alert is None or alert.adherence_id != adherence_id:
            raise NotFound
    return screen.show(
        "pages/charter/alerts/receipt.html",
        alert=alert,
        step=NAMES[alert.step],
        is_new=alert.step is AlertStep.RECEIVED,
        is_over=alert.step in OVER,
    )


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    screen: Screen,
    sheet: Sheet,
    request_id: UUID,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    said = {name: screen.say(each.sentence, **each.facts) for name, each in (wrong or {}).items()}
    return screen.show(
        "pages/charter/alerts/file.html",
        status,
        sheet=sheet,
        company=sheet.signatory.company,
        periods=sheet.charter.periods,
        is_signatory=sheet.signatory.state in SHOWN,
        request_id=request_id,
        typed=typed or {},
        limits={"subject": LONGEST_SUBJECT, "facts": LONGEST_FACTS},
        complaints=said,
    )
