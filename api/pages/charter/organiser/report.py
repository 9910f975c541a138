"""One report: read it beside its evidence, then validate it, return it once, or give more time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from starlette.responses import FileResponse, Response

from api.dependencies import Asking, Db, Form, Screen, SettingsDep
from api.errors import NotFound
from api.pages.applications.files import HEADERS
from api.pages.charter.organiser.asking import ask
from api.pages.charter.organiser.desk import AtCharterDesk, CharterDesk
from api.pages.charter.organiser.report_deeds import DEEDS, DONE, may_be_done, typed_in
from api.pages.charter.organiser.report_shown import accounts_of, loose_evidence, narratives_of
from api.pages.charter.organiser.reports import LIST
from api.pages.charter.organiser.words import ACTS, PROGRESS_OF_ONE
from api.pages.organiser.asking import next_request_id, request_id_in
from api.posted import PostedForm
from domain.charter.dates import days_later, deadline
from domain.charter.document import Level
from domain.charter.situation import Step
from domain.charter.states import Act
from domain.refusals import N_, Refusal
from storage.drafts.attachments import path_of
from storage.reads.charter.organiser.ages import age_in_days
from storage.reads.charter.organiser.report import ReportRead, evidence_in, report_of

router = APIRouter()

REPORT = LIST + "/{report_id}"
OTHER_YEAR = N_("Ce bilan n'est plus le dernier : rien ne peut plus y être décidé.")


async def _the_report(report_id: UUID, desk: AtCharterDesk, db: Db) -> ReportRead:  # noqa: ARG001  (who may not is refused first)
    async with db.transaction() as session:
        read = await report_of(session, report_id)
    if read is None:
        raise NotFound
    return read


TheReport = Annotated[ReportRead, Depends(_the_report)]


@router.get(REPORT)
async def show(read: TheReport, desk: AtCharterDesk, screen: Screen) -> Response:
    """What was sent, indicator by indicator."""
    return _shown(screen, desk, read, uuid4())


@router.get(REPORT + "/preuves/{evidence_id}")
async def open_evidence(
    report_id: UUID,
    evidence_id: UUID,
    desk: AtCharterDesk,  # noqa: ARG001  (who may not is refused first)
    db: Db,
    settings: SettingsDep,
) -> Response:
    """Hand a file over as it was joined, never shown inside our pages."""
    async with db.transaction() as session:
        file = await evidence_in(session, report_id, evidence_id)
    path = path_of(settings.uploads, evidence_id)
    if file is None or not path.exists():
        raise NotFound
    return FileResponse(path, media_type=file.media_type, filename=file.name, headers=HEADERS)


@router.post(REPORT + "/{deed}")
async def decide(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    deed: str,
    read: TheReport,
    desk: AtCharterDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
) -> Response:
    """Validate, return or extend, with the words that the company will read."""
    if deed not in DEEDS:
        raise NotFound
    typed = typed_in(DEEDS[deed], form, read)
    if typed.complaints:
        said = {name: screen.say(each) for name, each in typed.complaints.items()}
        return _shown(screen, desk, read, request_id_in(form), 422, form, said)
    try:
        _check_latest(read)
        await ask(db, engine, desk.viewer, read.case, typed, request_id_in(form))
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        async with db.transaction() as session:
            again = await report_of(session, read.id) or read
        return _shown(screen, desk, again, next_request_id(form, refusal), 409, form, said)
    return screen.go(f"{LIST}/{read.id}", DONE[typed.act])


def _return_until(read: ReportRead, now: datetime) -> datetime:
    """Until when the company would have, if the report were returned now."""
    days = read.case.charter.periods.returned_days
    return deadline(days_later(now, days, read.case.situation), read.case.situation)


def _check_latest(read: ReportRead) -> None:
    """Keep acts to the report that they are about: an adherence knows its last one only."""
    if not read.is_latest:
        raise Refusal(OTHER_YEAR)


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: CharterDesk,
    read: ReportRead,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    accounts = accounts_of(read, screen.language)
    waits = read.step is Step.SUBMITTED and read.submitted_at is not None
    return screen.show(
        "pages/charter/organiser/report.html",
        status,
        desk=desk,
        read=read,
        case=read.case,
        here=f"{LIST}/{read.id}",
        accounts=accounts,
        narratives=narratives_of(read),
        loose=loose_evidence(read, accounts),
        level_names={each.code: each.name for each in read.case.charter.levels},
        level_choices=[(each.code, each.name, each.gloss) for each in read.case.charter.levels],
        declared=Level.DECLARED,
        age_days=age_in_days(read.submitted_at, screen.now, read.case.zone)
        if waits and read.submitted_at
        else None,
        promised_days=read.case.charter.periods.report_tacit_days,
        most_days=read.case.charter.periods.extension_days_at_most,
        return_until=_return_until(read, screen.now),
        words=PROGRESS_OF_ONE,
        acts=ACTS,
        may={act: may_be_done(act, read) for act in DEEDS.values()},
        Act=Act,
        request_id=request_id,
        typed=form or PostedForm(()),
        complaints=complaints or {},
    )
