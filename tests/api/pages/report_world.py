"""A signatory whose yearly report is due, and what its page posts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from httpx import Response
from sqlmodel import col, select

from domain.charter.situation import Step
from domain.charter.states import State
from storage.database import Database
from storage.tables.charter import Adherence, Evidence, Report
from tests.api.pages.company_world import hidden
from tests.browser import Browser
from tests.charters import Adherent, a_report, a_signatory, an_entry, an_open_report

ADA = "ada@exemple.fr"
NOW = datetime.now(UTC)
# Its window closes on a day to come, whenever the tests run; its facts are those of this year.
YEAR = NOW.year + 1
ACCEPTED = NOW - timedelta(days=500)


@dataclass(frozen=True, slots=True)
class Due:
    """An adherence with a report to hand in."""

    adherence: Adherence
    report: Report

    @property
    def url(self) -> str:
        return f"/adhesions/{self.adherence.id}/bilan/{self.report.year}"


async def a_due_report(
    database: Database,
    *,
    year: int = YEAR,
    by: str = f"{YEAR - 1}-12-31",
    answers: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
) -> Due:
    """A signatory whose window is open; ``before`` is what the accepted report of last year said."""
    async with database.transaction() as session:
        adherent: Adherent = await a_signatory(session, accepted=ACCEPTED, entry=an_entry(by))
        if before is not None:
            old = await an_open_report(session, adherent, year - 1, NOW)
            old.sent, old.answers = before, before
            old.step, old.accepted_at, old.submitted_at = Step.ACCEPTED, NOW, NOW
            old.fingerprint = "1" * 64
            await session.flush()
        report = await an_open_report(session, adherent, year, NOW)
        report.answers = answers or {}
    return Due(adherent.adherence, report)


async def a_past_report(database: Database, due: Due, year: int) -> None:
    """A report that was sent and accepted."""
    async with database.transaction() as session:
        session.add(
            Report(
                adherence_id=due.adherence.id,
                year=year,
                step=Step.ACCEPTED,
                closes_at=NOW,
                submitted_at=NOW,
                accepted_at=NOW,
                sent=complete(),
                fingerprint="2" * 64,
            )
        )


async def put_report(database: Database, due: Due, **values: Any) -> None:  # noqa: ANN401  (columns of the row)
    """Put the report in a state that the calendar or the organiser would have led it to."""
    async with database.transaction() as session:
        row = await session.get_one(Report, due.report.id)
        for name, value in values.items():
            setattr(row, name, value)


async def put_adherence(database: Database, due: Due, **values: Any) -> None:  # noqa: ANN401  (columns of the row)
    async with database.transaction() as session:
        row = await session.get_one(Adherence, due.adherence.id)
        for name, value in values.items():
            setattr(row, name, value)


async def is_missed(database: Database, due: Due) -> None:
    """Its window closed without a report."""
    await put_report(database, due, closes_at=NOW - timedelta(days=40), missed=True)
    missed_on = (NOW - timedelta(days=39)).date()
    await put_adherence(
        database, due, state=State.UNREPORTED, missed_on=missed_on, since=NOW - timedelta(days=39)
    )


async def the_report(database: Database, due: Due) -> Report:
    async with database.transaction() as session:
        return await session.get_one(Report, due.report.id)


async def evidence_of(database: Database, due: Due) -> list[Evidence]:
    async with database.transaction() as session:
        rows = await session.scalars(
            select(Evidence)
            .where(col(Evidence.report_id) == due.report.id)
            .order_by(col(Evidence.added_at))
        )
        return list(rows)


def typed(support: str = "yes", **boxes: str) -> dict[str, str]:
    """Everything that a complete report posts; ``I5_1_value="3"`` puts another value."""
    values = {"I1.2": "2", "I5.1": "12", "I10.3": "1"}
    fields = {f"measure.{code}.value": value for code, value in values.items()}
    fields["support"] = support
    for name, said in boxes.items():
        number, part, box = name.split("_")
        fields[f"measure.{number}.{part}.{box}"] = said
    return {name: said for name, said in fields.items() if said}


async def save(browser: Browser, due: Due, fields: dict[str, str]) -> Response:
    """Open the page, then save it as its form does."""
    shown = await browser.get(due.url)
    return await browser.submit(due.url, {"revision": hidden(shown.text, "revision"), **fields})


async def send(browser: Browser, due: Due) -> Response:
    """Open the read-through, then send."""
    shown = await browser.get(f"{due.url}/relecture")
    carried = {name: hidden(shown.text, name) for name in ("request_id", "fingerprint")}
    return await browser.submit(f"{due.url}/relecture", carried)


def complete(**values: str) -> dict[str, Any]:
    """The answers of a report that may be sent."""
    return a_report(**{code.replace("_", "."): value for code, value in values.items()})
