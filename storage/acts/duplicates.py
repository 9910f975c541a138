"""One application is closed as the duplicate of another: the row, the people told, the way back."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.duplicates import NOT_ALIKE, Filed, check_duplicate, check_unjudged
from domain.final_files import GONE_UP
from domain.phases import Phase
from domain.refusals import Refusal
from storage.acts.case import Case, reason, write
from storage.acts.screening import record_screening
from storage.tables.applications import Application, Duplicate
from storage.tables.juries import Card


async def mark_duplicate(session: AsyncSession, case: Case) -> None:
    """Close it for another of the same company, which lives on; the people of both are told."""
    await _take_turns(session, case)
    kept = await _kept(session, case)
    closed, other = await _filed(session, case.application), await _filed(session, kept)
    check_duplicate(closed, other, Phase(case.cycle.phase))
    record_screening(session, case, Act.MARK_DUPLICATE)
    if case.request is not None:
        session.add(
            Duplicate(
                application_id=case.application.id,
                kept_id=kept.id,
                before=case.application.status,
                reason=reason(case),
                at=case.at,
                by_person=case.request.by_person,
                request_id=case.request.id,
            )
        )
    await _write_to_both(session, case, kept, ("application_duplicate", "application_kept"))


async def unmark_duplicate(session: AsyncSession, case: Case) -> Status:
    """Let it live again where it stood, while no jury has read either of the two."""
    await _take_turns(session, case)
    duplicate = (
        await session.execute(
            select(Duplicate).where(
                col(Duplicate.application_id) == case.application.id,
                col(Duplicate.undone_at).is_(None),
            )
        )
    ).scalar_one()
    kept = await session.get_one(Application, duplicate.kept_id)
    files = (await _filed(session, case.application), await _filed(session, kept))
    check_unjudged(Phase(case.cycle.phase), files)
    duplicate.undone_at, duplicate.undone_reason = case.at, reason(case)
    duplicate.undone_by = case.request.by_person if case.request else None
    await _write_to_both(session, case, kept, ("duplicate_undone", "duplicate_undone"))
    return Status(duplicate.before)


async def _take_turns(session: AsyncSession, case: Case) -> None:
    """Two organisers who close each for the other wait for one another until commit."""
    key = func.hashtextextended(f"duplicates:{case.cycle.id}:{case.application.siren}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def _kept(session: AsyncSession, case: Case) -> Application:
    """The other application that the request names, in the same cycle."""
    typed = str(case.request.payload.get("kept", "")) if case.request else ""
    try:
        its_id = UUID(typed)
    except ValueError:
        raise Refusal(NOT_ALIKE) from None
    found = await session.execute(
        select(Application)
        .where(col(Application.id) == its_id, col(Application.cycle_id) == case.cycle.id)
        .execution_options(populate_existing=True)
    )
    kept = found.scalar_one_or_none()
    if kept is None:
        raise Refusal(NOT_ALIKE)
    return kept


async def _filed(session: AsyncSession, file: Application) -> Filed:
    """The file as duplicates are told; one that went up to the final was read below."""
    dealt = select(col(Card.id)).where(col(Card.application_id) == file.id).limit(1)
    was_read = (await session.execute(dealt)).first() is not None
    is_dealt = was_read or file.entry in GONE_UP
    return Filed(str(file.id), file.siren, file.category, Status(file.status), is_dealt)


async def _write_to_both(
    session: AsyncSession, case: Case, kept: Application, kinds: tuple[str, str]
) -> None:
    """The people of each file are told of it and of the other, by their numbers."""
    of_kept = replace(case, application=kept)
    said = {"reason": reason(case)}
    other = kept.number or ""
    await write(session, case, kinds[0], is_kept=False, other_number=other, **said)
    mine = case.application.number or ""
    await write(session, of_kept, kinds[1], is_kept=True, other_number=mine, **said)
