"""What the acts share: the stage, the people, what has happened so far."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from demo.calendar import Dates
from demo.cast import Cast, Company
from demo.chair import Decided
from demo.checks import Checklist
from demo.companies import Candidate
from demo.jurors import Seat
from demo.letters import Causes
from demo.mailbox import Mailbox
from demo.narration import Narration
from demo.organiser import Organiser
from demo.palmares import Palmares
from demo.stage import Stage
from demo.visitor import Web

AT_ONCE = 8

Thing = TypeVar("Thing")
Result = TypeVar("Result")


@dataclass(slots=True)
class Play:
    """A year being played."""

    stage: Stage
    web: Web
    mailbox: Mailbox
    tell: Narration
    cast: Cast
    year: int
    organiser: Organiser
    checks: Checklist = field(default_factory=Checklist)
    causes: Causes = field(default_factory=Causes)
    dates: Dates | None = None
    candidates: dict[str, Candidate] = field(default_factory=dict[str, Candidate])
    seats: list[Seat] = field(default_factory=list[Seat])
    decided: list[Decided] = field(default_factory=list[Decided])
    palmares: Palmares | None = None

    @property
    def cycle(self) -> str:
        """The code of the cycle."""
        return self.organiser.cycle

    @property
    def calendar(self) -> Dates:
        """The dates, once the cycle is open."""
        if self.dates is None:
            message = "The cycle is not open yet."
            raise LookupError(message)
        return self.dates

    @property
    def chair(self) -> Seat:
        """The seat of the chair."""
        chair = self.cast.chair.person
        return next(seat for seat in self.seats if seat.played.person == chair)

    @property
    def sitting(self) -> list[Seat]:
        """The jurors who accepted."""
        return [seat for seat in self.seats if not seat.played.declines]

    def candidate(self, company: Company) -> Candidate:
        """A company with its application."""
        return self.candidates[company.code]


async def together(
    things: Sequence[Thing],
    act: Callable[[Thing], Awaitable[Result]],
    done: Callable[[], None] = lambda: None,
) -> list[Result]:
    """Do it for each at the same time, a few at once; the first failure ends them all."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(thing: Thing) -> Result:
        async with turn:
            result = await act(thing)
        done()
        return result

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(thing)) for thing in things]
    return [task.result() for task in tasks]


def names(people: Iterable[str]) -> str:
    """Some names, as a sentence lists them."""
    listed = list(people)
    return (
        " and ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)
    )
