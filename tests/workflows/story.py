"""A small cycle played from its call to its end on an ordinary server, by the pages' own means.

What people type in it is listed in ``TYPED``: none of it may travel through Temporal.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlmodel import col
from temporalio.client import Client

from api.engine import Engine
from domain.applications import Act, Status
from domain.calendar import PhaseSeconds, compressed
from domain.jurors import CardAct, CardStatus, JurorStatus
from domain.phases import Phase
from domain.wire.application import AskOfApplication, RunApplication
from domain.wire.asked import Asked
from domain.wire.cycle import EndPhase, RunCycle
from domain.wire.juror import AnswerInvitation, CloseCard, RunJuror
from storage.database import Database
from storage.drafts.results_release import approve
from storage.ledger import Intent, plan
from storage.requests import write_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.results import Decision, Palmares
from tests.builders import a_cycle, a_juror, a_person, an_application, an_organiser
from tests.workflows.builders import SAMPLE, SENT

# Long enough never to run out in a test: the organiser ends every phase.
UNHURRIED = PhaseSeconds(
    call=600, screening=600, evaluation=600, deliberation=600, embargo=600, feedback=600
)
COMPANIES = ("Menuiserie Zirconia", "Ateliers Quetzal", "Fonderie Ouessant")
TYPED = (
    *COMPANIES,
    "Un tuteur pour chaque zouave",
    "Chaque personne a un parrain nommé Hippolyte",
    "quetzal.exemple.fr",
    "Il manque le relevé jaune",
    "Reprise par un groupe ocre",
    "Zoé Candidate",
    "Jeanne Jurée",
    "jury.exemple.fr",
    "Orga Nisatrice",
    "En congé de maternité",
    "Mon beau-frère y travaille",
    "Preuves solides et chiffrées",
    "Ancienne salariée",
    "Hors de ma compétence",
    "Nous sommes prêts avant l’heure",
    "Débat serein et unanime",
)


@dataclass
class Story:
    """Who and what is in it."""

    client: Client
    database: Database
    cycle: Cycle
    organiser: Person
    applications: list[Application] = field(default_factory=list[Application])
    owners: list[Person] = field(default_factory=list[Person])
    jurors: list[Juror] = field(default_factory=list[Juror])

    @property
    def engine(self) -> Engine:
        """The workflows, as pages ask them."""
        return Engine(self.client)

    async def asks(
        self, kind: str, subject: str, by: UUID, payload: dict[str, object] | None = None
    ) -> Asked:
        """A request as a page writes it."""
        async with self.database.transaction() as session:
            return await write_request(
                session,
                request_id=uuid4(),
                kind=kind,
                subject=subject,
                by_person=by,
                payload=payload,
            )

    async def acts(self, number: int, act: Act, by: Person, reason: str = "") -> None:
        """Somebody asks for a move of an application."""
        file = str(self.applications[number].id)
        asked = await self.asks(act, f"application:{file}", by.id, {"reason": reason})
        await self.engine.ask_application(
            file, AskOfApplication(act, asked.request, asked.arrived_at)
        )

    async def answers(self, number: int, *, accepts: bool, reason: str = "") -> None:
        """A juror accepts or declines."""
        juror = self.jurors[number]
        payload: dict[str, object] = {"accepts": accepts, "maximum": None, "reason": reason}
        asked = await self.asks("answer", f"juror:{juror.id}", juror.person_id, payload)
        answer = AnswerInvitation(asked.request, asked.arrived_at, accepts)
        await self.engine.answer_invitation(str(self.cycle.id), str(juror.id), answer)

    async def ends(self, phase: Phase) -> None:
        """The organiser ends a phase."""
        reason: dict[str, object] = {"reason": "Nous sommes prêts avant l’heure"}
        asked = await self.asks("end_phase", f"cycle:{self.cycle.id}", self.organiser.id, reason)
        ending = EndPhase(asked.request, asked.arrived_at, phase)
        await self.engine.end_phase(self.cycle.code, ending)

    async def closes(self, card: Card, act: CardAct, payload: dict[str, object]) -> None:
        """A juror closes a card."""
        async with self.database.transaction() as session:
            juror = await session.get_one(Juror, card.juror_id)
        asked = await self.asks(act, f"card:{card.id}", juror.person_id, payload)
        closing = CloseCard(asked.request, asked.arrived_at, str(card.id), act)
        await self.engine.close_card(str(self.cycle.id), str(juror.id), closing)

    async def cards_to_score(self) -> list[Card]:
        """The cards that wait, in an order that does not change."""
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(Card)
                .where(col(Card.status) == CardStatus.TO_SCORE)
                .order_by(col(Card.juror_id), col(Card.application_id))
            )
            return list(rows.all())

    async def every_letter_has_left(self) -> None:
        """Wait for the post."""
        waiting = select(func.count()).where(col(Letter.state).in_(["planned", "sending"]))
        async with asyncio.timeout(30):
            while True:
                async with self.database.transaction() as session:
                    if not await session.scalar(waiting):
                        return
                await asyncio.sleep(0.1)


async def play(client: Client, database: Database) -> Story:
    """Play the whole cycle; workers must be running."""
    story = await _set_up(client, database)
    await _apply(story)
    await _call_the_jury(story)
    await story.ends(Phase.OPEN)
    await _screen(story)
    await story.ends(Phase.SCREENING)
    await _score(story)
    await story.ends(Phase.EVALUATION)
    await _decide(story)
    async with database.transaction() as session:
        second = await a_person(session)
        await approve(session, story.cycle.id, second.id, uuid4(), may_be_alone=False)
    await story.ends(Phase.DECIDED)
    await story.every_letter_has_left()
    await story.ends(Phase.PUBLISHED)
    await client.get_workflow_handle(f"cycle:{story.cycle.code}").result()
    return story


async def _set_up(client: Client, database: Database) -> Story:
    async with database.transaction() as session:
        calendar = compressed(datetime.now(UTC), UNHURRIED)
        cycle = await a_cycle(session, template=SAMPLE, phase=Phase.PREPARED, calendar=calendar)
        organiser = await an_organiser(session, cycle, "orga@quetzal.exemple.fr")
        story = Story(client, database, cycle, organiser)
        for number, company in enumerate(COMPANIES):
            owner = await a_person(session, f"zoe{number}@quetzal.exemple.fr", "Zoé Candidate")
            answers = SENT | {"title": "Un tuteur pour chaque zouave"}
            answers |= {"story": "Chaque personne a un parrain nommé Hippolyte"}
            file = await an_application(
                session,
                cycle,
                category="EQUIPE",
                company=company,
                title=str(answers["title"]),
                answers=answers | {"contact_email": owner.email},
                by=owner.id,
            )
            story.applications.append(file)
            story.owners.append(owner)
        for number in range(4):
            juror = await a_juror(
                session,
                cycle,
                email=f"jeanne{number}@jury.exemple.fr",
                status=JurorStatus.RESERVE if number == 3 else JurorStatus.INVITED,
                is_chair=number == 0,
            )
            juror.reserve_place = 1 if number == 3 else None
            story.jurors.append(juror)
        await plan(
            session,
            [
                Intent(
                    "login_link:story",
                    "login_link",
                    f"person:{organiser.id}",
                    organiser.id,
                    {
                        "link": "/connexion/abc",
                        "minutes": 30,
                        "expires_at": calendar.closes_at.isoformat(),
                        "zone": cycle.zone,
                    },
                )
            ],
        )
    await story.engine.run_cycle(cycle.code, RunCycle(str(cycle.id), calendar))
    await story.engine.send_letter("login_link:story")
    await _until_open(story)
    return story


async def _until_open(story: Story) -> None:
    async with asyncio.timeout(20):
        while True:
            async with story.database.transaction() as session:
                if (await session.get_one(Cycle, story.cycle.id)).phase == Phase.OPEN:
                    return
            await asyncio.sleep(0.05)


async def _apply(story: Story) -> None:
    calendar = compressed(datetime.now(UTC), UNHURRIED)
    for number, file in enumerate(story.applications):
        given = RunApplication(str(file.id), str(story.cycle.id), calendar, Status.DRAFT)
        await story.engine.run_application(given)
        await story.acts(number, Act.SUBMIT, story.owners[number])
    await story.acts(2, Act.WITHDRAW, story.owners[2], "Reprise par un groupe ocre")


async def _call_the_jury(story: Story) -> None:
    calendar = compressed(datetime.now(UTC), UNHURRIED)
    for juror in story.jurors[:3]:
        given = RunJuror(str(juror.id), str(story.cycle.id), calendar, Phase.OPEN)
        await story.engine.run_juror(given)
    await story.answers(0, accepts=True)
    await story.answers(1, accepts=True)
    await story.answers(2, accepts=False, reason="En congé de maternité")
    await story.client.get_workflow_handle(f"juror:{story.cycle.id}:{story.jurors[2].id}").result()
    await story.answers(3, accepts=True)


async def _screen(story: Story) -> None:
    await story.acts(0, Act.ASK_COMPLEMENTS, story.organiser, "Il manque le relevé jaune")
    await story.acts(0, Act.COMPLETE, story.owners[0])
    for number in (0, 1):
        await story.acts(number, Act.ADMIT, story.organiser)
    file = str(story.applications[1].id)
    juror = story.jurors[0]
    payload: dict[str, object] = {
        "applications": [file],
        "reasons": {file: "Mon beau-frère y travaille"},
    }
    asked = await story.asks("declare_conflicts", f"juror:{juror.id}", juror.person_id, payload)
    await story.engine.declare_conflicts(str(story.cycle.id), str(juror.id), asked)


async def _score(story: Story) -> None:
    """The first card is handed over, the others are sealed, those handed over included."""
    async with asyncio.timeout(20):
        while not await story.cards_to_score():  # noqa: ASYNC110  (a database rings no bell)
            await asyncio.sleep(0.05)
    first = next(
        card
        for card in await story.cards_to_score()
        if card.application_id == story.applications[0].id
    )
    await story.closes(first, CardAct.RECUSE, {"reason": "Ancienne salariée"})
    full: dict[str, object] = {
        "marks": {"EFF": 4, "EQU": 3},
        "comments": {"EFF": "Preuves solides et chiffrées"},
    }
    for card in await story.cards_to_score():
        await story.closes(card, CardAct.SEAL, full)


async def _decide(story: Story) -> None:
    async with story.database.transaction() as session:
        laureate, nominee = (file.id for file in story.applications[:2])
        session.add(
            Decision(
                cycle_id=story.cycle.id,
                category="EQUIPE",
                laureate_id=laureate,
                nominees=[str(nominee)],
            )
        )
    chair = story.jurors[0]
    present = [str(juror.id) for juror in story.jurors]
    said: dict[str, object] = {"summary": "Débat serein et unanime", "present": present}
    asked = await story.asks("sign_minutes", f"cycle:{story.cycle.id}", chair.person_id, said)
    await story.engine.sign_minutes(story.cycle.code, asked)


async def histories(client: Client) -> AsyncIterator[tuple[str, str, str]]:
    """Every workflow of the namespace: its type, its id, its history as JSON."""
    async for found in client.list_workflows():
        handle = client.get_workflow_handle(found.id, run_id=found.run_id)
        yield found.workflow_type, found.id, (await handle.fetch_history()).to_json()


async def palmares(database: Database) -> list[str]:
    """The companies that the public reads, to be sure that the story was told to its end."""
    async with database.transaction() as session:
        page = (await session.scalars(select(Palmares))).one()
    return [category["laureate"]["company"] for category in page.document["categories"]]
