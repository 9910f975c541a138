"""Partners at work: invited by letter, they read what concerns them, answer and countersign."""

from demo.checks import expect
from demo.companies import Candidate
from demo.identity import come_in
from demo.mailbox import Mailbox
from demo.pages import Form, Page
from demo.visitor import Visitor, Web, WrongPageError

PART = "/partenariats/"


async def open_part(web: Web, mailbox: Mailbox, candidate: Candidate) -> tuple[Visitor, Page]:
    """The company invites; its partner follows the link of the letter, to its part alone."""
    partner = candidate.company.partner
    if partner is None:
        message = f"{candidate.company.name} has no partner in the story."
        raise WrongPageError(message)
    page = await candidate.visitor.open(f"{candidate.path}/partenaire")
    form = _form(expect(page, "the page of the partner"), "email", "siret")
    done = await candidate.visitor.send(form, {"name": partner.person.name})
    expect(done, f"the partner of {candidate.company.name}, invited", "L'invitation part à")
    letter = await mailbox.wait_for(partner.person.email, "partner_invited")
    visitor, part = await come_in(web, mailbox, partner.person, letter.link(PART))
    return visitor, expect(part, f"the part of {partner.person.name}", candidate.company.name)


async def countersign(visitor: Visitor, page: Page, candidate: Candidate) -> Page:
    """Fill the part and countersign it."""
    partner = candidate.company.partner
    form = _form(page, "partner_view")
    button = next((each for each in form.buttons if each.action.endswith("/contresigner")), None)
    if partner is None or button is None:
        message = f"{page.path} has no button that countersigns."
        raise WrongPageError(message)
    return await visitor.send(form, partner.answers, button=button)


def _form(page: Page, *names: str) -> Form:
    form = page.form_with(*names)
    if form is None:
        message = f"{page.path} (status {page.status}) has no form with {', '.join(names)}."
        raise WrongPageError(message)
    return form
