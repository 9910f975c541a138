"""What every page of a yearly report begins with: the report, or why there is none to write."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from starlette.responses import Response

from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.paths import home_of
from api.pages.charter.report.paths import report_at
from domain.charter.entry import NOBODY, Holder
from domain.charter.gaps import Gap
from domain.charter.people import may_support
from domain.charter.report_sheet import answers_in, report_sheet
from domain.charter.report_writing import check_report_writable
from domain.charter.reporting import report_gaps
from domain.charter.sheet import Sheet
from domain.refusals import Refusal
from storage.drafts.adherence_report import ReportHand
from storage.reads.charter.report import YearlyReport, YearTold, report_on, years_of


@dataclass(frozen=True, slots=True)
class Account:
    """A report on the desk of somebody of its company, with the sheet to show."""

    file: File
    report: YearlyReport
    years: tuple[YearTold, ...]
    sheet: Sheet
    closed: str

    @property
    def url(self) -> str:
        """Where it is."""
        return report_at(self.file.id, self.report.year)

    def with_sheet(self, sheet: Sheet) -> "Account":
        """The same, with what was just typed."""
        return replace(self, sheet=sheet)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything to repair before this sheet is sent."""
        file, report = self.file, self.report
        answers = answers_in(self.sheet, file.charter, report.entry)
        return report_gaps(file.charter, report.entry, answers, report.year)


async def account_on(desk: Desk, adherence_id: UUID, year: int) -> Account | None:
    """The report of a year; None when its window never opened for this company."""
    file = await desk.file(adherence_id)
    async with desk.db.transaction() as session:
        report = await report_on(session, file, year)
        years = await years_of(session, file.id)
    if report is None:
        return None
    return Account(file, report, years, report_sheet(report.answers), _closed(desk, file, year))


async def no_report(desk: Desk, adherence_id: UUID, year: int) -> Response:
    """Say that no report of that year is due, and which ones there are."""
    file = await desk.file(adherence_id)
    async with desk.db.transaction() as session:
        years = await years_of(session, file.id)
    return desk.screen.show(
        "pages/charter/report/none.html",
        404,
        file=file,
        home=home_of(file.id),
        year=year,
        links=links_of(file, years),
    )


def hand_on(desk: Desk, account: Account) -> ReportHand:
    """The person's hand on the report, at this instant."""
    return ReportHand(account.file.id, account.report.year, desk.viewer.person_id, desk.now)


def links_of(file: File, years: tuple[YearTold, ...]) -> list[tuple[YearTold, str]]:
    """Every report, with its address."""
    return [(each, report_at(file.id, each.year)) for each in years]


def base_of(account: Account) -> Mapping[str, object]:
    """What every template of these pages is given."""
    return {
        "file": account.file,
        "report": account.report,
        "home": home_of(account.file.id),
        "url": account.url,
        "closed": account.closed,
        "links": links_of(account.file, account.years),
        "is_head": may_support(account.file.charter, account.file.roles),
        "head": head_in(account.file),
    }


def head_in(file: File) -> Holder:
    """Who heads the company, as its roles say now."""
    return file.entry.roles.get(file.charter.signatory.code, NOBODY)


def _closed(desk: Desk, file: File, year: int) -> str:
    try:
        check_report_writable(file.situation, year)
    except Refusal as refusal:
        return desk.say(refusal)
    return ""
