"""Act one: somebody may organise, comes in, and opens the cycle."""

import asyncio
import time
from datetime import UTC, datetime

from commands.organiser import give_right
from demo.calendar import dates_from
from demo.identity import LINK, ask_for_link, use_link
from demo.play import Play, together
from demo.visitor import WrongPageError

TERRITORY = "REG-53"
# How many pages of the desk are opened to learn how fast this machine is, and the seconds that they
# take on two cores with nothing else to do.
LOOKS = 32
UNHURRIED_LOOKS = 0.5
PATIENCE = 20.0


async def let_organise(play: Play) -> None:
    """Give the first right of the installation, as its operator does by a command."""
    who = play.cast.organiser
    await give_right(play.stage.database, who.email, who.name)


async def come_in_as_organiser(play: Play) -> None:
    """Come in by a link, which does not serve twice."""
    who, visitor = play.cast.organiser, play.organiser.visitor
    letter = await ask_for_link(visitor, play.mailbox, who, "/organisation")
    page = await use_link(visitor, letter, who)
    play.checks.page("The organiser comes in by a link", page, 200, "Organisation")
    again = await play.web.visitor().open(letter.link(LINK))
    play.checks.page("A link used twice opens nothing", again, 410, "Ce lien a déjà servi")
    play.tell.say(f"{who.name} comes in by a link received by letter")
    play.tell.refusal("the same link a second time: « Ce lien a déjà servi » (410)")


async def open_the_cycle(play: Play) -> None:
    """Open Bretagne with a calendar of seconds, and wait until the call is open."""
    play.dates = dates_from(datetime.now(UTC), await _slowness(play))
    name = f"Bretagne {play.year}"
    await play.organiser.open_cycle(play.year, TERRITORY, name, play.calendar)
    until = time.monotonic() + PATIENCE
    while not (board := await play.organiser.board()).says("Candidatures ouvertes"):
        if time.monotonic() > until:
            message = (
                f"The call is not open {PATIENCE:.0f} s after its date; see {play.stage.logs}."
            )
            raise WrongPageError(message)
        await asyncio.sleep(0.2)
    play.checks.page("The call is open on the organiser's board", board, 200, name)
    home = await play.web.visitor().open("/")
    play.checks.page("The call is announced to everybody", home, 200, name)
    calendar = play.calendar.calendar
    lasts = (calendar.closes_at - calendar.opens_at).total_seconds()
    play.tell.say(f"« {name} » is open: the call for applications may last {lasts:.0f} s")


async def _slowness(play: Play) -> float:
    """How much slower than two idle cores this machine is now, with several people at once."""

    async def look(_: int) -> None:
        await play.organiser.visitor.open("/organisation/ouvrir")

    began = time.monotonic()
    await together(range(LOOKS), look)
    return (time.monotonic() - began) / UNHURRIED_LOOKS
