"""Act two: companies write and send, the jury is called; the call closes, and one draft lapses."""

import asyncio
from datetime import UTC, datetime, timedelta

from demo import companies, jurors, partners
from demo.cast import Company, JurorPlayed, Part
from demo.checks import expect
from demo.companies import Candidate
from demo.play import Play, names, together

CLOSED = "Les candidatures sont closes"
# Between the instant of a reminder and the instant at which a worker looks at the draft.
BLUR = timedelta(seconds=1.5)


async def write_drafts_and_call_the_jury(play: Play) -> None:
    """Companies begin, while the organiser calls the jury and the jurors answer."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_write_drafts(play))
        group.create_task(_call_the_jury(play))


async def send(play: Play) -> None:
    """The reminder comes; everybody but one comes back, finishes and sends."""
    forgetful = play.cast.playing(Part.FORGETS)[0]
    reminder = await play.mailbox.wait_for(forgetful.contact.email, "draft_reminder", patience=120)
    play.tell.letter(f"« {reminder.envelope.subject} », to every draft")
    others = [each for each in play.candidates.values() if each.company is not forgetful]

    async def finish(candidate: Candidate) -> None:
        await companies.come_back(play.web, play.mailbox, candidate)
        await companies.write_second_half(candidate)
        partner = candidate.company.partner
        if partner and not partner.signs_late:
            await _countersign(play, candidate)
        await companies.send_application(candidate)
        if partner and partner.signs_late:
            await _countersign_late(play, candidate)

    with play.tell.counting("Applications sent, each with its receipt", len(others)) as advance:
        await together(others, finish, advance)
    for candidate in others:
        _remember_reminder(play, candidate)
    play.causes.reminded.add(forgetful.code)


async def close(play: Play) -> None:
    """The organiser closes the call early; the forgotten draft lapses once tolerance is over."""
    forgetful = play.candidate(play.cast.playing(Part.FORGETS)[0])
    review = await companies.open_review(forgetful)
    await play.organiser.end_phase(
        "Toutes les candidatures annoncées sont arrivées.", "Recevabilité"
    )
    play.tell.say("The organiser closes the call early, with a reason for the journal")
    lapsed = await play.mailbox.wait_for(forgetful.company.contact.email, "draft_lapsed")
    play.tell.letter(f"« {lapsed.envelope.subject} », to {forgetful.company.name}")
    late = await companies.sign(forgetful, review)
    play.checks.page("A form sent after the closing is refused", late, 409, "n'est pas partie")
    play.tell.refusal(f"{forgetful.company.name} sends its form after the closing (409)")
    draft = await forgetful.visitor.open(forgetful.path)
    sentence = "Ce brouillon n'a pas été envoyé avant la clôture"
    play.checks.page("The lapsed draft stays readable", draft, 200, sentence, "lisible")
    new = await forgetful.visitor.open(f"{companies.NEW}?cycle={play.cycle}")
    play.checks.page("No application opens after the closing", new, 200, CLOSED)


async def _write_drafts(play: Play) -> None:
    cast = sorted(play.cast.companies, key=lambda company: company.part is not Part.FORGETS)

    async def begin(company: Company) -> None:
        candidate = await companies.open_application(play.web, play.mailbox, company, play.cycle)
        play.candidates[company.code] = candidate
        await companies.write_first_half(candidate)

    with play.tell.counting("Drafts begun by companies", len(cast)) as advance:
        await together(cast, begin, advance)
    wrong = next(each for each in play.candidates.values() if each.wrong_siret)
    if wrong.wrong_siret:
        sentence = "Ce SIRET contient une erreur de frappe"
        title = "A SIRET with a slip is refused on the same page"
        play.checks.page(title, wrong.wrong_siret, 422, sentence)
        form = wrong.wrong_siret.form_with("siret")
        kept = form.named("siret")[0].value if form else ""
        play.checks.equal("What was typed is still there", kept, wrong.company.typo)
        play.tell.refusal(f"{wrong.company.name} mistypes its SIRET: « {sentence} » (422)")


async def _call_the_jury(play: Play) -> None:
    await play.organiser.call_jury(play.cast)
    called = [play.cast.chair, *play.cast.jurors]

    async def answer(played: JurorPlayed) -> jurors.Seat:
        return await jurors.answer_invitation(play.web, play.mailbox, played)

    seats = await together(called, answer)
    declined = [seat.played for seat in seats if seat.played.declines]
    replacing = await together(play.cast.reserve[: len(declined)], answer)
    play.seats = [*seats, *replacing]
    accepted = names(seat.played.person.name for seat in play.sitting)
    play.tell.say(f"Jury: {accepted} accept")
    for gone, new in zip(declined, replacing, strict=True):
        play.tell.say(
            f"{gone.person.name} declines; {new.played.person.name} is called from the reserve"
        )
    for seat in replacing:
        page = expect(await seat.visitor.open(seat.path), "the page of the replacing juror")
        play.checks.page("The first of the reserve sits", page, 200, "Vous siégez au jury")


async def _countersign(play: Play, candidate: Candidate) -> None:
    """The company invites its partner, who reads, answers and countersigns."""
    visitor, page = await partners.open_part(play.web, play.mailbox, candidate)
    hidden = not page.says(str(candidate.company.answers["lessons"]))
    shown = page.says(str(candidate.company.answers["agreement"]))
    title = f"The partner of {candidate.company.name} reads the partnership and nothing else"
    play.checks.holds(title, shown and hidden, page.text)
    signed = await partners.countersign(visitor, page, candidate)
    play.checks.page(
        f"The partner of {candidate.company.name} countersigns", signed, 200, "il ne change plus"
    )
    play.tell.say(f"The partner of {candidate.company.name} answers by its link, and countersigns")


async def _countersign_late(play: Play, candidate: Candidate) -> None:
    """The company has sent already: the countersignature is a version more, and its receipt."""
    await _countersign(play, candidate)
    page = await candidate.visitor.open(f"{candidate.path}/recepisse")
    title = "A countersignature after the sending makes the next version"
    play.checks.page(title, page, 200, "Votre candidature est arrivée", "Envois précédents")
    candidate.receipt = page


def _remember_reminder(play: Play, candidate: Candidate) -> None:
    """Whoever had a draft at the instant of the reminder was reminded, unless it was sent already."""
    reminder = play.calendar.reminder_at
    sent = candidate.sent_at or datetime.now(UTC)
    if candidate.opened_at < reminder - BLUR and sent > reminder + BLUR:
        play.causes.reminded.add(candidate.company.code)
    elif candidate.opened_at < reminder + BLUR and sent > reminder - BLUR:
        play.causes.perhaps_reminded.add(candidate.company.code)
