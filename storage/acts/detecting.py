"""Conflicts that nobody declared: found by SIREN, by the address of people, by the ties that jurors gave."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.conflicts import Candidate, Signs, Source, Tie, TieKind, detect, signs_of
from domain.jurors import JurorStatus
from storage.reads.jury_conflicts import JUDGED
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Conflict, Juror
from storage.tables.people import Person

AT_ONCE = 1000


async def detect_conflicts(session: AsyncSession, cycle: Cycle, only: UUID | None = None) -> int:
    """Write down what is found between the jurors and the files of a cycle; what is known stays as it is.

    Gives how many were new. Files are looked for by what ties the jurors, or ``only`` one, never all of them.
    """
    signs = await _signs(session, cycle, only)
    files = await _files_tied(session, cycle.id, signs.values())
    found = [
        {
            "id": func.gen_random_uuid(),
            "juror_id": juror,
            "application_id": file,
            "kind": Source.DETECTED,
            "tie": tie.tie,
            "sign": tie.sign,
            "standing": tie.standing,
            "reason": "",
            "at": func.clock_timestamp(),
        }
        for file, candidate in files.items()
        for juror, each in signs.items()
        if (tie := detect(each, candidate))
    ]
    new = 0
    for start in range(0, len(found), AT_ONCE):
        written = await session.execute(
            insert(Conflict)
            .values(found[start : start + AT_ONCE])
            .on_conflict_do_nothing()
            .returning(col(Conflict.id))
        )
        new += len(written.all())
    return new


def ties_in(kept: Sequence[Mapping[str, Any]]) -> tuple[Tie, ...]:
    """The ties of a juror as their column keeps them."""
    return tuple(
        Tie(TieKind(each["kind"]), str(each["name"]), str(each["siren"]), each["until"])
        for each in kept
    )


async def _signs(session: AsyncSession, cycle: Cycle, only: UUID | None) -> Mapping[UUID, Signs]:
    """What ties each juror who sits."""
    year = (await session.get_one(Edition, cycle.edition_id)).year
    rows = await session.execute(
        select(col(Juror.id), col(Juror.siren), col(Juror.ties), col(Person.email))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == cycle.id, col(Juror.status) == JurorStatus.ACCEPTED)
        .where(col(Juror.id) == only if only else true())
    )
    return {
        juror: signs_of(siren, email, ties_in(ties), year) for juror, siren, ties, email in rows
    }


async def _files_tied(
    session: AsyncSession, cycle_id: UUID, signs: Collection[Signs]
) -> Mapping[UUID, Candidate]:
    """The files that something ties to somebody."""
    domains = {each.domain for each in signs} - {""}
    sirens = {siren for each in signs for siren in (each.siren, *each.sirens)} - {""}
    names = {name for each in signs for name in each.names}
    works = await _domains(session, cycle_id, domains)
    rows: Sequence[Row[UUID, str, str]] = (
        await session.execute(
            select(col(Application.id), col(Application.siren), col(Application.company)).where(
                col(Application.cycle_id) == cycle_id,
                col(Application.status).in_(JUDGED),
                or_(
                    col(Application.siren).in_(sirens),
                    func.lower(col(Application.company)).in_(names),
                    col(Application.id).in_(works),
                ),
            )
        )
    ).all()
    return {
        row.id: Candidate(row.siren, row.company, frozenset(works.get(row.id, ()))) for row in rows
    }


async def _domains(
    session: AsyncSession, cycle_id: UUID, wanted: Collection[str]
) -> Mapping[UUID, set[str]]:
    domain = func.split_part(col(Person.email), "@", 2)
    rows = await session.execute(
        select(col(Member.application_id), domain)
        .join(Person, col(Person.id) == col(Member.person_id))
        .join(Application, col(Application.id) == col(Member.application_id))
        .where(col(Application.cycle_id) == cycle_id, domain.in_(wanted))
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for file, each in rows:
        found[file].add(each)
    return found
