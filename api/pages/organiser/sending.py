"""Sending the results: what would leave and to whom, the agreement of a second person, and how far it is."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from activities.letters.facts import UNSAYABLE
from activities.letters.parcel import Written
from activities.letters.rendering import Writer
from api.dependencies import Asking, Db, Form, Screen, SettingsDep
from api.errors import NotFound
from api.pages.organiser.asking import Wish, next_request_id, request_id_in, written_down
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.pages.organiser.letter_preview import HOME, PERSONAL
from api.pages.organiser.letter_words import KINDS, STATES
from domain.mailings import STEP_NAMES, MailingAct, MailingStep, Release
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.wire.mailing import AskOfMailing
from settings import Settings
from storage.acts.mailings import results_mailing, signers_of
from storage.database import Database
from storage.drafts.results_release import agreement_on, approve
from storage.reads.organiser.results_mailing import (
    Sample,
    outlook_on_results,
    outlook_on_written,
    progress_of,
)
from storage.reads.organiser.tallies import forget
from storage.tables.mailings import Mailing

router = APIRouter()

PAGE = DESK + "/resultats/envoi"
ACTS = {
    "liberer": MailingAct.RELEASE,
    "suspendre": MailingAct.PAUSE,
    "reprendre": MailingAct.RESUME,
    "abandonner": MailingAct.CANCEL,
}
APPROVED = N_("Votre accord est noté : les lettres partiront à la publication, et pas avant.")
DONE = {
    MailingAct.RELEASE: N_("Les lettres partent."),
    MailingAct.PAUSE: N_("L'envoi est suspendu : les lettres en main finissent de partir."),
    MailingAct.RESUME: N_("L'envoi reprend là où il en était."),
    MailingAct.CANCEL: N_("L'envoi est abandonné : ce qui n'est pas parti ne partira pas."),
}


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen, settings: SettingsDep) -> Response:
    """Counts and samples before, progress after."""
    return await _shown(screen, desk, db, settings, uuid4())


@router.post(PAGE + "/approuver")
async def agree(
    desk: AtDesk, form: Form, db: Db, screen: Screen, settings: SettingsDep
) -> Response:
    """Agree under embargo."""
    try:
        async with db.transaction() as session:
            await approve(
                session,
                desk.cycle.id,
                desk.viewer.person_id,
                request_id_in(form),
                may_be_alone=settings.results_released_alone,
            )
    except Refusal as refusal:
        return await _refused(screen, desk, db, settings, next_request_id(form, refusal), refusal)
    return screen.go(f"{desk.base}/resultats/envoi", APPROVED)


@router.post(PAGE + "/{act_name}")
async def act(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    act_name: str,
    desk: AtDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
    settings: SettingsDep,
) -> Response:
    """Release, pause, resume, give up."""
    act = ACTS.get(act_name)
    async with db.transaction() as session:
        mailing = await results_mailing(session, desk.cycle.id)
    if act is None or mailing is None:
        raise NotFound
    alone = {"may_be_alone": settings.results_released_alone}
    payload = alone if act is MailingAct.RELEASE else {}
    wish = Wish(act, f"mailing:{mailing.id}", request_id_in(form), payload)
    try:
        asked = await written_down(db, desk.viewer, wish)
        await engine.ask_mailing(mailing.key, AskOfMailing(act, asked.request, asked.arrived_at))
    except Refusal as refusal:
        return await _refused(screen, desk, db, settings, next_request_id(form, refusal), refusal)
    forget(desk.cycle.id)
    return screen.go(f"{desk.base}/resultats/envoi", DONE[act])


async def _refused(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    settings: Settings,
    request_id: UUID,
    refusal: Refusal,
) -> Response:
    said = {"": screen.say(refusal.sentence, **refusal.facts)}
    return await _shown(screen, desk, db, settings, request_id, 409, said)


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    settings: Settings,
    request_id: UUID,
    status: int = 200,
    complaints: dict[str, str] | None = None,
) -> Response:
    async with db.transaction() as session:
        mailing = await results_mailing(session, desk.cycle.id)
        outlook = agreement = None
        if mailing is not None:
            outlook = await outlook_on_written(session, mailing)
        elif desk.phase is Phase.DECIDED:
            outlook = await outlook_on_results(session, desk.cycle, screen.now)
            agreement = await agreement_on(session, desk.cycle.id)
        progress = await progress_of(session, desk.cycle.id)
        signers = await signers_of(session, desk.cycle.id)
    release = Release(signers, str(desk.viewer.person_id), settings.results_released_alone)
    return screen.show(
        "pages/organiser/sending.html",
        status,
        desk=desk,
        mailing=mailing,
        step=_step(mailing),
        steps=STEP_NAMES,
        outlook=outlook,
        samples=[(each, _written(each, settings)) for each in outlook.samples] if outlook else [],
        agreement=agreement,
        progress=[(STATES[state], count) for state, count in sorted(progress.items())],
        kinds=KINDS,
        is_mine=release.is_alone,
        may_release=release.may_be_alone or not release.is_alone,
        request_id=request_id,
        complaints=complaints or {},
        say=screen.say,
    )


def _step(mailing: Mailing | None) -> MailingStep | None:
    return MailingStep(mailing.step) if mailing else None


def _written(sample: Sample, settings: Settings) -> Written | None:
    """The sample as its reader would read it, its link apart."""
    facts = {name: value for name, value in sample.facts.items() if name not in PERSONAL}
    try:
        return Writer(settings).write(sample.kind, sample.language, sample.reader, facts | HOME)
    except UNSAYABLE:
        return None
