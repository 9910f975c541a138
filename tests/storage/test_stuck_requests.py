"""What the board says of requests that the service does not manage to carry."""

from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.reads.organiser.stuck import stuck_requests
from storage.tables.records import Request
from tests.builders import a_card, a_cycle, a_juror, a_person, an_application, an_edition


async def test_requests_about_a_cycle_and_what_is_in_it_are_counted_after_five_minutes(
    database: Database,
) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=6)
    async with database.transaction() as session:
        edition = await an_edition(session)
        here, elsewhere = [
            await a_cycle(session, edition=edition, territory=where)
            for where in ("REG-84", "REG-53")
        ]
        person = await a_person(session)
        file, other = [await an_application(session, cycle) for cycle in (here, elsewhere)]
        juror = await a_juror(session, here)
        card = await a_card(session, juror, file)

        def waits(subject: str, kind: str = "any", *, settled: bool = False) -> Request:
            return Request(
                kind=kind,
                subject=subject,
                by_person=person.id,
                arrived_at=long_ago,
                settled=settled,
            )

        session.add_all(
            [
                waits(f"cycle:{here.id}"),
                waits(f"application:{file.id}"),
                waits(f"juror:{juror.id}"),
                waits(f"card:{card.id}"),
                waits(f"application:{other.id}"),
                waits(f"cycle:{here.id}", "name_chair"),
                waits(f"application:{file.id}", settled=True),
            ]
        )
        session.add(Request(kind="any", subject=f"cycle:{here.id}", by_person=person.id))

    async with database.transaction() as session:
        counted = [await stuck_requests(session, each.id) for each in (here, elsewhere)]

    assert counted == [4, 1]
