"""The letters of a palmarès: the result of every file that was ranked, and thanks to the jury."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.edition import EditionTemplate
from domain.feedback import Feedback, Field, Heard, feedback_on, fewest_scores
from domain.jurors import CardStatus, JurorStatus
from storage.acts.cycles import facts_of
from storage.ledger import Intent, plan
from storage.reads.regrouping import judged_here
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.tables.people import Person
from storage.tables.results import Standing

PAGE = 500
NOBODY: Field = (0, Decimal())


@dataclass(frozen=True, slots=True)
class Winners:
    """Who the jury distinguished."""

    laureates: set[UUID]
    nominees: set[UUID]

    def letter_to(self, application: UUID) -> str:
        """The kind of letter that tells a file its result."""
        if application in self.laureates:
            return "result_laureate"
        return "result_nominee" if application in self.nominees else "result_other"


async def write_results(  # noqa: PLR0913  (what the letters say, and whether they may leave)
    session: AsyncSession,
    cycle: Cycle,
    template: EditionTemplate,
    winners: Winners,
    at: datetime,
    *,
    is_held: bool,
) -> None:
    """One letter for each person and file that the jury ranked, planned by pages of a cursor."""
    async for page in result_letters(session, cycle, template, winners, at):
        await plan(session, [replace(each, is_held=is_held) for each in page])


async def result_letters(
    session: AsyncSession,
    cycle: Cycle,
    template: EditionTemplate,
    winners: Winners,
    at: datetime,
) -> AsyncIterator[Sequence[Intent]]:
    """The same letters, five hundred at a time, of which nothing is written."""
    fields = await _fields(session, cycle.id, fewest_scores(template.jury))
    rows = await session.stream(
        select(
            col(Application.id),
            col(Application.company),
            col(Application.title),
            col(Application.category),
            col(Standing.mean),
            col(Standing.valid_cards),
            col(Standing.criteria),
            col(Person.id),
            col(Person.language),
        )
        .join(Member, col(Member.application_id) == col(Application.id))
        .join(Person, col(Person.id) == col(Member.person_id))
        .outerjoin(Standing, col(Standing.application_id) == col(Application.id))
        .where(
            col(Application.cycle_id) == cycle.id,
            col(Application.status) == Status.ADMITTED,
            judged_here(),  # the jury that read the others tells their result
        )
        .execution_options(yield_per=PAGE)
    )
    categories = {category.code: category for category in template.categories}
    async for page in rows.partitions():
        intents: list[Intent] = []
        for file, company, title, code, mean, valid, averages, person, language in page:
            category = categories[code]
            heard = _heard(valid, mean, averages)
            told = feedback_on(category, template.jury, heard, fields.get(code, NOBODY))
            facts: dict[str, object] = {
                "company": company,
                "title": title,
                "category": category.name.in_(language),
                "published_at": at.isoformat(),
            }
            intents.append(
                Intent(
                    key=f"result:{cycle.id}:{file}:{person}",
                    kind=winners.letter_to(file),
                    subject=f"application:{file}",
                    mailing=f"results:{cycle.id}",
                    person_id=person,
                    cycle_id=cycle.id,
                    facts=facts_of(cycle, f"/palmares/{cycle.code}")
                    | facts
                    | _said(told, language),
                )
            )
        yield intents


async def thank_the_jury(session: AsyncSession, cycle: Cycle) -> None:
    """One letter of thanks for each juror in service, with how many files they scored."""
    scored = await session.execute(
        select(col(Juror.id), col(Juror.person_id), func.count(col(Card.id)).label("scored"))
        .outerjoin(
            Card, (col(Card.juror_id) == col(Juror.id)) & (col(Card.status) == CardStatus.SEALED)
        )
        .where(col(Juror.cycle_id) == cycle.id, col(Juror.status) == JurorStatus.ACCEPTED)
        .group_by(col(Juror.id), col(Juror.person_id))
    )
    await plan(
        session,
        [
            Intent(
                key=f"jury_thanks:{juror.id}",
                kind="jury_thanks",
                subject=f"juror:{juror.id}",
                mailing=f"results:{cycle.id}",
                person_id=juror.person_id,
                cycle_id=cycle.id,
                facts=facts_of(cycle, f"/palmares/{cycle.code}") | {"scored": juror.scored},
            )
            for juror in scored
        ],
    )


async def _fields(session: AsyncSession, cycle_id: UUID, fewest: int) -> Mapping[str, Field]:
    """How many files of each category have enough scores and still stand, and their mean."""
    rows = await session.execute(
        select(col(Standing.category), func.count(), func.round(func.avg(col(Standing.mean)), 2))
        .join(Application, col(Application.id) == col(Standing.application_id))
        .where(
            col(Standing.cycle_id) == cycle_id,
            col(Standing.valid_cards) >= fewest,
            col(Application.status) == Status.ADMITTED,
        )
        .group_by(col(Standing.category))
    )
    return {category: (files, mean) for category, files, mean in rows}


def _heard(
    valid: int | None, mean: Decimal | None, averages: Mapping[str, str] | None
) -> Heard | None:
    """What the ranking keeps of a file; None for one that came after it was frozen."""
    if valid is None or averages is None:
        return None
    return Heard(valid, mean, {code: Decimal(average) for code, average in averages.items()})


def _said(feedback: Feedback, language: str) -> dict[str, object]:
    """The feedback in the words of its reader; empty where nothing may be told."""
    lead = feedback.lead
    return {
        "mean": _number(feedback.mean),
        "category_mean": _number(feedback.category_mean),
        "strengths": [criterion.name.in_(language) for criterion in feedback.strengths],
        "lead": lead.name.in_(language) if lead else "",
        "lead_help": lead.help.in_(language) if lead else "",
    }


def _number(mean: Decimal | None) -> str:
    return "" if mean is None else str(mean)
