"""Act six: nothing leaks until the instant, then the palmarès is public and everybody is written to."""

import asyncio
import time
from datetime import UTC, datetime

from demo import palmares
from demo.checks import expect
from demo.palmares import Prize, address_of
from demo.play import Play, names
from demo.visitor import WrongPageError

PATIENCE = 60.0
# A machine that was busy at the opening has a long calendar; nobody should wait for it.
LONGEST_WAIT = 40.0
NOT_FOUND = 404


async def keep_the_secret(play: Play) -> None:
    """Until the instant, nobody outside the jury learns anything."""
    laureates = [each.laureate.name for each in play.decided]
    public = ["/", "/palmares", address_of(play.cycle), "/mon-espace"]
    anybody = play.web.visitor()
    leaks = [
        f"{name} at {url}"
        for url in public
        for name in laureates
        if (await anybody.open(url)).says(name)
    ]
    play.checks.equal("No public page names a laureate before the instant", leaks, [])
    page = await anybody.open(address_of(play.cycle))
    play.checks.page("Before the instant, only the instant is told", page, NOT_FOUND)
    open_data = (f"{address_of(play.cycle)}.json", f"{address_of(play.cycle)}.csv")
    programs = (*open_data, f"/api/v1/palmares/{play.cycle}")
    statuses = [(await anybody.fetch(url)).status_code for url in programs]
    play.checks.equal("Open data and REST say nothing yet", statuses, [NOT_FOUND] * 3)
    winner = play.candidate(play.decided[0].laureate)
    own = await winner.visitor.open(winner.path)
    play.checks.page("A laureate's own page keeps the embargo", own, 200, "sous embargo")
    early = [each.to for each in await play.mailbox.envelopes() if each.kind.startswith("result_")]
    play.checks.equal("No result is written before the instant", early, [])


async def agree_to_the_letters(play: Play) -> None:
    """Somebody who did not sign the decision reads the letters of results, and lets them leave."""
    page = await play.organiser.approve_results()
    play.checks.holds(
        "The second person reads a sample of each kind of result before agreeing",
        all(page.says(word) for word in ("Résultat : lauréat", "Résultat : nommé")),
        page.path,
    )


async def lift(play: Play) -> None:
    """At the instant of the calendar, the palmarès appears by itself."""
    instant = play.calendar.calendar.publishes_at
    left = (instant - datetime.now(UTC)).total_seconds()
    if left > LONGEST_WAIT:
        instant = datetime.now(UTC)
        play.tell.say(f"The date is still {left:.0f} s away: the organiser lifts the embargo early")
        await play.organiser.end_phase("La cérémonie est avancée.", "Palmarès publié")
    elif left > 0:
        play.tell.say(f"The embargo lifts by its own date, in {left:.0f} s")
        await asyncio.sleep(left)
    seen = await _until_public(play)
    play.checks.holds("The palmarès appears at its instant, not before", seen >= instant, seen)
    late = (seen - instant).total_seconds()
    play.tell.say(f"The palmarès is public, {late:.1f} s after its instant")


async def _until_public(play: Play) -> datetime:
    anybody, until = play.web.visitor(), time.monotonic() + PATIENCE
    while (page := await anybody.open(address_of(play.cycle))).status == NOT_FOUND:
        if time.monotonic() > until:
            message = f"The palmarès is not public {PATIENCE:.0f} s after its instant."
            raise WrongPageError(message)
        await asyncio.sleep(0.1)
    expect(page, "the palmarès")
    return datetime.now(UTC)


async def read_the_palmares(play: Play) -> None:
    """The page, the CSV, the JSON and the REST API tell the same, which is what the chair signed."""
    anybody = play.web.visitor()
    play.palmares = await palmares.read_json(anybody, play.cycle)
    page = await palmares.read_page(anybody, play.cycle)
    play.checks.equal(
        "JSON tells what the chair signed", _named(play.palmares.prizes), _signed(play)
    )
    lines = await palmares.read_csv(anybody, play.cycle)
    play.checks.equal("CSV and JSON agree", lines, play.palmares.prizes)
    rest = await anybody.fetch(f"/api/v1/palmares/{play.cycle}")
    told = palmares.palmares_in(rest.json())
    play.checks.equal("The REST API and JSON agree", told, play.palmares)
    missing = [each.company for each in play.palmares.prizes if not page.says(each.company)]
    missing += [each.title for each in play.palmares.of("laureate") if not page.says(each.title)]
    play.checks.equal("The page names everybody, with the titles", missing, [])
    unnamed = {prize.siret for prize in play.palmares.prizes}
    others = [each.name for each in play.cast.companies if each.siret not in unnamed]
    leaked = [name for name in others if page.says(name)]
    play.checks.equal("The page names nobody else", leaked, [])
    titles = names(prize.company for prize in play.palmares.of("laureate"))
    play.tell.say(f"Laureates: {titles}")


def _named(prizes: tuple[Prize, ...]) -> list[tuple[str, str, str]]:
    return sorted((prize.category, prize.kind, prize.siret) for prize in prizes)


def _signed(play: Play) -> list[tuple[str, str, str]]:
    laureates = [(each.category, "laureate", each.laureate.siret) for each in play.decided]
    nominees = [
        (each.category, "nominee", nominee.siret)
        for each in play.decided
        for nominee in each.nominees
    ]
    return sorted(laureates + nominees)
