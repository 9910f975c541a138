"""The edition on one page: national organisers see all of it, the others their own part in detail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen, SignedInViewer
from api.errors import NotFound
from api.pages.edition_picture.timeline import BAR, NAMES, ROW, STAGES, TOP, WIDTH, timeline
from domain.edition_picture import SITUATIONS, Situation, hindrances, situation
from domain.levels import Level
from domain.phases import NAMES as PHASES
from domain.phases import Phase
from storage.reads.organiser.edition_picture import PicturedCycle, edition_picture
from storage.territories import territories
from storage.tiles import Tile, tiles
from wording.articles import spoken

router = APIRouter()
PAGE = "/organisation/editions/{edition_code}/ensemble"
TONES = {
    Situation.LATE: "danger",
    Situation.BLOCKED: "attention",
    Situation.ON_TIME: "active",
    Situation.WAITING: "neutral",
    Situation.DONE: "good",
    Situation.CANCELLED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One territory in words; ``url`` and what blocks only where its reader organises."""

    name: str
    phase: str
    tone: str
    standing: str = ""
    url: str = ""
    until: datetime | None = None
    blocks: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A tile of the map: a region, and the cycle that stands for it, if there is one."""

    name: str
    place: Tile
    shown: Shown | None


@router.get(PAGE)
async def show(edition_code: str, viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """Where each territory stands, what blocks, who is late."""
    organises = None if viewer.organises_everything else viewer.organises
    async with db.transaction() as session:
        edition = await edition_picture(session, edition_code, organises)
    if edition is None or not viewer.is_organiser:
        raise NotFound
    shown = {cycle.code: _shown(cycle, screen) for cycle in edition.cycles}
    tiled = _tiled(edition.cycles)
    return screen.show(
        "pages/edition_picture/page.html",
        edition=edition,
        shown=shown,
        picture=timeline(edition.cycles, screen.now),
        drawn={"width": WIDTH, "names": NAMES, "row": ROW, "bar": BAR, "top": TOP},
        stages=[(code, screen.say(label)) for code, label, _, _ in STAGES],
        situations=[(TONES[each], screen.say(name)) for each, name in SITUATIONS.items()],
        tiles=_placed(tiled, shown, screen.language),
        others=[shown[each.code] for each in edition.cycles if each not in tiled.values()],
        tally=_tally(edition.cycles, screen),
        may_change=viewer.organises_everything,
    )


def _shown(cycle: PicturedCycle, screen: Screen) -> Shown:
    phase = screen.say(PHASES[cycle.phase])
    if cycle.progress is None:
        return Shown(cycle.name, phase, _plain_tone(cycle.phase))
    now = screen.now
    stands = situation(cycle.progress, now)
    found = hindrances(cycle.progress, now)
    return Shown(
        name=cycle.name,
        phase=phase,
        tone=TONES[stands],
        standing=screen.say(SITUATIONS[stands]),
        url=f"/organisation/{cycle.code}",
        until=cycle.progress.until,
        blocks=tuple(spoken(each.words, screen.language) for each in found if each.blocks),
        left=tuple(spoken(each.words, screen.language) for each in found if not each.blocks),
    )


def _plain_tone(phase: Phase) -> str:
    """The tone of a phase alone, for who may not know more."""
    over = {Phase.PUBLISHED: "good", Phase.CLOSED: "good", Phase.CANCELLED: "quiet"}
    return over.get(phase, "neutral")


def _tiled(cycles: Sequence[PicturedCycle]) -> dict[str, PicturedCycle]:
    """The cycle of each region: its own, or that of the grouping to which it belongs."""
    places = tiles()
    return {
        code: cycle
        for cycle in cycles
        if cycle.level is Level.TERRITORIAL
        for code in (cycle.territory, *cycle.parts)
        if code in places
    }


def _placed(
    tiled: dict[str, PicturedCycle], shown: dict[str, Shown], language: str
) -> list[Placed]:
    known = territories()
    return [
        Placed(
            known[code].name.in_(language),
            place,
            shown[tiled[code].code] if code in tiled else None,
        )
        for code, place in tiles().items()
    ]


def _tally(cycles: Sequence[PicturedCycle], screen: Screen) -> list[tuple[int, str]]:
    """How many of the reader's territories stand in each situation that somebody is in."""
    stands = [
        situation(cycle.progress, screen.now) for cycle in cycles if cycle.progress is not None
    ]
    return [
        (stands.count(each), screen.say(name))
        for each, name in SITUATIONS.items()
        if each in stands
    ]
