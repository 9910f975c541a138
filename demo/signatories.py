"""Signatories at work: a company enters the charter, its head signs, a year later it reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from demo.cast import Signatory
from demo.checks import expect
from demo.identity import come_in
from demo.mailbox import Mailbox
from demo.pages import Form, Page
from demo.visitor import Visitor, Web, WrongPageError

JOIN = "/charte/adherer"
VERIFY = "/verifier/"
ROLES = ("lead", "purchasing", "staff", "reporting")
DIAGNOSED = "partly"


@dataclass(slots=True)
class Adherent:
    """A company in front of its adherence, and its head in front of the letter to sign."""

    played: Signatory
    visitor: Visitor
    head: Visitor
    path: str
    receipt: Page
    verify: str = ""

    @property
    def id(self) -> str:
        """The number of its adherence."""
        return Path(self.path).name

    @property
    def sheet(self) -> str:
        """Its public sheet."""
        return f"/signataires/{self.id}"

    def report(self, year: int) -> str:
        """Its report of a year."""
        return f"{self.path}/bilan/{year}"


async def enter(web: Web, mailbox: Mailbox, played: Signatory, today: date) -> Adherent:
    """Write the entry file page after page; then the head signs by the link of its letter."""
    visitor, home = await _join(web, mailbox, played)
    page = await visitor.open(f"{home}/autodiagnostic")
    form = _form(page, "diagnosis")
    page = await visitor.send(form, dict.fromkeys(_named(form, "diagnosis."), DIAGNOSED))
    for answers in (_choice(played), targets_of(played, today), _roles(played)):
        page = await visitor.send(_form(page, next(iter(answers))), answers)
    expect(page, f"the read-through of {played.name}", "Relire")
    asked = await visitor.send(_form(page, "request_id"))
    expect(asked, f"the letter of {played.name} to its head", "La demande de signature part à")
    head, receipt = await _sign(web, mailbox, played)
    return Adherent(played, visitor, head, home, receipt)


async def write_report(adherent: Adherent, year: int) -> str:
    """Write the report of a year, have its head support it, read it again; the print of what was read."""
    played, visitor = adherent.played, adherent.visitor
    page = expect(await visitor.open(adherent.report(year)), f"the report of {played.name}")
    values = {f"measure.{code}.value": value for code, value in played.values.items()}
    saved = await visitor.send(_form(page, "revision"), values)
    expect(saved, f"the report of {played.name}, saved", "Enregistré.")
    await _support(adherent, year)
    review = await visitor.open(f"{adherent.report(year)}/relecture")
    return _form(review, "fingerprint").named("fingerprint")[0].value


async def _support(adherent: Adherent, year: int) -> None:
    """The head renews its support on its own page: nobody else may."""
    page = await adherent.head.open(f"{adherent.report(year)}/soutien")
    given = await adherent.head.send(_form(page, "support"), {"support": "yes"})
    expect(given, f"the support of {adherent.played.head.name}", "Votre soutien est renouvelé.")


def targets_of(played: Signatory, today: date) -> Mapping[str, str]:
    """Every target is for the end of the year on which the first report is made."""
    by = f"{today.year + 1}-12-31"
    return {
        f"target.{code}.{box}": typed
        for code, (baseline, target) in played.targets.items()
        for box, typed in (("baseline", baseline), ("target", target), ("by", by))
    }


async def public_pages(anybody: Visitor, played: Signatory) -> dict[str, str]:
    """The sheet of a signatory and its attestation, where the directory names it; else nothing."""
    directory = await anybody.open(f"/signataires?q={played.siret[:9]}")
    found = directory.link_to("/signataires/")
    if found is None:
        return {}
    sheet = await anybody.open(found.url)
    attestation = sheet.link_to(VERIFY)
    return {"sheet": found.url, "attestation": attestation.url if attestation else ""}


async def _join(web: Web, mailbox: Mailbox, played: Signatory) -> tuple[Visitor, str]:
    visitor, page = await come_in(web, mailbox, played.contact, JOIN)
    page = await visitor.send(_form(page, "siret"), {"siret": played.siret})
    if page.path == JOIN:
        page = await visitor.send(_form(page, "confirmed"), {"company": played.name})
    return visitor, expect(page, f"the entry file of {played.name}", played.name).path


async def _sign(web: Web, mailbox: Mailbox, played: Signatory) -> tuple[Visitor, Page]:
    letter = await mailbox.wait_for(played.head.email, "charter_signature_requested")
    head, page = await come_in(web, mailbox, played.head, letter.link("/signature"))
    agreed = {"name": played.head.name, "function": played.head_function, "agrees": "yes"}
    receipt = await head.send(_form(page, "agrees"), agreed)
    return head, expect(receipt, f"the receipt of {played.head.name}", "Empreinte")


def _choice(played: Signatory) -> Mapping[str, str]:
    return {f"commitment.{code}": "yes" for code in played.commitments}


def _roles(played: Signatory) -> Mapping[str, str]:
    people = {
        "signatory": (played.head.name, played.head_function, played.head.email),
        **dict.fromkeys(
            ROLES, (played.contact.name, played.contact_function, played.contact.email)
        ),
    }
    return {
        f"role.{role}.{box}": said
        for role, person in people.items()
        for box, said in zip(("name", "function", "email"), person, strict=True)
    }


def _named(form: Form, beginning: str) -> list[str]:
    return [name for name in form.names if name.startswith(beginning)]


def _form(page: Page, name: str) -> Form:
    """The form that asks for this, or for something that begins so."""
    form = next((each for each in page.forms if _named(each, name)), None)
    if form is None:
        message = f"{page.path} (status {page.status}) has no form that asks for {name}."
        raise WrongPageError(message)
    return form
