"""The rules of an edition to come: copied from another year, then changed as a new version.

A template row never changes, and a cycle keeps its own: what is changed here is what the next
cycles of the edition will freeze.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.editions import EditionPhase
from domain.refusals import N_, Refusal
from storage.editions import create_edition, register_template
from storage.journal import write_line
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Edition, Template

CHANGES_IN = {EditionPhase.BY_HAND, EditionPhase.PREPARED}
GONE = (Status.WITHDRAWN, Status.LAPSED)
CONFIRMED = N_(
    "Cette édition est confirmée : son règlement ne change plus. Copiez-le pour l'année suivante."
)
CHANGED_ELSEWHERE = N_(
    "Quelqu'un a changé ce règlement pendant que vous l'écriviez. Rechargez la page, puis reprenez "
    "vos changements."
)


@dataclass(frozen=True, slots=True)
class EditedRules:
    """The template of an edition, as a form starts from it."""

    edition: Edition
    template: Template
    zones: tuple[str, ...]
    files: dict[str, int]


async def rules_to_edit(
    session: AsyncSession, code: str, *, locked: bool = False
) -> EditedRules | None:
    """The rules of that edition, and what its cycles already hold."""
    asked = select(Edition).where(col(Edition.code) == code)
    edition = (
        await session.execute(asked.with_for_update() if locked else asked)
    ).scalar_one_or_none()
    if edition is None:
        return None
    template = await session.get_one(Template, edition.template_id)
    zones = await session.execute(
        select(col(Cycle.zone)).where(col(Cycle.edition_id) == edition.id).distinct()
    )
    files = await session.execute(
        select(col(Application.category), func.count())
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(col(Cycle.edition_id) == edition.id, col(Application.status).not_in(GONE))
        .group_by(col(Application.category))
    )
    counted: dict[str, int] = {row[0]: row[1] for row in files}
    return EditedRules(edition, template, tuple(zones.scalars()), counted)


def check_may_change(edition: Edition) -> None:
    """Refuse to change the rules of an edition that its organiser has confirmed."""
    if EditionPhase(edition.phase) not in CHANGES_IN:
        raise Refusal(CONFIRMED)


async def change_rules(
    session: AsyncSession, rules: EditedRules, document: dict[str, Any], seen: str, by: UUID
) -> bool:
    """Keep the document as the next version of its template; False when it says nothing new.

    The edition must be locked. ``seen`` is the fingerprint from which the form started.
    """
    check_may_change(rules.edition)
    old = rules.template
    if document | {"version": 0} == old.document | {"version": 0}:
        return False
    if old.fingerprint != seen:
        raise Refusal(CHANGED_ELSEWHERE)
    last = await session.execute(
        select(func.max(col(Template.version))).where(col(Template.code) == old.code)
    )
    version = last.scalar_one() + 1
    new = await register_template(session, document | {"version": version})
    rules.edition.template_id = new.id
    write_line(
        session,
        subject=f"edition:{rules.edition.id}",
        act="change_rules",
        before=f"version {old.version}",
        after=f"version {version}",
        by_person=by,
    )
    return True


async def copy_edition(session: AsyncSession, rules: EditedRules, year: int, by: UUID) -> Edition:
    """Open another year on the same rules, to be changed there."""
    edition = await create_edition(session, rules.template.document, year)
    write_line(
        session,
        subject=f"edition:{edition.id}",
        act="copy_rules",
        before=f"edition {rules.edition.code}",
        after=f"edition {edition.code}",
        by_person=by,
    )
    return edition
