"""The corrections of a published palmarès: what was corrected, and the answer of a second person."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.errors import NotFound
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    reason_in,
    request_id_in,
    written_down,
)
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.pages.public.documents import PublishedCategory, palmares_in
from api.posted import PostedForm
from domain.corrections import (
    CORRECTED,
    KIND_NAMES,
    STEP_NAMES,
    CorrectionAct,
    CorrectionStep,
    Signature,
    check_second_person,
)
from domain.palmares import Amendment, Document, corrected
from domain.refusals import N_, NotRunning, Refusal
from domain.texts import Text
from domain.wire.correction import AskOfCorrection, RunCorrection
from storage.acts.corrections import amendments_of, latest_of
from storage.database import Database
from storage.reads.organiser.corrections import (
    CorrectionLine,
    corrections_of,
    the_correction,
    versions_of,
)
from storage.tables.corrections import Correction

router = APIRouter()

PAGE = DESK + "/corrections"
ACTS = {"confirmer": CorrectionAct.CONFIRM, "ecarter": CorrectionAct.DISMISS}
DONE = {
    CorrectionAct.CONFIRM: N_(
        "La version corrigée est publiée. Les structures concernées, l'organisation et la "
        "présidence du jury en sont averties."
    ),
    CorrectionAct.DISMISS: N_("La correction est écartée : le palmarès ne change pas."),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction that waits, with its category before and after it; or why it no longer applies."""

    line: CorrectionLine
    before: PublishedCategory | None
    after: PublishedCategory | None
    refused: Refusal | None
    is_mine: bool


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """The versions, what waits for a second person, and what was corrected."""
    return await _shown(screen, desk, db, uuid4())


@router.post(PAGE + "/{correction_id}/{answer}")
async def decide(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    correction_id: UUID,
    answer: str,
    desk: AtDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
) -> Response:
    """Confirm the correction, or dismiss it with a reason."""
    act = ACTS.get(answer)
    async with db.transaction() as session:
        correction = await the_correction(session, desk.cycle.id, correction_id)
    if act is None or correction is None:
        raise NotFound
    try:
        payload = {"reason": reason_in(form)} if act is CorrectionAct.DISMISS else {}
    except Refusal as refusal:
        said = {f"reason-{correction_id}": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, desk, db, request_id_in(form), 422, form, said)
    wish = Wish(act, f"correction:{correction_id}", request_id_in(form), payload)
    try:
        signature = Signature(str(correction.proposed_by), str(desk.viewer.person_id))
        check_second_person(act, signature)
        asked = await written_down(db, desk.viewer, wish)
        await _ask(engine, correction, AskOfCorrection(act, asked.request, asked.arrived_at))
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, desk, db, next_request_id(form, refusal), 409, form, said)
    return screen.go(f"{desk.base}/corrections", DONE[act])


async def _ask(engine: Asking, correction: Correction, asked: AskOfCorrection) -> None:
    try:
        await engine.ask_correction(str(correction.id), asked)
    except NotRunning:
        if correction.step != CorrectionStep.PROPOSED:
            raise
        # The engine was away when it was proposed: start it now, and ask again.
        await engine.run_correction(RunCorrection(str(correction.id), correction.until))
        await engine.ask_correction(str(correction.id), asked)


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    complaints: dict[str, str] | None = None,
) -> Response:
    is_published = desk.phase in CORRECTED
    async with db.transaction() as session:
        lines = await corrections_of(session, desk.cycle.id)
        versions = await versions_of(session, desk.cycle.id)
        document = (await latest_of(session, desk.cycle.id)).document if versions else None
        open_ones = [each for each in lines if each.step is CorrectionStep.PROPOSED]
        amendments = await amendments_of(session, [each.row for each in open_ones])
    waiting = [
        _proposal(desk, screen, document, each, amendments[each.row.id])
        for each in open_ones
        if document is not None
    ]
    return screen.show(
        "pages/organiser/corrections.html",
        status,
        desk=desk,
        is_published=is_published and document is not None,
        versions=versions,
        waiting=waiting,
        past=[each for each in lines if each.step is not CorrectionStep.PROPOSED],
        names=(names := _names(document)),
        categories_said=list(names.items()),
        kinds=KIND_NAMES,
        kinds_said=[(str(kind), screen.say(name)) for kind, name in KIND_NAMES.items()],
        steps=STEP_NAMES,
        request_id=request_id,
        typed=form or PostedForm(()),
        complaints=complaints or {},
        say=screen.say,
    )


def _proposal(
    desk: Desk, screen: Screen, document: Document, line: CorrectionLine, amendment: Amendment
) -> Proposal:
    is_mine = line.row.proposed_by == desk.viewer.person_id
    before = _category(document, line.row.category)
    try:
        after = corrected(document, amendment, screen.now)
    except Refusal as refusal:
        return Proposal(line, before, None, refusal, is_mine)
    return Proposal(line, before, _category(after, line.row.category), None, is_mine)


def _names(document: Document | None) -> dict[str, Text]:
    found = palmares_in(document).categories if document else ()
    return {each.code: each.name for each in found}


def _category(document: Document, code: str) -> PublishedCategory | None:
    found = (each for each in palmares_in(document).categories if each.code == code)
    return next(found, None)
