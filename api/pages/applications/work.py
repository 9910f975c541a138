"""The application that a page is about, for somebody of its company."""

from datetime import datetime
from uuid import UUID

from api.dependencies import Viewer
from api.errors import NotFound
from domain.drafting import check_writable
from domain.edition import Section
from domain.members import check_may_write
from domain.refusals import Refusal
from storage.database import Executor
from storage.reads.company import Work, work_on

__all__ = ["Work", "pen_refusal", "sections_of", "the_work"]


async def the_work(executor: Executor, viewer: Viewer, application_id: UUID) -> Work:
    """The application, if the person works on it; it is not found by anybody else."""
    work = await work_on(executor, application_id, viewer.person_id)
    if work is None:
        raise NotFound
    return work


def sections_of(work: Work) -> tuple[Section, ...]:
    """The sections that a company fills in this category."""
    return work.template.sections_for(work.category.code)


def pen_refusal(work: Work, now: datetime) -> Refusal | None:
    """Why this person may not write in the draft now, if they may not."""
    try:
        check_writable(
            work.status,
            work.phase_at(now),
            work.calendar,
            work.complements_until,
            now,
            work.entry,
        )
        check_may_write(work.role)
    except Refusal as refusal:
        return refusal
    return None
