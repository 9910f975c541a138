"""Companies at work: they open an application, write it in two sittings, attach, read through, send."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from demo.cast import Answer, Company
from demo.checks import expect
from demo.identity import come_in
from demo.mailbox import Mailbox
from demo.pages import Form, Page
from demo.paper import a_pdf
from demo.visitor import Visitor, Web, WrongPageError

NEW = "/candidatures/nouvelle"
REVIEW = "relecture"
DOCUMENTS = "documents"
TYPO_SAID = "erreur de frappe"
# What a company writes in its first sitting.
FIRST_SITTING = ("organisation", "contacts", "application")


@dataclass(slots=True)
class Candidate:
    """A company in front of its application."""

    company: Company
    visitor: Visitor
    path: str
    opened_at: datetime
    wrong_siret: Page | None = None
    sent_at: datetime | None = None
    receipt: Page | None = None
    number: str = ""
    sections: list[str] = field(default_factory=list[str])


async def open_application(web: Web, mailbox: Mailbox, company: Company, cycle: str) -> Candidate:
    """Come in, type a SIRET, confirm what the register knows: the application is open."""
    visitor, page = await come_in(web, mailbox, company.contact, f"{NEW}?cycle={cycle}")
    expect(page, f"the start of the application of {company.name}")
    wrong = None
    if company.typo:
        wrong = await visitor.send(
            _form(page, "siret"), {"siret": company.typo, "category": company.category}
        )
        page = wrong
    page = await visitor.send(
        _form(page, "siret"), {"siret": company.siret, "category": company.category}
    )
    if page.path == NEW:
        confirm = expect(page, f"the confirmation of {company.name}")
        page = await visitor.send(_form(confirm, "confirmed"))
    expect(page, f"the application of {company.name}")
    found = Candidate(company, visitor, page.path, datetime.now(UTC), wrong_siret=wrong)
    found.sections = sections_listed(page)
    return found


async def write_first_half(candidate: Candidate) -> None:
    """Write the first sections and leave the rest for later."""
    for code in FIRST_SITTING:
        await write_section(candidate, code)


async def come_back(web: Web, mailbox: Mailbox, candidate: Candidate) -> None:
    """Another day, another browser: what was written is still there."""
    company = candidate.company
    candidate.visitor, page = await come_in(web, mailbox, company.contact, candidate.path)
    expect(page, f"the draft of {company.name}, found again")


async def write_second_half(candidate: Candidate) -> None:
    """Write the other sections, each leading to the next, and attach a paper."""
    for code in candidate.sections:
        if code == DOCUMENTS:
            await attach(candidate, "attestation.pdf", "Attestation (exemple)")
        elif code not in FIRST_SITTING:
            await write_section(candidate, code)


async def write_section(candidate: Candidate, code: str) -> None:
    """Fill every question of a section that the story answers."""
    page = await candidate.visitor.open(f"{candidate.path}/{code}")
    expect(page, f"the section {code}")
    form = _section_form(page, candidate.company)
    filled = filled_in(form, dict(candidate.company.answers))
    saved = await candidate.visitor.send(form, filled)
    expect(saved, f"the section {code} of {candidate.company.name}, saved")


async def attach(candidate: Candidate, name: str, title: str) -> None:
    """Join a PDF made on the spot."""
    page = expect(await candidate.visitor.open(f"{candidate.path}/{DOCUMENTS}"), "the documents")
    form = next((f for f in page.forms if any(c.kind == "file" for c in f.controls)), None)
    if form is None:
        message = f"{page.path} has no form that takes a file."
        raise WrongPageError(message)
    place = next(control.name for control in form.controls if control.kind == "file")
    content = a_pdf(title, candidate.company.name, candidate.company.title)
    joined = await candidate.visitor.send(
        form, files={place: (name, content, "application/pdf")}
    )
    expect(joined, f"the file of {candidate.company.name}", name)


async def send_application(candidate: Candidate) -> None:
    """Read through and send; the answer is a receipt."""
    page = await candidate.visitor.open(f"{candidate.path}/{REVIEW}")
    form = _form(expect(page, "the read-through"), "request_id")
    candidate.sent_at = datetime.now(UTC)
    candidate.receipt = await candidate.visitor.send(form)
    expect(candidate.receipt, f"the receipt of {candidate.company.name}")


def filled_in(form: Form, answers: dict[str, Answer]) -> dict[str, str | list[str]]:
    """The answers in the shape in which this form asks for them."""
    filled: dict[str, str | list[str]] = {}
    for name in form.names:
        code, _, year = name.partition(".")
        answer = answers.get(code)
        if answer is None or year == "untracked":
            continue
        if isinstance(answer, dict):
            filled[name] = answer[_rank_of(form, name)]
        elif isinstance(answer, list):
            is_ticked = form.named(name)[0].kind == "checkbox"
            filled[name] = answer if is_ticked else "\n".join(answer)
        else:
            filled[name] = answer
    return filled


def sections_listed(home: Page) -> list[str]:
    """The sections that the task list shows, in their order."""
    inside = [urlsplit(link.url).path for link in home.links]
    codes = [path.removeprefix(f"{home.path}/") for path in inside if _is_below(path, home.path)]
    return [code for code in dict.fromkeys(codes) if code != REVIEW and "/" not in code]


def _is_below(path: str, home: str) -> bool:
    return path.startswith(f"{home}/")


def _rank_of(form: Form, name: str) -> str:
    """Which of the three years a field is, by its place among those of its question."""
    code = name.partition(".")[0]
    years = [each for each in form.names if each.startswith(f"{code}.")]
    years = sorted(each for each in years if not each.endswith(".untracked"))
    return ("n2", "n1", "n")[years.index(name)]


def _section_form(page: Page, company: Company) -> Form:
    """The form of the page that asks most of what the company has to say."""
    known = [(len(filled_in(form, dict(company.answers))), form) for form in page.forms]
    most, form = max(known, key=lambda each: each[0], default=(0, None))
    if form is None or not most:
        message = f"{page.path} asks nothing that the story answers."
        raise WrongPageError(message)
    return form


def _form(page: Page, *names: str) -> Form:
    form = page.form_with(*names)
    if form is None:
        shown = "; ".join(", ".join(each.names) for each in page.forms)
        message = f"{page.path} (status {page.status}) has no form with {', '.join(names)}; it has: {shown}."
        raise WrongPageError(message)
    return form
