"""The mailing of results as an organiser looks at it: how many of each, three samples, how far."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.mailings import results_of
from storage.acts.publication import winners_of
from storage.acts.results import result_letters
from storage.ledger import Intent, LetterState
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.mailings import Mailing
from storage.tables.people import Person
from storage.templates import template_of

# As many kinds as a result may be told in: one sample of each.
SAMPLES = 3
RESULT_KINDS = ("result_laureate", "result_nominee", "result_other", "grand_prize")


@dataclass(frozen=True, slots=True)
class Sample:
    """One letter, and who would read it."""

    kind: str
    reader: str
    language: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whom a mailing would reach: letters by kind, people, and three samples."""

    kinds: Mapping[str, int]
    people: int
    samples: tuple[Sample, ...]


async def outlook_on_results(session: AsyncSession, cycle: Cycle, at: datetime) -> Outlook:
    """The letters that a publication at this instant would write, by its own rules, unwritten."""
    template = await template_of(session, cycle)
    winners = await winners_of(session, cycle.id)
    kinds, people, chosen = Counter[str](), set[UUID](), dict[str, Intent]()
    async for page in result_letters(session, cycle, template, winners, at):
        for intent in page:
            kinds[intent.kind] += 1
            people.add(intent.person_id)
            chosen.setdefault(intent.kind, intent)
    return Outlook(kinds, len(people), await _read(session, list(chosen.values())[:SAMPLES]))


async def outlook_on_written(session: AsyncSession, mailing: Mailing) -> Outlook:
    """The same for letters that are in the ledger."""
    rows = await session.execute(
        select(col(Letter.kind), func.count(), func.min(cast(col(Letter.id), Text)))
        .where(col(Letter.mailing) == mailing.key, col(Letter.kind).in_(RESULT_KINDS))
        .group_by(col(Letter.kind))
    )
    found = rows.all()
    people = await session.scalar(
        select(func.count(col(Letter.person_id).distinct())).where(
            col(Letter.mailing) == mailing.key, col(Letter.kind).in_(RESULT_KINDS)
        )
    )
    firsts = await session.execute(
        select(Letter, Person)
        .join(Person, col(Person.id) == col(Letter.person_id))
        .where(col(Letter.id).in_([UUID(first) for _, _, first in found]))
    )
    samples = tuple(_sample(letter.kind, letter.facts, reader) for letter, reader in firsts)
    return Outlook({kind: count for kind, count, _ in found}, people or 0, samples)


async def progress_of(session: AsyncSession, cycle_id: UUID) -> Mapping[LetterState, int]:
    """How many letters of the results of a cycle stand where; nothing before publication."""
    rows = await session.execute(
        select(col(Letter.state), func.count())
        .where(col(Letter.mailing) == results_of(str(cycle_id)))
        .group_by(col(Letter.state))
    )
    return {LetterState(state): count for state, count in rows}


async def _read(session: AsyncSession, chosen: list[Intent]) -> tuple[Sample, ...]:
    readers = await session.scalars(
        select(Person).where(col(Person.id).in_([each.person_id for each in chosen]))
    )
    named = {each.id: each for each in readers}
    return tuple(_sample(each.kind, each.facts, named[each.person_id]) for each in chosen)


def _sample(kind: str, facts: Mapping[str, object], reader: Person) -> Sample:
    return Sample(kind, reader.name, reader.language, facts)
