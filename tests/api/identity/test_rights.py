from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.errors import Forbidden, NotFound
from api.identity.viewer import Viewer
from api.rights import (
    chair_of,
    is_organiser_of,
    juror_of,
    member_of,
    organised_application,
    organised_cycle,
    reader_of,
)
from domain.jurors import CardStatus
from storage.database import Database
from tests.builders import a_card, a_cycle, a_juror, a_person, an_application

Question = Callable[[AsyncSession, Viewer, UUID], Awaitable[object]]
NOBODY = UUID(int=0)


def _viewer(person_id: UUID = NOBODY, *organises: UUID, everything: bool = False) -> Viewer:
    return Viewer(
        person_id=person_id,
        email="lea@exemple.fr",
        name="Léa",
        language="fr",
        session="",
        organises=frozenset(organises),
        organises_everything=everything,
    )


def test_an_organiser_is_one_of_their_cycles_only() -> None:
    here, elsewhere = uuid4(), uuid4()

    assert is_organiser_of(_viewer(NOBODY, here), here)
    assert is_organiser_of(_viewer(everything=True), here)
    assert not is_organiser_of(_viewer(NOBODY, elsewhere), here)
    assert not is_organiser_of(None, here)


async def test_a_file_is_read_by_those_whom_it_concerns_and_by_nobody_else(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        member = await a_person(session)
        file = await an_application(session, cycle, by=member.id)
        reading, aside, idle = [await a_juror(session, cycle) for _ in range(3)]
        await a_card(session, reading, file)
        await a_card(session, aside, file, status=CardStatus.RECUSED)

        async def may_read(viewer: Viewer) -> bool:
            try:
                return (await reader_of(session, viewer, file.id)).id == file.id
            except NotFound:
                return False

        assert await may_read(_viewer(member.id))
        assert await may_read(_viewer(reading.person_id))
        assert await may_read(_viewer(NOBODY, cycle.id))
        assert await may_read(_viewer(everything=True))
        assert not await may_read(_viewer(aside.person_id))
        assert not await may_read(_viewer(idle.person_id))
        assert not await may_read(_viewer(NOBODY, uuid4()))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(member_of, id="its members"),
        pytest.param(organised_application, id="its organisers"),
        pytest.param(reader_of, id="its readers"),
    ],
)
async def test_a_file_of_others_is_not_found(database: Database, question: Question) -> None:
    async with database.transaction() as session:
        file = await an_application(session, await a_cycle(session))

        for stranger in (_viewer(), _viewer(uuid4(), uuid4())):
            with pytest.raises(NotFound):
                await question(session, stranger, file.id)


async def test_a_seat_is_its_jurors_own(database: Database) -> None:
    async with database.transaction() as session:
        seat = await a_juror(session, await a_cycle(session))

        assert (await juror_of(session, _viewer(seat.person_id), seat.id)).id == seat.id
        with pytest.raises(NotFound):
            await juror_of(session, _viewer(everything=True), seat.id)
        with pytest.raises(Forbidden):
            await chair_of(session, _viewer(seat.person_id), seat.id)


async def test_a_desk_is_its_organisers_own(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)

        assert (
            await organised_cycle(session, _viewer(NOBODY, cycle.id), cycle.code)
        ).id == cycle.id
        with pytest.raises(NotFound):
            await organised_cycle(session, _viewer(), cycle.code)
        with pytest.raises(NotFound):
            await organised_cycle(session, _viewer(everything=True), "2027:REG-01")
