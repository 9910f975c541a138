"""The session of a jury: all its members on one page, each seeing what they may."""

from dataclasses import dataclass

import pytest
from sqlmodel import col, select

from domain.phases import Phase
from storage.acts.minutes_document import document_of
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.juries import Juror
from storage.tables.records import Request
from storage.tables.results import Minutes
from storage.tables.sessions import Ballot, BallotVoice
from storage.templates import template_of
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.jury_world import CHAIR, Bench, a_bench, a_conflict, a_file, a_standing
from tests.browser import Browser
from tests.builders import NOON, a_juror, an_organiser
from tests.conftest import SignIn

MEMBERS = ("anne@exemple.fr", "basile@exemple.fr", "colette@exemple.fr")


@dataclass(frozen=True, slots=True)
class Room:
    """A chair, three members, and two files: Colette stands aside from the second one."""

    bench: Bench
    members: list[Juror]
    files: list[Application]

    def url(self, who: int | None = None) -> str:
        juror = self.bench.juror if who is None else self.members[who]
        return f"/jury/{juror.id}/seance"


@pytest.fixture
async def room(database: Database) -> Room:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.DELIBERATION, email=CHAIR, is_chair=True)
        members = [
            await a_juror(session, bench.cycle, email=email, name=email[:-11].title())
            for email in MEMBERS
        ]
        for each in members:
            each.conflicts_declared_at = NOON
        files = [
            await a_file(session, bench.cycle, company=name)
            for name in ("Menuiserie", "Boulangerie")
        ]
        for place, file in enumerate(files, start=1):
            await a_standing(session, file, place)
        await a_conflict(session, members[2], files[1])
    return Room(bench, members, files)


async def everybody_comes(chair: Browser, room: Room) -> None:
    seats = [room.bench.juror, *room.members]
    await chair.submit(f"{room.url()}/presence", {"present": [str(each.id) for each in seats]})


async def call(chair: Browser, room: Room, file: int) -> None:
    await chair.submit(f"{room.url()}/dossier", {"file": str(room.files[file].id)})


async def test_a_vote_is_opened_with_a_quorum_given_counted_and_kept_as_counts(
    signed_in: SignIn, database: Database, room: Room
) -> None:
    chair, anne = await signed_in(CHAIR, name="Claire"), await signed_in(MEMBERS[0])
    await call(chair, room, 0)

    early = await chair.submit(f"{room.url()}/vote/ouverture", {})
    await everybody_comes(chair, room)
    await chair.submit(f"{room.url()}/vote/ouverture", {})
    ballot = hidden((await anne.get(room.url(0))).text, "ballot")
    await anne.submit(f"{room.url(0)}/vote", {"ballot": ballot, "choice": "no"})
    await chair.submit(f"{room.url()}/vote", {"ballot": ballot, "choice": "abstain"})
    basile = await signed_in(MEMBERS[1])
    await basile.submit(f"{room.url(1)}/vote", {"ballot": ballot, "choice": "yes"})
    meddling = await anne.submit(f"{room.url(0)}/vote/cloture", {"ballot": ballot})
    tied = await chair.submit(f"{room.url()}/vote/cloture", {"ballot": ballot})
    await chair.submit(f"{room.url()}/vote", {"ballot": ballot, "choice": "yes"})
    await chair.submit(f"{room.url()}/vote", {"ballot": ballot, "choice": "yes"})
    await chair.submit(f"{room.url()}/vote/cloture", {"ballot": ballot})
    late = await anne.submit(f"{room.url(0)}/vote", {"ballot": ballot, "choice": "yes"})
    seen = words_of((await anne.get(room.url(0))).text)

    assert "le vote s'ouvrira quand il sera atteint" in words_of(early.text)
    assert "fermé par la personne qui préside" in words_of(meddling.text)
    assert "Les voix sont à égalité" in words_of(tied.text)
    assert [each.status_code for each in (early, meddling, tied, late)] == [409] * 4
    assert "2 pour, 1 contre, 0 abstentions" in seen
    async with database.transaction() as session:
        kept = (await session.execute(select(Ballot))).scalar_one()
        assert (kept.yes, kept.no, kept.abstained, kept.cast, kept.is_adopted) == (
            2,
            1,
            0,
            None,
            True,
        )
        assert (await session.execute(select(BallotVoice))).all() == []
        template = await template_of(session, room.bench.cycle)
        request = Request(kind="sign_minutes", subject="", by_person=room.bench.juror.person_id)
        document = await document_of(session, room.bench.cycle, template, {}, request)
    assert document["votes"] == [
        {
            "number": 1,
            "category": "QUA",
            "application": str(room.files[0].id),
            "at": kept.closed_at and kept.closed_at.isoformat(),
            "yes": 2,
            "no": 1,
            "abstained": 0,
            "casting": None,
            "present": 4,
            "aside": 0,
            "adopted": True,
        }
    ]


async def test_whoever_stands_aside_leaves_sees_nothing_and_does_not_vote(
    signed_in: SignIn, database: Database, room: Room
) -> None:
    chair, colette = await signed_in(CHAIR, name="Claire"), await signed_in(MEMBERS[2])
    await everybody_comes(chair, room)
    await call(chair, room, 1)
    await chair.submit(f"{room.url()}/vote/ouverture", {})
    ballot = hidden((await chair.get(room.url())).text, "ballot")

    seen = words_of((await colette.get(room.url(2))).text)
    voted = await colette.submit(f"{room.url(2)}/vote", {"ballot": ballot, "choice": "yes"})
    moved = await colette.submit(f"{room.url(2)}/dossier", {"file": str(room.files[0].id)})
    away = await chair.submit(f"{room.url()}/dossier", {"file": str(room.files[0].id)})

    assert "Sortez pour ce dossier" in seen
    assert "72,50" not in seen
    assert "ce dossier est-il lauréat" not in seen
    assert "Vous avez un lien avec ce dossier : vous ne votez pas." in words_of(voted.text)
    assert (voted.status_code, moved.status_code, away.status_code) == (409, 403, 409)
    assert "Un vote est déjà ouvert" in words_of(away.text)
    async with database.transaction() as session:
        assert (await session.execute(select(col(BallotVoice.juror_id)))).all() == []


async def test_the_living_part_is_sent_again_only_when_it_changed_and_to_its_jury_alone(
    signed_in: SignIn, room: Room
) -> None:
    chair, anne = await signed_in(CHAIR, name="Claire"), await signed_in(MEMBERS[0])
    state = f"{room.url(0)}/etat"

    first = await anne.get(state)
    again = await anne.get(state, headers={"If-None-Match": first.headers["etag"]})
    await call(chair, room, 0)
    called = await anne.get(state, headers={"If-None-Match": first.headers["etag"]})
    stranger = await chair.get(state)

    assert [each.status_code for each in (first, again, called, stranger)] == [200, 304, 200, 404]
    assert "Menuiserie" in words_of(called.text)


async def test_the_minutes_are_a_pdf_for_the_chair_and_the_organiser_alone(
    signed_in: SignIn, database: Database, room: Room
) -> None:
    async with database.transaction() as session:
        template = await template_of(session, room.bench.cycle)
        request = Request(kind="sign_minutes", subject="", by_person=room.bench.juror.person_id)
        document = await document_of(session, room.bench.cycle, template, {}, request)
        session.add(
            Minutes(
                cycle_id=room.bench.cycle.id,
                document=document,
                fingerprint="ab" * 32,
                signed_by=room.bench.juror.person_id,
                signed_at=NOON,
            )
        )
        await an_organiser(session, room.bench.cycle, "orga@exemple.fr")
    chair, anne = await signed_in(CHAIR, name="Claire"), await signed_in(MEMBERS[0])
    organiser = await signed_in("orga@exemple.fr")
    desk = f"/organisation/{room.bench.cycle.code}/resultats/proces-verbal.pdf"

    read = await chair.get(f"{room.bench.url}/proces-verbal.pdf")
    kept = await organiser.get(desk)
    refused = [
        await anne.get(each) for each in (desk, f"/jury/{room.members[0].id}/proces-verbal.pdf")
    ]

    assert [each.content[:5] for each in (read, kept)] == [b"%PDF-"] * 2
    assert [each.status_code for each in refused] == [404, 403]
