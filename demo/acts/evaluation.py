"""Act four: every juror reads and scores; act five: the chair deliberates, decides, signs."""

from demo import chair, jurors
from demo.play import Play, names, together


async def evaluate(play: Play) -> None:
    """Cards are dealt and closed; the organiser ends the phase when none is left."""

    async def score(seat: jurors.Seat) -> jurors.Scored:
        return await jurors.score_all(play.mailbox, seat, play.cast)

    with play.tell.counting("Jurors who closed every card", len(play.sitting)) as advance:
        scored = await together(play.sitting, score, advance)
    sealed = sum(each.sealed for each in scored)
    abstained = sum(each.abstained for each in scored)
    judged = sum(company.is_judged for company in play.cast.companies)
    play.checks.equal("Each file is read by three jurors", sealed + abstained, 3 * judged)
    play.checks.equal("One juror abstains, once", abstained, 1)
    play.tell.say(f"{sealed} cards sealed, {abstained} abstention")
    await _check_conflict(play)
    await play.organiser.end_phase("Toutes les fiches sont closes.", "Délibération")


async def deliberate(play: Play) -> None:
    """The chair decides every category by its ranking, and signs the minutes."""
    decided = await chair.deliberate(play.mailbox, play.chair, play.cast)
    play.decided = decided
    play.checks.equal(
        "Every category is decided",
        sorted(each.category for each in decided),
        sorted({company.category for company in play.cast.companies}),
    )
    minutes = await chair.sign(play.chair)
    laureates = [each.laureate.name for each in decided]
    play.checks.page("The minutes name every laureate, under embargo", minutes, 200, *laureates)
    play.tell.say(f"{play.chair.played.person.name} decides {len(decided)} categories")
    play.tell.say(f"The minutes are signed and sealed: {names(laureates)}, under embargo")


async def _check_conflict(play: Play) -> None:
    """Whoever declared a conflict was dealt no card of that file."""
    tied = next(seat for seat in play.sitting if seat.played.conflict)
    home = await tied.visitor.open(tied.path)
    shown = [
        each.name for each in play.cast.companies if each.draws_conflict and home.says(each.name)
    ]
    play.checks.equal("A juror with a conflict is dealt no card of that file", shown, [])
