"""The chair at work: reads the ranking, decides each category, signs the minutes."""

from dataclasses import dataclass

from demo.cast import Cast, Company
from demo.checks import expect
from demo.jurors import Seat
from demo.mailbox import Mailbox
from demo.pages import Control, Form, Page
from demo.visitor import WrongPageError

NOMINEES = 2
SUMMARY = (
    "Le jury salue la qualité des dossiers bretons, et l’attention portée à ce que deviennent les "
    "personnes après leur parcours."
)
TIED = "À égalité, le jury a retenu l’action dont l’effet sur les personnes est le mieux prouvé."


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided in a category."""

    category: str
    laureate: Company
    nominees: tuple[Company, ...]


async def deliberate(mailbox: Mailbox, seat: Seat, cast: Cast) -> list[Decided]:
    """Decide every category by its ranking."""
    await mailbox.wait_for(seat.played.person.email, "deliberation_opened")
    page = await seat.visitor.open(f"{seat.path}/deliberation")
    expect(page, "the deliberation", "Délibération")
    urls = page.links_to(f"{seat.path}/deliberation/")
    return [await _decide(seat, url, cast) for url in urls]


async def sign(seat: Seat) -> Page:
    """Read every decision through and sign; the answer is the minutes."""
    page = expect(await seat.visitor.open(f"{seat.path}/signature"), "the read-through")
    form = _needed(page.form_with("summary"), page, "to sign")
    present = [each.value for each in form.named("present")]
    minutes = await seat.visitor.send(form, {"summary": SUMMARY, "present": present})
    return expect(minutes, "the minutes", "Procès-verbal du jury", "Empreinte", "Sous embargo")


async def _decide(seat: Seat, url: str, cast: Cast) -> Decided:
    """The first of the ranking is the laureate; the next ones are nominees."""
    page = expect(await seat.visitor.open(url), "a ranking", "Classement")
    form = _needed(page.form_with("laureate"), page, "to decide")
    laureates = [each for each in form.named("laureate") if each.value != "none"]
    if not laureates:
        message = f"{page.path}: no file of this category may be a laureate."
        raise WrongPageError(message)
    best = laureates[0]
    awardable = {each.value for each in laureates[1:]}
    nominees = [each for each in form.named("nominee") if each.value in awardable][:NOMINEES]
    filled: dict[str, str | list[str]] = {
        "laureate": best.value,
        "nominee": [each.value for each in nominees],
    }
    done = await seat.visitor.send(form, filled)
    if done.says("égalité") and done.form_with("laureate"):
        form = _needed(done.form_with("laureate"), done, "to decide")
        done = await seat.visitor.send(form, filled | {"reason": TIED})
    expect(done, "a decision", "La décision de cette catégorie est notée")
    code = page.path.rpartition("/")[2]
    return Decided(code, _company(best, cast), tuple(_company(each, cast) for each in nominees))


def _company(control: Control, cast: Cast) -> Company:
    company = cast.company_called(control.label)
    if company is None:
        message = f"The ranking names « {control.label} », who is not in the story."
        raise WrongPageError(message)
    return company


def _needed(form: Form | None, page: Page, what: str) -> Form:
    if form is None:
        message = f"{page.path} (status {page.status}) has no form {what}."
        raise WrongPageError(message)
    return form
