"""Jurors at work: they answer, declare their conflicts, score their cards, abstain."""

from dataclasses import dataclass

from demo.cast import Cast, Company, JurorPlayed, plain
from demo.checks import expect
from demo.identity import come_in
from demo.mailbox import Mailbox
from demo.pages import Form, Page
from demo.visitor import Visitor, Web, WrongPageError

SCORE, COMMENT = "score.", "comment."
# A criterion apart from the merit of the file: how one juror differs from another on it.
WOBBLES = (0, 0, 1, 0, -1, 0, 0, -1, 1, 0, 0)
COMMENTS = {
    0: "Le dossier n’en dit rien.",
    1: "L’intention est là, les actes ne sont pas décrits.",
    2: "Les premiers pas sont faits ; les résultats restent à venir.",
    3: "Réalisé et bien décrit, chiffres à l’appui.",
    4: "Mesuré dans la durée, avec des preuves que l’on peut vérifier.",
    5: "Une référence : d’autres peuvent la reprendre telle quelle.",
}

# The tie that the story gives to whoever stands aside.
TIE = "other"


@dataclass(frozen=True, slots=True)
class Seat:
    """A juror who sits, their browser and the address of their page."""

    played: JurorPlayed
    visitor: Visitor
    path: str


@dataclass(frozen=True, slots=True)
class Scored:
    """What a juror did with their cards."""

    sealed: int
    abstained: int


async def answer_invitation(web: Web, mailbox: Mailbox, played: JurorPlayed) -> Seat:
    """Come by the link of the invitation, and accept or decline."""
    person = played.person
    letter = await mailbox.wait_for(person.email, "juror_invitation")
    path = letter.link("/jury/")
    visitor, page = await come_in(web, mailbox, person, path)
    expect(page, f"the invitation of {person.name}")
    wanted = "no" if played.declines else "yes"
    form = next((each for each in page.forms if ("accepts", wanted) in each.sent()), None)
    filled = {"reason": played.declines} if played.declines else {}
    answered = await visitor.send(_needed(form, page, "to answer the invitation"), filled)
    expect(answered, f"the answer of {person.name}")
    return Seat(played, visitor, path)


async def declare_conflicts(mailbox: Mailbox, seat: Seat, cast: Cast) -> int:
    """Tick the candidates to stand aside from, or say that there is none; how many were ticked."""
    await mailbox.wait_for(seat.played.person.email, "jury_conflicts_to_declare")
    page = await seat.visitor.open(f"{seat.path}/conflits")
    form = expect(page, "the list of candidates").form_with("conflict")
    form = _needed(form, page, "to declare conflicts")
    tied = _candidates_tied(form, cast) if seat.played.conflict else []
    filled: dict[str, str | list[str]] = {"none": "yes"}
    if tied:
        filled = {"conflict": tied}
        filled |= {f"tie.{each}": TIE for each in tied}
        filled |= {f"reason.{each}": seat.played.conflict for each in tied}
    name = seat.played.person.name
    expect(await seat.visitor.send(form, filled), f"the declaration of {name}")
    return len(tied)


async def score_all(mailbox: Mailbox, seat: Seat, cast: Cast) -> Scored:
    """Read and close every card, one after the other."""
    await mailbox.wait_for(seat.played.person.email, "jury_cards_to_score")
    home = expect(await seat.visitor.open(seat.path), "the list of cards")
    urls = home.links_to("/fiches/")
    left_aside = _weakest(home, cast) if seat.played.abstains else ""
    for url in urls:
        page = expect(await seat.visitor.open(url), "a card")
        if url == left_aside:
            await _abstain(seat, page)
        else:
            await _seal(seat, page, _company_of(page, cast))
    expect(await seat.visitor.open(seat.path), "the list of cards, done", "C'est fini")
    abstained = urls.count(left_aside)
    return Scored(len(urls) - abstained, abstained)


def _weakest(home: Page, cast: Cast) -> str:
    """The card of the file that has least merit: an abstention there changes no laureate."""
    merits = {
        link.url: company.merit
        for link in home.links
        if "/fiches/" in link.url and (company := cast.company_called(link.words))
    }
    return min(merits, key=lambda url: merits[url])


async def _abstain(seat: Seat, page: Page) -> None:
    form = _needed(page.form_to("/abstention"), page, "to abstain")
    reason = next(name for name in form.names if name.startswith("reason"))
    done = await seat.visitor.send(form, {reason: seat.played.abstains})
    expect(done, "an abstention")


async def _seal(seat: Seat, page: Page, company: Company) -> None:
    form = next((each for each in page.forms if any(map(_is_score, each.names))), None)
    form = _needed(form, page, "to score")
    button = next((each for each in form.buttons if each.action.endswith("/relecture")), None)
    filled = _marks(form, seat.played, company)
    page = expect(await seat.visitor.send(form, filled, button=button), "the read-through")
    seal = _needed(page.form_to("/scellement"), page, "to seal a card")
    expect(await seat.visitor.send(seal), "a sealed card")


def _marks(form: Form, played: JurorPlayed, company: Company) -> dict[str, str]:
    """The merit of the file, as this juror sees it, with the words that go with each mark."""
    codes = [name.removeprefix(SCORE) for name in form.names if _is_score(name)]
    filled: dict[str, str] = {}
    for place, code in enumerate(codes):
        mark = company.merit + played.severity + _wobble(played, company, place)
        mark = min(5, max(1, mark))
        filled[SCORE + code] = str(mark)
        filled[COMMENT + code] = COMMENTS[mark]
    return filled


def _wobble(played: JurorPlayed, company: Company, place: int) -> int:
    whim = sum(map(ord, played.person.name + company.code)) + 3 * place
    return WOBBLES[whim % len(WOBBLES)]


def _is_score(name: str) -> bool:
    return name.startswith(SCORE)


def _company_of(page: Page, cast: Cast) -> Company:
    company = cast.company_called(page.heading) or cast.company_called(page.text)
    if company is None:
        message = f"The card {page.path} names no company of the story."
        raise WrongPageError(message)
    return company


def _candidates_tied(form: Form, cast: Cast) -> list[str]:
    """The values of the ticks beside the companies to which the juror is tied."""
    tied = [plain(company.name) for company in cast.companies if company.draws_conflict]
    return [
        control.value
        for control in form.named("conflict")
        if any(name in plain(control.label) for name in tied)
    ]


def _needed(form: Form | None, page: Page, what: str) -> Form:
    if form is None:
        shown = ", ".join(each.action for each in page.forms) or "none"
        message = f"{page.path} has no form {what}; it has {shown}."
        raise WrongPageError(message)
    return form
