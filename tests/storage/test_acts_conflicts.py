"""Conflicts by the instant of their arrival: in time they count, however late a worker carries them."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.jurors import CardAct, CardStatus
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.juror import SettleConflicts
from storage.acts.conflicts import settle_conflicts
from storage.acts.ranking import freeze_ranking
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.records import Request
from storage.tables.results import Standing
from storage.templates import calendar_in
from tests.builders import a_card, a_juror
from tests.storage.acts import GOOD, a_draft, a_request, kinds, ranked_files

A_SECOND = timedelta(seconds=1)


async def evaluated(session: AsyncSession) -> tuple[Cycle, Juror, Application, datetime]:
    """A cycle at the end of its evaluation: one file, sealed by two jurors, and the last instant."""
    cycle, [file] = await ranked_files(session, GOOD)
    cycle.phase = Phase.EVALUATION
    juror = (await session.scalars(select(Juror).where(col(Juror.is_chair)))).one()
    await session.flush()
    return cycle, juror, file, calendar_in(cycle).evaluation_until


async def declares(
    session: AsyncSession, juror: Juror, file: Application, at: datetime
) -> SettleConflicts:
    """A conflict that arrived at an instant, and that a worker carries only now."""
    payload: dict[str, object] = {
        "applications": [str(file.id)],
        "reasons": {str(file.id): "Un proche y travaille."},
    }
    request = await a_request(
        session, "declare_conflicts", f"juror:{juror.id}", payload, at=at, by=juror.person_id
    )
    return SettleConflicts(str(juror.id), str(request.id), at)


async def card_of(session: AsyncSession, juror: Juror) -> Card:
    """The only card of a juror, as it is now."""
    return (await session.scalars(select(Card).where(col(Card.juror_id) == juror.id))).one()


@pytest.mark.parametrize(
    "early", [A_SECOND, timedelta()], ids=["a second before", "at the instant"]
)
@pytest.mark.parametrize("phase", [Phase.EVALUATION, Phase.DELIBERATION])
async def test_a_conflict_that_arrived_in_time_counts(
    database: Database, early: timedelta, phase: Phase
) -> None:
    async with database.transaction() as session:
        cycle, juror, file, until = await evaluated(session)
        cycle.phase = phase

        await settle_conflicts(session, await declares(session, juror, file, until - early))

        assert juror.conflicts_declared_at == until - early
        assert (await card_of(session, juror)).status == CardStatus.RECUSED
        assert (await session.scalars(select(Conflict))).one().juror_id == juror.id


async def test_a_conflict_that_arrived_late_is_refused_and_changes_nothing(
    database: Database,
) -> None:
    async with database.transaction() as session:
        _, juror, file, until = await evaluated(session)
        asked = await declares(session, juror, file, until + A_SECOND)

        with pytest.raises(Refusal) as refusal:
            await settle_conflicts(session, asked)

        assert refusal.value.sentence == (
            "La notation est close : votre déclaration est arrivée après l’heure et n’a pas été "
            "prise. Si un lien vous revient, écrivez à l’organisation sans attendre."
        )
        assert (await card_of(session, juror)).status == CardStatus.SEALED
        assert (await session.scalars(select(Conflict))).all() == []
        assert juror.conflicts_declared_at is None
        assert not (await session.get_one(Request, UUID(asked.request))).settled


async def test_once_the_evaluation_is_over_nobody_is_given_a_file_to_read(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, juror, file, until = await evaluated(session)
        await a_juror(session, cycle, name="Libre")
        cycle.phase = Phase.DELIBERATION

        state = await settle_conflicts(session, await declares(session, juror, file, until))

        assert state.wake == ()
        assert len((await session.scalars(select(Card))).all()) == 2
        assert "jury_card_added" not in await kinds(session)


async def test_a_conflict_nobody_carried_sets_the_card_aside_before_the_ranking(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, juror, file, until = await evaluated(session)
        asked = await declares(session, juror, file, until)
        late = await declares(session, await a_member(session, cycle), file, until + A_SECOND)
        cycle.phase = Phase.DELIBERATION

        await freeze_ranking(session, cycle, until)

        assert (await session.scalars(select(Standing))).one().valid_cards == 1
        settled = [await session.get_one(Request, UUID(each.request)) for each in (asked, late)]
        assert [each.settled for each in settled] == [True, False]


async def test_a_recusal_nobody_carried_is_kept_as_a_conflict(database: Database) -> None:
    async with database.transaction() as session:
        cycle, juror, _, until = await evaluated(session)
        other = await a_draft(session, cycle, status=Status.ADMITTED, siret="")
        card = await a_card(session, juror, other)
        await a_request(
            session,
            CardAct.RECUSE,
            f"card:{card.id}",
            {"reason": "Ancienne salariée"},
            at=until,
            by=juror.person_id,
        )
        cycle.phase = Phase.DELIBERATION

        await freeze_ranking(session, cycle, until)

        await session.refresh(card)
        conflict = (await session.scalars(select(Conflict))).one()
        assert (card.status, conflict.application_id) == (CardStatus.RECUSED, other.id)


async def a_member(session: AsyncSession, cycle: Cycle) -> Juror:
    """The juror of the cycle who does not preside."""
    members = select(Juror).where(col(Juror.cycle_id) == cycle.id, col(Juror.is_chair).is_(False))
    return (await session.scalars(members)).one()
