"""The files that wait for an answer: read each, then accept, refuse, or ask for more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.errors import NotFound
from api.pages.charter.organiser.asking import Typed, ask, words_in
from api.pages.charter.organiser.desk import BASE, AtCharterDesk, CharterDesk
from api.pages.charter.organiser.file_shown import owed_rows, promises_of, register_rows, seats_of
from api.pages.charter.organiser.words import ACTS, SIZES, TONES
from api.pages.organiser.asking import next_request_id, request_id_in, uuid_in
from api.posted import PostedForm
from domain.charter.dates import days_later, deadline
from domain.charter.states import ALLOWED, NAMES, Act
from domain.refusals import N_, Refusal
from storage.reads.charter.organiser.ages import age_in_days
from storage.reads.charter.organiser.file import FileRead, file_of
from storage.reads.charter.organiser.queue import queue_of_files

router = APIRouter()

LIST = BASE + "/dossiers"
FILE = LIST + "/{adherence_id}"
# The field of each decision, since the three forms are on one page.
DECISIONS = {
    "accepter": (Act.ACCEPT, "note", ""),
    "refuser": (Act.REFUSE, "reason", N_("Écrivez le motif : la structure le lira tel quel.")),
    "complements": (
        Act.ASK_COMPLEMENTS,
        "missing",
        N_("Écrivez ce qui manque : la structure le lira tel quel."),
    ),
}
DONE = {
    Act.ACCEPT: N_("L'adhésion est acceptée. La structure en est avertie."),
    Act.REFUSE: N_("Le dossier est refusé. La structure reçoit vos motifs."),
    Act.ASK_COMPLEMENTS: N_(
        "Les compléments sont demandés. La structure en est avertie, avec la date."
    ),
}


@router.get(LIST)
async def show_queue(desk: AtCharterDesk, db: Db, screen: Screen, apres: str = "") -> Response:
    """Fifty files, those that have waited longest first."""
    after = uuid_in(apres)
    async with db.transaction() as session:
        queue = await queue_of_files(session, screen.now, after)
    return screen.show(
        "pages/charter/organiser/files.html",
        desk=desk,
        queue=queue,
        is_first=after is None,
        sizes=SIZES,
    )


async def _the_file(adherence_id: UUID, desk: AtCharterDesk, db: Db) -> FileRead:  # noqa: ARG001  (who may not is refused first)
    async with db.transaction() as session:
        read = await file_of(session, adherence_id)
    if read is None:
        raise NotFound
    return read


TheFile = Annotated[FileRead, Depends(_the_file)]


@router.get(FILE)
async def show(read: TheFile, desk: AtCharterDesk, screen: Screen) -> Response:
    """The file as it was signed, what the register says of the company, and what happened."""
    return _shown(screen, desk, read, uuid4())


@router.post(FILE + "/{decision}")
async def decide(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    decision: str,
    read: TheFile,
    desk: AtCharterDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
) -> Response:
    """Take one of the three decisions, with the words that the company will read."""
    typed = _typed(decision, form)
    if typed.complaints:
        return _shown(screen, desk, read, request_id_in(form), 422, form, typed.complaints)
    try:
        await ask(db, engine, desk.viewer, read.case, typed, request_id_in(form))
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        async with db.transaction() as session:
            again = await file_of(session, read.case.id) or read
        return _shown(screen, desk, again, next_request_id(form, refusal), 409, form, said)
    return screen.go(f"{LIST}/{read.case.id}", DONE[typed.act])


def _typed(decision: str, form: PostedForm) -> Typed:
    if decision not in DECISIONS:
        raise NotFound
    act, name, wanted = DECISIONS[decision]
    reason, wrong = words_in(form, name, wanted)
    return Typed(act, {"reason": reason}, wrong)


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: CharterDesk,
    read: FileRead,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    case = read.case
    return screen.show(
        "pages/charter/organiser/file.html",
        status,
        desk=desk,
        read=read,
        case=case,
        age_days=age_in_days(case.situation.since, screen.now, case.zone),
        promised_days=case.charter.periods.review_days,
        promises=promises_of(case, read.signed, screen.language),
        seats=seats_of(case, read.signed),
        owed_rows=owed_rows(read.owed, screen.language),
        register=register_rows(screen, case),
        names=NAMES,
        tones=TONES,
        acts=ACTS,
        sizes=SIZES,
        may_decide=case.state in ALLOWED[Act.ACCEPT],
        complements_until=_complements_until(read, screen.now),
        request_id=request_id,
        typed=form or PostedForm(()),
        complaints={name: screen.say(said) for name, said in (complaints or {}).items()},
    )


def _complements_until(read: FileRead, now: datetime) -> datetime:
    """Until when the company would have, if complements were asked for now."""
    days = read.case.charter.periods.complements_days
    return deadline(days_later(now, days, read.case.situation), read.case.situation)
