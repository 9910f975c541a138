"""What every handler of these pages asks for, and why a part may be closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from api.dependencies import Asking, Db, Now, Screen, SignedInViewer
from api.errors import Forbidden, NotFound
from domain.partners import (
    PartnerAct,
    PartnerStatus,
    check_alive,
    check_in_time,
    moved,
    partner_sections,
)
from domain.questions import Question
from domain.refusals import N_, Refusal
from storage.drafts.partnerships import PartnerPen
from storage.reads.partnership import PartnerWork, partner_work

RELEASED = N_(
    "L'entreprise a retiré cette invitation : il n'y a plus rien à remplir, et rien n'a été signé."
)


@dataclass(frozen=True, slots=True)
class _PartnerDesk:
    """Somebody signed in, and what answers them."""

    viewer: SignedInViewer
    db: Db
    screen: Screen
    engine: Asking
    now: Now

    async def work(self, partner_id: UUID) -> PartnerWork:
        """The part that this person was invited to fill; it is not found by anybody else."""
        async with self.db.transaction() as session:
            work = await partner_work(session, partner_id, self.viewer.person_id)
        if work is None:
            raise NotFound
        if work.part.status is PartnerStatus.WITHDRAWN:
            raise Forbidden(RELEASED)
        return work

    def pen(self, work: PartnerWork) -> PartnerPen:
        """The person's hand on their part, at this instant."""
        return PartnerPen(work.part.id, self.viewer.person_id, self.now)

    def say(self, refusal: Refusal) -> str:
        """A refusal in the language of the reader."""
        return self.screen.say(refusal.sentence, **refusal.facts)


PartnerDesk = Annotated[_PartnerDesk, Depends()]


def questions_of(work: PartnerWork) -> tuple[Question, ...]:
    """The questions that the partner answers."""
    sections = partner_sections(work.template, work.category.code)
    return tuple(question for section in sections for question in section.questions)


def closed_by(work: PartnerWork, now: datetime) -> Refusal | None:
    """Why the part can be read only, if it is so."""
    try:
        check_alive(work.status)
        moved(work.part.status, PartnerAct.COUNTERSIGN)
        check_in_time(work.delay, work.part.invited_at, now)
    except Refusal as refusal:
        return refusal
    return None
