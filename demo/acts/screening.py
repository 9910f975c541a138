"""Act three: one withdraws, one is refused, one completes, the others are admitted; conflicts are told."""

import asyncio

from demo import companies, jurors
from demo.cast import Company, Part
from demo.play import Play, names, together


async def screen(play: Play) -> None:
    """The organiser screens while the jurors declare their conflicts."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_screen_files(play))
        group.create_task(_declare_conflicts(play))
    await play.organiser.end_phase("Toutes les candidatures sont examinées.", "Évaluation")


async def _screen_files(play: Play) -> None:
    await _withdraw(play, play.cast.playing(Part.WITHDRAWS)[0])
    await _refuse(play, play.cast.playing(Part.REFUSED)[0])
    completing = play.cast.playing(Part.COMPLETES)[0]
    await play.organiser.ask_complements(completing)
    asked = asyncio.create_task(_complete(play, completing))
    green = await play.organiser.admit_green()
    play.tell.say(f"{green} files whose every rule is green are admitted in one click")
    with_partner = [each for each in play.cast.playing(Part.ADMITTED) if each.partner]
    for company in with_partner:
        page = await play.organiser.file_of(company)
        said = "Le partenaire est identifié et a contresigné."
        play.checks.page(f"The rule on the partner of {company.name} is met", page, 200, said)
    play.tell.say(f"The partners of {names(each.name for each in with_partner)} have countersigned")
    await asked
    await play.organiser.admit(completing)
    play.checks.equal(
        "Every file was admitted, by one way or the other",
        green + 1,
        sum(company.is_judged for company in play.cast.companies),
    )


async def _withdraw(play: Play, company: Company) -> None:
    page = await companies.withdraw(play.candidate(company))
    play.checks.page("A company withdraws its application", page, 200, "Retirée")
    play.tell.say(f"{company.name} withdraws")


async def _refuse(play: Play, company: Company) -> None:
    page = await play.organiser.file_of(company)
    sentence = "La structure doit exister depuis au moins 12 mois à la clôture"
    play.checks.page("The rules say why a company is too young", page, 200, sentence)
    await play.organiser.refuse(company)
    letter = await play.mailbox.wait_for(company.contact.email, "application_refused")
    play.checks.holds(
        "The letter of refusal gives the rule and the reason",
        letter.says("Au moins douze mois d’existence à la clôture") and letter.says(company.reason),
        letter.text,
    )
    seen = await play.candidate(company).visitor.open(play.candidate(company).path)
    play.checks.page("The company reads the reason on its page", seen, 200, company.reason)
    play.tell.refusal(
        f"{company.name} is four months old, the rules ask for twelve: not admissible"
    )


async def _complete(play: Play, company: Company) -> None:
    await companies.complete(play.web, play.mailbox, play.candidate(company))
    play.tell.say(f"{company.name} is asked for its agreement, attaches it, and is admitted")


async def _declare_conflicts(play: Play) -> None:
    async def declare(seat: jurors.Seat) -> int:
        return await jurors.declare_conflicts(play.mailbox, seat, play.cast)

    declared = await together(play.sitting, declare)
    tied = [seat.played for seat, count in zip(play.sitting, declared, strict=True) if count]
    expected = [seat.played.person.name for seat in play.sitting if seat.played.conflict]
    play.checks.equal("Conflicts declared, by juror", [each.person.name for each in tied], expected)
    companies_tied = names(each.name for each in play.cast.companies if each.draws_conflict)
    play.tell.say(f"{names(expected)} stands aside from {companies_tied}; the others have no tie")
