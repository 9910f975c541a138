"""The organiser at work: opens the cycle, calls the jury, screens, ends phases."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from demo.calendar import Dates
from demo.cast import Cast, Company, JurorPlayed, plain
from demo.checks import expect
from demo.pages import Form, Page
from demo.visitor import Visitor, WrongPageError

DESK = "/organisation"
PARIS = ZoneInfo("Europe/Paris")
STEPS = (
    "opens_at",
    "closes_at",
    "screening_until",
    "evaluation_from",
    "evaluation_until",
    "deliberation_until",
    "publishes_at",
    "ends_at",
)


class Organiser:
    """Somebody who organises, in front of their desk."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.cycle = ""

    @property
    def base(self) -> str:
        """The address of the cycle on the desk."""
        return f"{DESK}/{self.cycle}"

    async def open_cycle(self, year: int, territory: str, name: str, dates: Dates) -> Page:
        """Choose where, then when, read it dry, and open."""
        page = expect(await self.visitor.open(f"{DESK}/ouvrir"), "the opening of a cycle")
        form = _needed(page.form_with("edition", "territoire"), page, "to choose a place")
        place = {
            "edition": "new:trophees-insertion",
            "annee": str(year),
            "territoire": territory,
        }
        page = expect(await self.visitor.send(form, place), "the dates of the cycle")
        form = _needed(page.form_with(*STEPS), page, "to choose the dates")
        instants = {step: typed(getattr(dates.calendar, step)) for step in STEPS}
        page = expect(await self.visitor.send(form, {"name": name} | instants), "the dry reading")
        form = _needed(page.form_to("/ouvrir"), page, "to open the cycle")
        board = expect(await self.visitor.send(form), "the board of the cycle", name)
        self.cycle = f"{year}:{territory}"
        if board.path != self.base:
            message = f"The cycle is open at {board.path}, and not at {self.base}."
            raise WrongPageError(message)
        return board

    async def call_jury(self, cast: Cast) -> Page:
        """Call the jury by a file: the chair, the jurors and the reserve."""
        page = expect(await self.visitor.open(f"{self.base}/jury"), "the jury")
        form = _needed(page.form_to("/jury/liste"), page, "that takes a list")
        file = ("jury.csv", jury_file(cast).encode("utf-8-sig"), "text/csv")
        done = await self.visitor.send(form, files={"file": file})
        return expect(done, "the jury, called", "Invitées")

    async def board(self) -> Page:
        """The cycle at a glance."""
        return expect(await self.visitor.open(self.base), "the board")

    async def jury(self) -> Page:
        """The jurors with their progress."""
        return expect(await self.visitor.open(f"{self.base}/jury"), "the jury")

    async def admit_green(self) -> int:
        """Declare admissible together the files of which every rule is green; how many."""
        page = expect(await self.visitor.open(f"{self.base}/candidatures"), "the applications")
        form = page.form_to("/candidatures/recevables")
        ticks = [tick.value for tick in form.named("application")] if form else []
        if form is None or not ticks:
            return 0
        done = await self.visitor.send(form, {"application": ticks})
        expect(done, "the green files, admitted", "Déclarées recevables")
        return len(ticks)

    async def file_of(self, company: Company) -> Page:
        """The file of a company."""
        url = f"{self.base}/candidatures"
        page = expect(await self.visitor.open(url), "the applications")
        for link in page.links:
            if "/candidatures/" in link.url and _names(link.words, company):
                return expect(await self.visitor.open(link.url), f"the file of {company.name}")
        message = f"{url} has no link to the file of {company.name}."
        raise WrongPageError(message)

    async def admit(self, company: Company) -> Page:
        """Declare one file admissible."""
        page = await self.file_of(company)
        form = _needed(page.form_to("/recevable"), page, "to admit")
        done = await self.visitor.send(form)
        return expect(done, f"{company.name}, admitted", "La candidature est recevable")

    async def refuse(self, company: Company) -> Page:
        """Refuse a file, with the rules that it does not meet and why."""
        page = await self.file_of(company)
        form = _needed(page.form_to("/non-recevable"), page, "to refuse")
        filled = {"rules": list(company.rules), "reason": company.reason}
        done = await self.visitor.send(form, filled)
        return expect(done, f"{company.name}, refused", "déclarée non recevable")

    async def ask_complements(self, company: Company) -> Page:
        """Ask once for what is missing."""
        page = await self.file_of(company)
        form = _needed(page.form_to("/complements"), page, "to ask for complements")
        done = await self.visitor.send(form, {"missing": company.reason})
        return expect(done, f"{company.name}, asked", "Le complément est demandé")

    async def end_phase(self, reason: str, now_in: str) -> Page:
        """End the running phase, with the reason that the journal keeps."""
        page = await self.visitor.open(f"{self.base}/clore-la-phase")
        form = _needed(expect(page, "the end of a phase").form_with("reason"), page, "to end it")
        done = await self.visitor.send(form, {"reason": reason})
        return expect(done, f"the phase « {now_in} »", "La phase est close", now_in)

    async def approve_results(self) -> Page:
        """Read how many letters of results leave, with samples, and agree; the page as it was read."""
        url = f"{self.base}/resultats/envoi"
        page = expect(await self.visitor.open(url), "the letters of results")
        form = _needed(page.form_to("/approuver"), page, "to agree to the letters")
        expect(await self.visitor.send(form), "the letters, agreed to", "Votre accord est noté")
        return page


def typed(instant: datetime) -> str:
    """An instant as it is typed in the form: a day and an hour of Paris."""
    return instant.astimezone(PARIS).replace(tzinfo=None).isoformat(timespec="seconds")


def jury_file(cast: Cast) -> str:
    """The jury as organisers keep it: a file of a spreadsheet."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(("courriel", "nom", "organisation", "présidence", "réserve"))
    writer.writerow(_line(cast.chair, chair="oui"))
    writer.writerows(_line(juror) for juror in cast.jurors)
    writer.writerows(_reserve(cast.reserve))
    return file.getvalue()


def _line(juror: JurorPlayed, *, chair: str = "", reserve: str = "") -> tuple[str, ...]:
    person = juror.person
    return (person.email, person.name, juror.organisation, chair, reserve)


def _reserve(jurors: Iterable[JurorPlayed]) -> Iterable[tuple[str, ...]]:
    for place, juror in enumerate(jurors, start=1):
        yield _line(juror, reserve=str(place))


def _names(words: str, company: Company) -> bool:
    return plain(company.name) in plain(words)


def _needed(form: Form | None, page: Page, what: str) -> Form:
    if form is None:
        shown = ", ".join(each.action for each in page.forms) or "none"
        message = f"{page.path} (status {page.status}) has no form {what}; it has {shown}."
        raise WrongPageError(message)
    return form
