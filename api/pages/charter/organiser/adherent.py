"""One adherent, and the acts that its state allows, each confirmed on a page of its own."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import islice
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.errors import NotFound
from api.pages.charter.organiser.adherent_deeds import DEEDS, Deed, allowed, typed_in
from api.pages.charter.organiser.adherents import LIST
from api.pages.charter.organiser.asking import ask
from api.pages.charter.organiser.desk import AtCharterDesk, CharterDesk
from api.pages.charter.organiser.file_shown import register_rows
from api.pages.charter.organiser.letter_words import KINDS
from api.pages.charter.organiser.words import (
    ACTS,
    COMING,
    PROGRESS_OF_ONE,
    PROGRESS_TONES,
    SIZES,
    TONES,
)
from api.pages.organiser.asking import next_request_id, request_id_in
from api.pages.organiser.letter_words import STATES
from api.posted import PostedForm
from domain.charter.alerts import NAMES as ALERTS
from domain.charter.alerts import AlertStep
from domain.charter.outlook import outlook
from domain.charter.states import ENTERING, LIVING, NAMES, State
from domain.refusals import Refusal
from storage.reads.charter.organiser.adherent import AdherentRead, adherent_of

router = APIRouter()

ADHERENT = LIST + "/{adherence_id}"
# How far, and how many dates ahead, the page looks.
AHEAD, MOST_DATES = timedelta(days=3 * 366), 12


async def _the_adherent(adherence_id: UUID, desk: AtCharterDesk, db: Db) -> AdherentRead:
    async with db.transaction() as session:
        read = await adherent_of(session, adherence_id, desk.viewer.person_id)
    if read is None:
        raise NotFound
    return read


TheAdherent = Annotated[AdherentRead, Depends(_the_adherent)]


@router.get(ADHERENT)
async def show(read: TheAdherent, desk: AtCharterDesk, screen: Screen) -> Response:
    """Where it stands, what comes next, what it reported, what happened."""
    case = read.case
    coming = outlook(case.situation, case.charter.periods, screen.now, screen.now + AHEAD)
    return screen.show(
        "pages/charter/organiser/adherent.html",
        desk=desk,
        read=read,
        case=case,
        here=f"{LIST}/{case.id}",
        deeds=allowed(case.state, has_successor=bool(case.successor_siret)),
        coming=list(islice(coming, MOST_DATES)),
        coming_words=COMING,
        register=register_rows(screen, case),
        roles={role.code: role.name for role in case.charter.roles},
        level_names={each.code: each.name for each in case.charter.levels},
        names=NAMES,
        tones=TONES,
        acts=ACTS,
        sizes=SIZES,
        steps=ALERTS,
        progress=PROGRESS_OF_ONE,
        progress_tones=PROGRESS_TONES,
        kinds=KINDS,
        letter_states=STATES,
        is_entering=case.state in ENTERING,
        living=LIVING,
        State=State,
    )


@router.get(ADHERENT + "/{deed}")
async def prepare(deed: str, read: TheAdherent, desk: AtCharterDesk, screen: Screen) -> Response:
    """What an act will do, before it is done."""
    return _shown(screen, desk, read, _deed(deed), uuid4())


@router.post(ADHERENT + "/{deed}")
async def do(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    deed: str,
    read: TheAdherent,
    desk: AtCharterDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
) -> Response:
    """Do it, with the words that the company will read."""
    found = _deed(deed)
    typed = typed_in(found, form)
    if typed.complaints:
        said = {name: screen.say(each) for name, each in typed.complaints.items()}
        return _shown(screen, desk, read, found, request_id_in(form), 422, form, said)
    try:
        await ask(db, engine, desk.viewer, read.case, typed, request_id_in(form))
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        again = next_request_id(form, refusal)
        return _shown(screen, desk, read, found, again, 409, form, said)
    return screen.go(f"{LIST}/{read.case.id}", found.done)


def _deed(path: str) -> Deed:
    if path not in DEEDS:
        raise NotFound
    return DEEDS[path]


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: CharterDesk,
    read: AdherentRead,
    deed: Deed,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    return screen.show(
        "pages/charter/organiser/deed.html",
        status,
        desk=desk,
        case=read.case,
        here=f"{LIST}/{read.case.id}",
        deed=deed,
        periods=read.case.charter.periods,
        inquiries=[each for each in read.complaints if each.step == AlertStep.INQUIRY],
        names=NAMES,
        tones=TONES,
        request_id=request_id,
        typed=form or PostedForm(()),
        complaints=complaints or {},
    )
