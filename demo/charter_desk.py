"""The organiser at the desk of the charter: accepts an entry file, reads a report that waits."""

from demo.cast import plain
from demo.checks import excerpt, expect
from demo.pages import Form, Page
from demo.signatories import Adherent
from demo.visitor import Visitor, WrongPageError

DESK = "/organisation/charte"


async def accept(organiser: Visitor, adherent: Adherent) -> Page:
    """Read a signed file and accept it."""
    url = f"{DESK}/dossiers/{adherent.id}"
    page = expect(await organiser.open(url), f"the file of {adherent.played.name}")
    done = await organiser.send(_form(page, "/accepter"))
    return expect(done, f"{adherent.played.name}, accepted", "L'adhésion est acceptée")


async def read_report(organiser: Visitor, adherent: Adherent) -> Page:
    """Find a report among those that wait, and read it beside the form that validates it."""
    waiting = expect(await organiser.open(f"{DESK}/bilans"), "the reports that wait")
    name = plain(adherent.played.name)
    found = (
        each.url for each in waiting.links if "/bilans/" in each.url and name in plain(each.words)
    )
    url = next(found, None)
    if url is None:
        message = f"{waiting.path} has no link to the report of {adherent.played.name}."
        raise WrongPageError(message)
    page = expect(await organiser.open(url), f"the report of {adherent.played.name}")
    _form(page, "/valider")
    return page


def _form(page: Page, towards: str) -> Form:
    form = page.form_to(towards)
    if form is None:
        message = f"{page.path} has no form to {towards}: {excerpt(page)}"
        raise WrongPageError(message)
    return form
