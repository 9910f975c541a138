"""The campaign drawn: one bar a territory, whose parts are told apart without any colour."""

from collections.abc import Iterator
from dataclasses import dataclass

from storage.reads.charter.organiser.campaign import Campaign, CampaignLine, Progress

# Units of the drawing; the page makes it as wide as it can.
WIDTH, NAME, COUNT = 720, 190, 44
BAR, GAP, TOP = 22, 10, 6
DIGIT, MARGIN = 8, 8


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar; its count is written inside when there is room."""

    progress: Progress
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where the count stands."""
        return self.x + self.width / 2

    @property
    def label(self) -> int:
        """How wide the plain paper behind the count is."""
        return len(str(self.count)) * DIGIT + MARGIN

    @property
    def has_room(self) -> bool:
        """Whether the count fits, with some of the pattern on either side."""
        return self.width >= self.label + MARGIN


@dataclass(frozen=True, slots=True)
class Bar:
    """The reports of a territory."""

    territory: str
    due: int
    y: int
    parts: tuple[Part, ...]

    @property
    def baseline(self) -> int:
        """Where words stand beside the bar."""
        return self.y + BAR - 6

    @property
    def end(self) -> float:
        """Where the bar ends."""
        return max((part.x + part.width for part in self.parts), default=float(NAME))


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    bar: int = BAR
    name: int = NAME

    @property
    def height(self) -> int:
        """How tall the drawing is."""
        return TOP + len(self.bars) * (BAR + GAP)


def picture_of(campaign: Campaign) -> Picture:
    """A bar for each territory, on one scale; the longest takes the whole width."""
    most = max((line.due for line in campaign.lines), default=0)
    return Picture(
        tuple(_bar(line, place, most) for place, line in enumerate(campaign.lines) if line.due)
    )


def _bar(line: CampaignLine, place: int, most: int) -> Bar:
    return Bar(line.territory, line.due, TOP + place * (BAR + GAP), tuple(_parts(line, most)))


def _parts(line: CampaignLine, most: int) -> Iterator[Part]:
    scale, x = (WIDTH - NAME - COUNT) / most, float(NAME)
    for progress in Progress:
        count = line.of(progress)
        if count:
            yield Part(progress, count, round(x, 1), round(count * scale, 1))
            x += count * scale
