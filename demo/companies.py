"""Companies at work: they open an application, write it in two sittings, attach, read through, send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from demo.cast import Answer, Company
from demo.checks import expect
from demo.identity import come_in
from demo.mailbox import Mailbox
from demo.pages import Form, Page
from demo.paper import a_pdf
from demo.visitor import Visitor, Web, WrongPageError

NEW = "/candidatures/nouvelle"
NOT_SECTIONS = frozenset(
    {
        *("relecture", "equipe", "retrait", "recepisse", "export.json", "pieces", "partenaire"),
        *("categorie", "jury", "renoncer", "recevabilite", "finale", "envois"),
    }
)
DOCUMENTS = "documents"
# How many sections a company writes in its first sitting.
FIRST_SITTING = 3


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
        page = await visitor.send(_form(confirm, "confirmed"), {"company": company.name})
    expect(page, f"the application of {company.name}")
    found = Candidate(company, visitor, page.path, datetime.now(UTC), wrong_siret=wrong)
    found.sections = sections_listed(page)
    return found


async def write_first_half(candidate: Candidate) -> None:
    """Write the first sections and leave the rest for later."""
    await write_sections(candidate, candidate.sections[:FIRST_SITTING])


async def come_back(web: Web, mailbox: Mailbox, candidate: Candidate) -> None:
    """Another day, another browser: what was written is still there."""
    company = candidate.company
    candidate.visitor, page = await come_in(web, mailbox, company.contact, candidate.path)
    expect(page, f"the draft of {company.name}, found again", company.title)


async def write_second_half(candidate: Candidate) -> None:
    """Write the other sections, and attach a paper."""
    await write_sections(candidate, candidate.sections[FIRST_SITTING:])
    await attach(candidate, "attestation.pdf", "Attestation (exemple)")


async def write_sections(candidate: Candidate, codes: list[str]) -> None:
    """Fill every question of these sections that the story answers; saving one opens the next."""
    page: Page | None = None
    for code in codes:
        if code == DOCUMENTS:
            continue
        url = f"{candidate.path}/{code}"
        if page is None or page.path != url:
            page = await candidate.visitor.open(url)
        expect(page, f"the section {code}")
        form = _section_form(page, candidate.company)
        page = await candidate.visitor.send(form, filled_in(form, candidate.company.answers))
        expect(page, f"the section {code} of {candidate.company.name}, saved", "Enregistré.")


async def attach(candidate: Candidate, name: str, title: str) -> None:
    """Join a PDF made on the spot."""
    page = expect(await candidate.visitor.open(f"{candidate.path}/{DOCUMENTS}"), "the documents")
    form = next((f for f in page.forms if any(c.kind == "file" for c in f.controls)), None)
    if form is None:
        message = f"{page.path} has no form that takes a file."
        raise WrongPageError(message)
    place = next(control.name for control in form.controls if control.kind == "file")
    content = a_pdf(title, candidate.company.name, candidate.company.title)
    joined = await candidate.visitor.send(form, files={place: (name, content, "application/pdf")})
    expect(joined, f"the file of {candidate.company.name}", name)


async def open_review(candidate: Candidate) -> Page:
    """The page on which the whole application is read again, signed and sent."""
    page = await candidate.visitor.open(f"{candidate.path}/relecture")
    return expect(page, "the read-through")


async def send_application(candidate: Candidate) -> None:
    """Read through, sign and send; the answer is a receipt."""
    page = await open_review(candidate)
    candidate.sent_at = candidate.sent_at or datetime.now(UTC)
    candidate.receipt = await sign(candidate, page)
    what = f"the receipt of {candidate.company.name}"
    expect(candidate.receipt, what, "Votre candidature est arrivée", "Empreinte SHA-256")


async def sign(candidate: Candidate, review: Page) -> Page:
    """Sign the application that was read through, whatever the service answers."""
    signatory = str(candidate.company.answers["legal_name"])
    return await candidate.visitor.send(_form(review, "signatory"), {"signatory": signatory})


async def withdraw(candidate: Candidate) -> Page:
    """Take the application back, with the reason."""
    page = await candidate.visitor.open(f"{candidate.path}/retrait")
    form = _form(expect(page, "the withdrawal"), "reason")
    done = await candidate.visitor.send(form, {"reason": candidate.company.reason})
    return expect(done, "the application, withdrawn", "Votre candidature est retirée")


async def complete(web: Web, mailbox: Mailbox, candidate: Candidate) -> None:
    """Read the letter that asks for a complement, attach what is missing, send again."""
    company = candidate.company
    letter = await mailbox.wait_for(company.contact.email, "complements_requested")
    candidate.visitor, page = await come_in(
        web, mailbox, company.contact, letter.link("/candidatures/")
    )
    expect(page, "the application to complete", company.reason)
    await attach(candidate, "convention.pdf", "Convention de partenariat (exemple)")
    await send_application(candidate)


async def exported(candidate: Candidate) -> dict[str, Any]:
    """The copy of the application that its company may take away."""
    answer = await candidate.visitor.fetch(f"{candidate.path}/export.json")
    document: dict[str, Any] = answer.json()
    return document


def filled_in(form: Form, answers: Mapping[str, Answer]) -> dict[str, str | list[str]]:
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
    return [code for code in dict.fromkeys(codes) if code not in NOT_SECTIONS and "/" not in code]


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
    known = [(len(filled_in(form, company.answers)), form) for form in page.forms]
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
