"""Conflicts that others than the juror say: found, decided, and decided otherwise."""

from sqlalchemy import select
from sqlmodel import col

from domain.conflicts import Sign, Source, Standing, TieKind
from domain.jurors import CardStatus
from domain.phases import Phase
from storage.acts.detecting import detect_conflicts
from storage.acts.judging_conflicts import judge_conflict
from storage.database import Database
from storage.tables.juries import Card, Conflict, Juror
from tests.storage.acts import GOOD, a_request, kinds, ranked_files


async def test_a_tie_that_was_found_closes_a_sealed_card_once_confirmed_and_opens_it_once_dismissed(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, [file] = await ranked_files(session, GOOD)
        cycle.phase = Phase.EVALUATION
        juror = (await session.scalars(select(Juror).where(col(Juror.is_chair)))).one()
        juror.ties = [{"kind": "business", "name": "Un client", "siren": file.siren, "until": None}]
        await session.flush()

        found = [await detect_conflicts(session, cycle) for _ in range(2)]
        conflict = (await session.scalars(select(Conflict))).one()
        card = (await session.scalars(select(Card).where(col(Card.juror_id) == juror.id))).one()

        assert found == [1, 0]
        assert (conflict.kind, conflict.tie, conflict.sign, conflict.standing) == (
            Source.DETECTED,
            TieKind.BUSINESS,
            Sign.DECLARED_TIE,
            Standing.SUSPECTED,
        )

        states: list[tuple[str, str]] = []
        for standing in (Standing.CONFIRMED, Standing.DISMISSED):
            request = await a_request(
                session,
                "judge_conflict",
                f"cycle:{cycle.id}",
                {
                    "conflict": str(conflict.id),
                    "standing": standing,
                    "reason": "Vu avec l'intéressée.",
                },
            )
            await judge_conflict(session, cycle, request)
            await session.flush()
            states.append((card.status, conflict.set_aside))

        assert states == [(CardStatus.RECUSED, CardStatus.SEALED), (CardStatus.SEALED, "")]
        assert "jury_conflict_confirmed" in await kinds(session)
