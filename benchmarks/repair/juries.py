"""Juries without room to spare, of which some leave: the hardest that can still be repaired."""

from dataclasses import dataclass, replace
from random import Random

from domain.assignment.dealing import deal
from domain.assignment.names import JurorCapacity, Pair, Table

TOPICS = "ABCDEFGH"
KNOWN = 3
READINGS = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """So many files and jurors, of whom some leave; how much is tied, and who has room to spare."""

    files: int
    jurors: int
    leave: int
    tied: float
    spare: int
    open_jurors: int
    begun: float = 0.0

    def __str__(self) -> str:
        return f"{self.files}x{self.jurors}"


@dataclass(frozen=True, slots=True)
class Case:
    """What stood, and the table after some left, with what is begun locked."""

    standing: tuple[Pair, ...]
    left: Table

    @property
    def survivors(self) -> frozenset[Pair]:
        """The pairs of those who stay."""
        here = {each.juror for each in self.left.jurors}
        return frozenset(pair for pair in self.standing if pair[1] in here)


def a_case(shape: Shape, seed: int) -> Case:
    """A jury dealt, then left by some; the room that is left is with a few of those who stay."""
    draw = Random(seed)  # noqa: S311  (a published seed, not a secret)
    files = [f"f{place:04}" for place in range(shape.files)]
    names = [f"j{place:04}" for place in range(shape.jurors)]
    jurors = [
        JurorCapacity(name, len(files), expertise=frozenset(draw.sample(TOPICS, KNOWN)))
        for name in names
    ]
    tied = [(file, name) for file in files for name in names if draw.random() < shape.tied]
    topics = {file: draw.choice(TOPICS) for file in files}
    table = Table(files, jurors, READINGS, tied, topics=topics)
    made = deal(table, seed)
    leavers = draw.sample(names, shape.leave)
    stay = [each for each in jurors if each.juror not in leavers]
    extra = _room(draw, shape, stay, sum(made.loads[name] for name in leavers))
    left = replace(
        table,
        jurors=[
            replace(each, maximum=made.loads[each.juror] + extra.get(each.juror, 0))
            for each in stay
        ],
    )
    stays = sorted(pair for pair in made.pairs if pair[1] not in leavers)
    begun = draw.sample(stays, int(shape.begun * len(stays)))
    return Case(made.pairs, replace(left, locked=frozenset(begun)))


def _room(draw: Random, shape: Shape, stay: list[JurorCapacity], orphans: int) -> dict[str, int]:
    """How much more some of those who stay would read: what is orphaned, and the spare."""
    open_ones = draw.sample([each.juror for each in stay], shape.open_jurors)
    share, over = divmod(orphans + shape.spare, len(open_ones))
    return {name: share + (place < over) for place, name in enumerate(open_ones)}
