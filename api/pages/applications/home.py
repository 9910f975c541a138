"""The task list of an application: what is done, what is left, until when, with whom."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.pages.applications.coming_back import may_come_back
from api.pages.applications.desk import Desk, Work
from api.pages.applications.partner_view import (
    MISSING,
    Standing,
    partner_title,
    standing_of,
)
from api.pages.applications.paths import DOCUMENTS, PARTNER, home_of, page_of
from api.pages.applications.stages import (
    ARRIVED,
    TONES,
    WAITING,
    deadline_of,
    may_update,
    reason_of,
    refused_later,
    timeline_of,
    what_is_next,
)
from api.pages.applications.work import pen_refusal, sections_of
from domain.applications import MOVES, NAMES, Act, Status
from domain.conflicts import may_name_jurors
from domain.form import SectionProgress, SectionStatus, completeness
from domain.members import NAMES as ROLES
from domain.members import SENDERS, Role
from domain.partners import partner_sections, with_countersignature
from domain.phases import Phase
from domain.promotion import OFFER_NAMES, OfferStatus
from domain.refusals import N_
from domain.texts import Text
from storage.reads.company_file import (
    JoinedFile,
    Sent,
    colleagues_on,
    decisions_on,
    files_of,
    has_unsent_changes,
    last_ask_of,
    versions_of,
)
from storage.reads.doubts import latest_step
from storage.reads.duplicates import closed_for, pieces_into
from storage.reads.extensions import extension_of
from storage.reads.partnership import partnership_of
from storage.reads.prizes import prize_of
from storage.reads.promotion import status_of_offer
from storage.reads.regrouping import judged_elsewhere

router = APIRouter()

STATUSES = {
    SectionStatus.NOT_STARTED: "not_started",
    SectionStatus.IN_PROGRESS: "in_progress",
    SectionStatus.COMPLETE: "complete",
    SectionStatus.NEEDS_ATTENTION: "attention",
}
FILES = N_("Vos pièces")
DISTINGUISHED = frozenset({Phase.DECIDED, Phase.PUBLISHED, Phase.CLOSED})
WITHDRAWABLE = frozenset(MOVES[Act.WITHDRAW])


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list."""

    title: str | Text
    url: str
    status: str
    note: str = ""


@router.get("/candidatures/{application_id}")
async def show(application_id: UUID, desk: Desk) -> Response:
    """Show where the application stands, what is left to do and what comes next."""
    work = await desk.work(application_id)
    async with desk.db.transaction() as session:
        files = await files_of(session, work.id)
        colleagues = await colleagues_on(session, work.id)
        versions = await versions_of(session, work.id)
        decided = reason_of(work, await decisions_on(session, work.id))
        asked = await last_ask_of(session, work.id)
        part = await partnership_of(session, work.id)
        place = await status_of_offer(session, work.id)
        doubt = await latest_step(session, work.id)
        prize = await prize_of(session, work.id) if work.phase in DISTINGUISHED else None
        extension = await extension_of(session, work.id)
        closed_as = await closed_for(session, work.id) if work.status is Status.DUPLICATE else None
        pieces = await pieces_into(session, work.id)
        elsewhere = (
            await judged_elsewhere(session, work.cycle_id, work.category.code, work.id)
            if work.status is Status.ADMITTED
            else None
        )
    standing = standing_of(desk, work, part)
    progress = with_countersignature(
        completeness(work.template, work.category.code, work.answers),
        partner_sections(work.template, work.category.code),
        is_countersigned=standing.is_signed,
    )
    sentence, dates = what_is_next(work, desk.now, elsewhere)
    state = NAMES[work.status]
    if asked and asked.is_waiting:
        sentence, dates = ARRIVED[asked.act], {"arrived_at": asked.arrived_at}
        state = WAITING[asked.act]
    refused = refused_later(work, asked)
    closed = pen_refusal(work, desk.now)
    return desk.screen.show(
        "pages/applications/home.html",
        work=work,
        home=home_of(work.id),
        tone=TONES[work.status],
        state=desk.screen.say(state),
        is_waiting=asked is not None and asked.is_waiting,
        refused=refused,
        why=desk.say(refused.refusal) if refused and refused.refusal else "",
        next=desk.screen.say(sentence, **dates),
        deadline=deadline_of(work, desk.now),
        tasks=[*_tasks(desk, work, progress.sections, files), *_partner_task(desk, work, standing)],
        standing=standing if partner_title(work) else None,
        progress=progress,
        colleagues=colleagues,
        roles=ROLES,
        versions=versions,
        decided=decided,
        extension=extension,
        closed_as=closed_as,
        pieces=pieces,
        rules=_rules(work, decided.rules if decided else ()),
        is_unsent=_is_unsent(work, versions, files),
        closed=desk.say(closed) if closed else "",
        steps=() if elsewhere else timeline_of(work),
        may_send=work.role in SENDERS,
        is_owner=work.role is Role.OWNER,
        may_come_back=not (asked and asked.is_waiting) and may_come_back(desk, work),
        may_withdraw=work.role in SENDERS and work.status in WITHDRAWABLE,
        place=OFFER_NAMES[place] if place else "",
        doubt=doubt,
        may_change_category=not work.version and not closed,
        may_name=work.role in SENDERS and may_name_jurors(work.phase, work.status),
        may_renounce=prize is not None and work.role in SENDERS,
        is_offered=place is OfferStatus.OFFERED,
        origin=home_of(work.origin_id) if work.origin_id else "",
        judged_copy=home_of(elsewhere.copy) if elsewhere and elsewhere.copy else "",
        is_updatable=may_update(work),
        is_published=work.phase in {Phase.PUBLISHED, Phase.CLOSED},
    )


def _tasks(
    desk: Desk,
    work: Work,
    progress: tuple[SectionProgress, ...],
    files: tuple[JoinedFile, ...],
) -> list[Task]:
    done = {each.code: each for each in progress}
    sections = sections_of(work)
    tasks = [
        Task(
            title=section.title,
            url=page_of(work.id, section.code),
            status=_status(done[section.code], section.code, files),
            note=_note(desk, work, done[section.code], files),
        )
        for section in sections
    ]
    if DOCUMENTS not in done:
        status = "complete" if files else "not_started"
        note = _files_note(desk, work, files)
        tasks.append(Task(desk.screen.say(FILES), page_of(work.id, "pieces"), status, note))
    return tasks


def _partner_task(desk: Desk, work: Work, standing: Standing) -> list[Task]:
    """The countersignature counts among what is to do; its page says how."""
    title = partner_title(work)
    if title is None:
        return []
    if standing.is_signed:
        changed = N_("Texte modifié après la contresignature")
        note = desk.screen.say(changed) if standing.is_changed else ""
        return [Task(title, page_of(work.id, PARTNER), "complete", note)]
    status = "in_progress" if standing.until else "not_started"
    return [Task(title, page_of(work.id, PARTNER), status, desk.screen.say(MISSING))]


def _status(progress: SectionProgress, code: str, files: tuple[JoinedFile, ...]) -> str:
    is_quiet = progress.status is not SectionStatus.NEEDS_ATTENTION
    if code == DOCUMENTS and files and is_quiet:
        return "complete"
    return STATUSES[progress.status]


def _note(desk: Desk, work: Work, progress: SectionProgress, files: tuple[JoinedFile, ...]) -> str:
    if progress.code == DOCUMENTS:
        return _files_note(desk, work, files)
    if progress.status is SectionStatus.NEEDS_ATTENTION:
        return desk.screen.say(N_("Une réponse au moins est à corriger"))
    if progress.status is SectionStatus.COMPLETE or not progress.required:
        return ""
    return desk.screen.say(
        N_("Réponses nécessaires : %(done)s sur %(required)s"),
        done=progress.done,
        required=progress.required,
    )


def _files_note(desk: Desk, work: Work, files: tuple[JoinedFile, ...]) -> str:
    most = work.template.attachments.count
    if not files:
        return desk.screen.say(N_("Facultatif : %(most)s pièces au plus"), most=most)
    return desk.screen.say(
        N_("Pièces jointes : %(count)s sur %(most)s"), count=len(files), most=most
    )


def _rules(work: Work, codes: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(rule.name for rule in work.template.rules if rule.code in codes)


def _is_unsent(work: Work, versions: tuple[Sent, ...], files: tuple[JoinedFile, ...]) -> bool:
    is_sent = work.status in {Status.SUBMITTED, Status.COMPLEMENTS} or may_update(work)
    return is_sent and has_unsent_changes(work.answers, versions, files)
