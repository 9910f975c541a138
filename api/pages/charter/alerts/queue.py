"""The complaints that wait, the oldest first, with their age against what was promised."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.charter.alerts.paths import DESK, desk_of
from api.pages.charter.alerts.words import TONES, UNTIL
from api.pages.charter.organiser.desk import AtCharterDesk
from api.pages.organiser.asking import uuid_in
from domain.charter.alerts import NAMES, OVER, AlertStep, promised_by
from storage.reads.charter.alert_desk import QueuedAlert, queue_of_alerts
from storage.reads.charter.organiser.ages import age_in_days

router = APIRouter()

WAITING = tuple(step for step in AlertStep if step not in OVER)


@dataclass(frozen=True, slots=True)
class Line:
    """A complaint as the list shows it; ``until`` is what was promised, if the step promises."""

    alert: QueuedAlert
    url: str
    age_days: int
    until: datetime | None
    is_late: bool

    @property
    def step(self) -> AlertStep:
        """Where it stands."""
        return self.alert.matter.step


@dataclass(frozen=True, slots=True)
class Tab:
    """A step, with how many complaints are there."""

    label: str
    url: str
    count: int
    is_here: bool


@router.get(DESK)
async def index(
    desk: AtCharterDesk, db: Db, screen: Screen, etape: str = "", apres: str = ""
) -> Response:
    """Fifty complaints: those of a step, or all that wait."""
    step = AlertStep(etape) if etape in set(AlertStep) else None
    after = uuid_in(apres)
    async with db.transaction() as session:
        queue = await queue_of_alerts(
            session, desk.viewer.person_id, [step] if step else WAITING, after
        )
    here = f"{DESK}?etape={step}" if step else DESK
    return screen.show(
        "pages/charter/alerts/queue.html",
        desk=desk,
        lines=[_line(each, screen.now) for each in queue.lines],
        tabs=_tabs(queue.counts, step),
        here=here,
        next_url=f"{here}{'&' if step else '?'}apres={queue.last}" if queue.last else "",
        is_first=after is None,
        step_name=NAMES[step] if step else "",
        names=NAMES,
        tones=TONES,
        until_words=UNTIL,
    )


def _line(alert: QueuedAlert, now: datetime) -> Line:
    matter = alert.matter
    until = promised_by(matter.situation, matter.charter.periods)
    # The time of an appeal is the company's: nobody is late when it passes.
    is_awaited = matter.step is not AlertStep.DECIDED
    return Line(
        alert=alert,
        url=desk_of(matter.id),
        age_days=age_in_days(matter.situation.since, now, matter.situation.zone),
        until=until,
        is_late=bool(until and is_awaited and now > until),
    )


def _tabs(counts: Mapping[AlertStep, int], here: AlertStep | None) -> list[Tab]:
    waiting = sum(counts.get(step, 0) for step in WAITING)
    return [
        Tab("", DESK, waiting, here is None),
        *(
            Tab(NAMES[step], f"{DESK}?etape={step}", counts.get(step, 0), here is step)
            for step in AlertStep
            if counts.get(step, 0) or here is step
        ),
    ]
