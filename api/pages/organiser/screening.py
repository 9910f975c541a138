"""One application on the organiser's desk: read it, then admit, refuse, or ask once for more."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.errors import NotFound
from api.pages.organiser.asking import Wish, next_request_id, request_id_in, written_down
from api.pages.organiser.decision import Decision, decision_in
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.pages.organiser.file_shown import (
    countersigned,
    registry_rows,
    rules_said,
    sections_said,
)
from api.pages.organiser.letter_words import KINDS, STATES
from api.pages.organiser.trace_words import ACTS as ACT_WORDS
from api.posted import PostedForm
from domain.applications import MOVES, NAMES, Act
from domain.edition import EditionTemplate
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.wire.application import AskOfApplication
from storage.database import Database
from storage.reads.organiser.application import ApplicationFile, application_file
from storage.reads.organiser.cycles import year_of
from storage.reads.organiser.tallies import forget
from storage.reads.prizes import may_renounce
from storage.templates import template_of

router = APIRouter()

FILE = DESK + "/candidatures/{application_id}"
ACTS = {
    "recevable": Act.ADMIT,
    "non-recevable": Act.REFUSE,
    "complements": Act.ASK_COMPLEMENTS,
    "reprise": Act.TAKE_BACK,
    "retour-decline": Act.DECLINE_RETURN,
    "renoncement": Act.RENOUNCE,
}
DONE = {
    Act.ADMIT: N_("La candidature est recevable. La structure en est avertie."),
    Act.REFUSE: N_("La candidature est déclarée non recevable. La structure reçoit vos motifs."),
    Act.ASK_COMPLEMENTS: N_(
        "Le complément est demandé. La structure en est avertie, avec la date."
    ),
    Act.TAKE_BACK: N_(
        "La candidature est reprise, telle qu'elle a été envoyée : elle attend votre décision de "
        "recevabilité. La structure en est avertie."
    ),
    Act.DECLINE_RETURN: N_("La candidature reste retirée. La structure reçoit votre motif."),
    Act.RENOUNCE: N_(
        "Le renoncement est noté. La structure en reçoit la trace, et la présidence décide de nouveau."
    ),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A file with the rules of its cycle."""

    file: ApplicationFile
    template: EditionTemplate
    year: int
    is_distinguished: bool


@router.get(FILE)
async def show(application_id: UUID, desk: AtDesk, db: Db, screen: Screen) -> Response:
    """The file as it was sent, what the rules say of it, and what happened."""
    return _shown(screen, desk, await _read(db, desk, application_id), uuid4())


@router.post(FILE + "/{decision}")
async def decide(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    application_id: UUID,
    decision: str,
    desk: AtDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
) -> Response:
    """Take one of the decisions, with the words that the company will read."""
    act = ACTS.get(decision)
    if act is None:
        raise NotFound
    read = await _read(db, desk, application_id)
    taken = decision_in(form, act, read.template)
    if taken.complaints:
        said = {field: screen.say(each) for field, each in taken.complaints.items()}
        return _shown(screen, desk, read, request_id_in(form), 422, form, said)
    try:
        await _ask(db, engine, desk, application_id, taken, request_id_in(form))
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        again = await _read(db, desk, application_id)
        return _shown(screen, desk, again, next_request_id(form, refusal), 409, form, said)
    forget(desk.cycle.id)
    return screen.go(f"{desk.base}/candidatures/{application_id}", DONE[act])


async def _ask(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    db: Db, engine: Asking, desk: Desk, application_id: UUID, taken: Decision, request_id: UUID
) -> None:
    wish = Wish(taken.act, f"application:{application_id}", request_id, taken.payload())
    asked = await written_down(db, desk.viewer, wish)
    ask = AskOfApplication(taken.act, asked.request, asked.arrived_at)
    await engine.ask_application(str(application_id), ask)


async def _read(db: Database, desk: Desk, application_id: UUID) -> Read:
    async with db.transaction() as session:
        file = await application_file(session, desk.cycle.id, application_id)
        if file is None:
            raise NotFound
        return Read(
            file,
            await template_of(session, desk.cycle),
            await year_of(session, desk.cycle),
            desk.phase is Phase.DECIDED and await may_renounce(session, application_id),
        )


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    read: Read,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    file, category = read.file, read.template.category(read.file.category)
    may = {act for act, moves in MOVES.items() if file.status in moves}
    return screen.show(
        "pages/organiser/application.html",
        status,
        desk=desk,
        file=file,
        countersigned=countersigned(read.template, file),
        category=category,
        names=NAMES,
        rules=rules_said(read.template, file),
        rule_choices=[(rule.code, rule.name) for rule in read.template.rules],
        registry=registry_rows(screen, file),
        sections=sections_said(read.template, file, read.year, screen.language),
        acts=ACT_WORDS,
        kinds=KINDS,
        letter_states=STATES,
        has_doubts=any(line.act == Act.DOUBT for line in file.history),
        may_renounce=read.is_distinguished,
        may_admit=Act.ADMIT in may,
        may_change=Act.CHANGE_CATEGORY in may and desk.phase in {Phase.OPEN, Phase.SCREENING},
        may_extend=Act.EXTEND in may and desk.phase in {Phase.OPEN, Phase.SCREENING},
        may_refuse=Act.REFUSE in may,
        may_take_back=Act.TAKE_BACK in may,
        may_ask=Act.ASK_COMPLEMENTS in may and not file.was_asked_to_complete,
        complements_until=screen.now + desk.calendar.complements_within,
        request_id=request_id,
        typed=form or PostedForm(()),
        say=screen.say,
        complaints=complaints or {},
    )
