"""Read the whole application again, sign it and send it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.applications.asking import Wish, ask, is_final
from api.pages.applications.desk import Desk, Work
from api.pages.applications.partner_view import partner_said, partner_title, standing_of
from api.pages.applications.paths import DOCUMENTS, PARTNER, home_of, page_of
from api.pages.applications.read_again import read_sections
from api.pages.applications.typed import request_id_in
from api.pages.applications.work import pen_refusal, sections_of
from api.posted import PostedForm
from domain.applications import Act, Status
from domain.form import check_submission
from domain.members import check_may_send
from domain.refusals import N_, Refusal, Unanswered
from domain.texts import Text
from storage.reads.company_file import (
    files_of,
    has_unsent_changes,
    versions_of,
    was_settled,
)
from storage.reads.partnership import partnership_of

router = APIRouter()

LONGEST_NAME = 200
SIGNATORY = "signatory"


@dataclass(frozen=True, slots=True)
class Lack:
    """An answer that is missing or wrong: what is to do, and where."""

    label: Text
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed to send, as the page shows it again."""

    request_id: UUID
    signatory: str = ""


@router.get("/candidatures/{application_id}/relecture")
async def read_again(application_id: UUID, desk: Desk) -> Response:
    """Show everything that would be sent, and what is missing."""
    work = await desk.work(application_id)
    return await _show(desk, work, Asked(uuid4()))


@router.post("/candidatures/{application_id}/envoyer")
async def send(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Send the application, or say what keeps it from leaving."""
    work = await desk.work(application_id)
    asked = Asked(await _request_id(desk, form, work), form.get(SIGNATORY).strip())
    try:
        _check_may_leave(desk, work)
    except Refusal as refusal:
        return await _show(desk, work, asked, {"": desk.say(refusal)}, 409)
    wrong = _wrong(desk, asked)
    if wrong or _lacks(desk, work):
        return await _show(desk, work, asked, wrong, 422)
    act = Act.COMPLETE if work.status is Status.COMPLEMENTS else Act.SUBMIT
    wish = Wish(act, asked.request_id, {SIGNATORY: asked.signatory})
    try:
        await ask(desk.db, desk.engine, desk.viewer, work, wish)
    except Unanswered as later:
        return desk.go_home(work, later)
    except Refusal as refusal:
        return await _not_sent(desk, form, application_id, refusal)
    return desk.screen.go(page_of(work.id, "recepisse"))


async def _request_id(desk: Desk, form: PostedForm, work: Work) -> UUID:
    """The id of the form, unless it sent a version already and the draft has moved since.

    A second click asks nothing new; a page found again in the history of the browser does.
    """
    request_id = request_id_in(form)
    async with desk.db.statement() as connection:
        if not await was_settled(connection, request_id):
            return request_id
    async with desk.db.transaction() as session:
        files = await files_of(session, work.id)
        versions = await versions_of(session, work.id)
    return uuid4() if has_unsent_changes(work.answers, versions, files) else request_id


def _check_may_leave(desk: Desk, work: Work) -> None:
    check_may_send(work.role)
    closed = pen_refusal(work, desk.now)
    if closed:
        raise closed


def _wrong(desk: Desk, asked: Asked) -> dict[str, str]:
    if 0 < len(asked.signatory) <= LONGEST_NAME:
        return {}
    return {SIGNATORY: desk.screen.say(N_("Indiquez le nom de la personne qui signe."))}


async def _not_sent(
    desk: Desk, form: PostedForm, application_id: UUID, refusal: Refusal
) -> Response:
    """The same page; a request that nobody answered keeps its id, and so its hour of arrival."""
    request_id = uuid4() if is_final(refusal) else request_id_in(form)
    work = await desk.work(application_id)
    asked = Asked(request_id, form.get(SIGNATORY).strip())
    return await _show(desk, work, asked, {"": desk.say(refusal)}, 409)


async def _show(
    desk: Desk,
    work: Work,
    asked: Asked,
    complaints: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    async with desk.db.transaction() as session:
        files = await files_of(session, work.id)
        versions = await versions_of(session, work.id)
        part = await partnership_of(session, work.id)
    closed = pen_refusal(work, desk.now)
    return desk.screen.show(
        "pages/applications/review.html",
        status,
        work=work,
        home=home_of(work.id),
        sections=read_sections(work, work.answers, desk.screen.language),
        files=files,
        files_page=page_of(work.id, _files_page(work)),
        files_url=page_of(work.id, "pieces"),
        lacks=_lacks(desk, work),
        standing=standing_of(desk, work, part) if partner_title(work) else None,
        partner_url=page_of(work.id, PARTNER),
        partner_said=partner_said(desk, work, part),
        partner_title=partner_title(work),
        is_refused=status != 200,  # noqa: PLR2004  (the usual answer)
        versions=versions,
        is_unsent=has_unsent_changes(work.answers, versions, files),
        closed=desk.say(closed) if closed else "",
        may_send=_may_send(work),
        asked=asked,
        send_url=page_of(work.id, "envoyer"),
        export_url=page_of(work.id, "export.json"),
        complaints=complaints or {},
    )


def _may_send(work: Work) -> bool:
    try:
        check_may_send(work.role)
    except Refusal:
        return False
    return True


def _lacks(desk: Desk, work: Work) -> tuple[Lack, ...]:
    places = {
        question.code: (question.label, page_of(work.id, section.code))
        for section in sections_of(work)
        for question in section.questions
    }
    found = check_submission(work.template, work.category.code, work.answers)
    return tuple(
        Lack(
            label=places[complaint.code][0],
            sentence=desk.screen.say(complaint.sentence, **complaint.facts),
            url=f"{places[complaint.code][1]}#field-{complaint.code}",
        )
        for complaint in found
        if complaint.code in places
    )


def _files_page(work: Work) -> str:
    codes = {section.code for section in sections_of(work)}
    return DOCUMENTS if DOCUMENTS in codes else "pieces"
