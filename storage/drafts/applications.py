"""What a company writes: the start of an application, and the answers of its draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.conditions import RuleCheck
from domain.drafting import Merge, marks_of, merged
from domain.edition import EditionTemplate
from domain.members import Role
from domain.refusals import N_, Refusal
from domain.registry import RegistryFacts
from domain.siret import Siret, siren_of
from storage.drafts.pen import Pen, opened
from storage.journal import write_line
from storage.tables.applications import Application, Member

# What no longer counts against the limits of the rules.
GONE = (Status.WITHDRAWN, Status.LAPSED)
TITLE = "title"


@dataclass(frozen=True, slots=True)
class Start:
    """Who opens which application, with what the register said."""

    person_id: UUID
    siret: Siret
    category: str
    company: str
    facts: RegistryFacts
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Started:
    """The application, whether it was there already, and whether the person works on it."""

    id: UUID
    is_new: bool
    is_mine: bool


async def find_or_check(
    session: AsyncSession, cycle_id: UUID, template: EditionTemplate, start: Start
) -> Started | None:
    """The application that this establishment already has there, or None when it may open one."""
    others = await applications_of(session, cycle_id, start.siret)
    if start.category in others:
        application_id = others[start.category]
        is_mine = await _works_on(session, application_id, start.person_id)
        return Started(application_id, is_new=False, is_mine=is_mine)
    check_limit(template, len(others))
    return None


async def start_application(
    session: AsyncSession, cycle_id: UUID, template: EditionTemplate, start: Start
) -> Started:
    """Open an application, or find the one that this establishment already has in the category."""
    await take_turns(session, cycle_id, start.siret)
    found = await find_or_check(session, cycle_id, template, start)
    if found:
        return found
    application = Application(
        cycle_id=cycle_id,
        siret=start.siret,
        siren=siren_of(start.siret),
        company=start.company,
        category=start.category,
        answers=dict(start.answers),
        registry_facts=start.facts.to_document(),
    )
    session.add(application)
    await session.flush()
    session.add(Member(application_id=application.id, person_id=start.person_id, role=Role.OWNER))
    write_line(
        session,
        subject=f"application:{application.id}",
        act="open_application",
        after=Status.DRAFT,
        by_person=start.person_id,
        cycle_id=cycle_id,
    )
    return Started(application.id, is_new=True, is_mine=True)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed in one section, and the marks of what the page showed them.

    ``seen`` is None when the form did not say: what is typed then replaces what is kept.
    """

    answers: Mapping[str, object]
    seen: Mapping[str, str] | None


async def save_answers(session: AsyncSession, pen: Pen, typed: Typed) -> Merge:
    """Keep what was typed, right or wrong, unless the draft is closed; say what clashed."""
    application = await opened(session, pen)
    kept: Mapping[str, object] = application.answers
    seen = marks_of(kept, typed.answers) if typed.seen is None else typed.seen
    merge = merged(kept, typed.answers, seen)
    if merge.answers != kept:
        application.answers = merge.answers
        application.title = str(merge.answers.get(TITLE, ""))
        application.saved_by = pen.person_id
        application.saved_at = pen.now
    return merge


async def take_turns(session: AsyncSession, cycle_id: UUID, siret: str) -> None:
    """Two colleagues who start at the same instant wait for one another until commit."""
    key = func.hashtextextended(f"{cycle_id}:{siret}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def applications_of(session: AsyncSession, cycle_id: UUID, siret: str) -> dict[str, UUID]:
    """Those of an establishment that count in the cycle, by category."""
    rows = await session.execute(
        select(col(Application.category), col(Application.id)).where(
            col(Application.cycle_id) == cycle_id,
            col(Application.siret) == siret,
            col(Application.status).not_in(GONE),
        )
    )
    return dict(list(rows))


async def _works_on(session: AsyncSession, application_id: UUID, person_id: UUID) -> bool:
    found = await session.execute(
        select(col(Member.id)).where(
            col(Member.application_id) == application_id, col(Member.person_id) == person_id
        )
    )
    return found.first() is not None


def check_limit(template: EditionTemplate, others: int) -> None:
    """Refuse one more category than the rules allow."""
    limits = [
        rule.settings["categories"]
        for rule in template.rules
        if rule.check is RuleCheck.APPLICATION_LIMITS and "categories" in rule.settings
    ]
    if any(others >= limit for limit in limits):
        raise Refusal(
            N_(
                "Cet établissement a déjà une candidature dans %(count)s catégories de ce cycle : "
                "c'est le maximum du règlement. Retirez l'une d'elles pour en commencer une autre."
            ),
            count=others,
        )
