"""What the viewer has to do now, in every role, the most urgent first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen, SignedInViewer
from api.pages.charter.alerts.paths import page_of
from api.pages.charter.alerts.words import TONES as ALERT_TONES
from api.pages.charter.company.words import TONES
from domain import applications, jurors, partners, phases
from domain.applications import Status
from domain.charter import alerts, states
from domain.charter.waiting import Wanted, waiting_for
from domain.jurors import JurorStatus
from domain.partners import PartnerStatus
from domain.phases import Phase
from storage.reads.charter.alert_matter import Matter
from storage.reads.charter.alerts import my_alerts, to_answer
from storage.reads.charter.mine import MyAdherence, my_adherences
from storage.reads.company import MyApplication, my_applications
from storage.reads.company_waiting import waiting_among
from storage.reads.jury import MyJury, my_juries
from storage.reads.organiser.cycles import OrganisedCycle, organised_year
from storage.reads.partnership import MyPartnership, my_partnerships
from storage.reads.promotion import MyOffer, my_offers
from storage.reads.public import cycles_under_way

router = APIRouter()

SCREENED = frozenset({Phase.SCREENING, Phase.EVALUATION})
LAST = datetime.max.replace(tzinfo=UTC)


class Task(StrEnum):
    """What may wait for somebody; the words are in the page."""

    SEND = "send"
    COMPLETE = "complete"
    COUNTERSIGN = "countersign"
    ANSWER = "answer"
    DECLARE = "declare"
    SCORE = "score"
    DECIDE = "decide"
    SCREEN = "screen"
    ENTER = "enter"
    SIGN = "sign"
    ANSWER_ORGANISER = "answer_organiser"
    REPORT = "report"
    RENEW = "renew"
    SUCCEED = "succeed"
    EXPLAIN = "explain"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what about, where, and by when."""

    task: Task
    about: str
    cycle: str
    url: str
    until: datetime | None
    count: int = 1
    year: int = 0


OF_CHARTER = {
    Wanted.ENTRY: (Task.ENTER, ""),
    Wanted.COMPLEMENTS: (Task.ANSWER_ORGANISER, "/complements"),
    Wanted.REPORT: (Task.REPORT, "/bilan"),
    Wanted.RENEWAL: (Task.RENEW, "/renouvellement"),
    Wanted.SUCCESSOR: (Task.SUCCEED, "/successeur"),
}


@router.get("/mon-espace")
async def show(viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """What waits, then everything of the viewer's."""
    organises = None if viewer.organises_everything else viewer.organises
    async with db.transaction() as session:
        mine = await my_applications(session, viewer.person_id)
        waiting = await waiting_among(session, [each.id for each in mine])
        partnerships = await my_partnerships(session, viewer.person_id)
        adherences = await my_adherences(session, viewer.person_id)
        places = await my_offers(session, viewer.person_id) if mine else ()
        complaints = await my_alerts(session, viewer.person_id)
        to_explain = await to_answer(session, viewer.person_id) if adherences else ()
        seats = await my_juries(session, viewer.person_id)
        year = await organised_year(session, organises) if viewer.is_organiser else None
        calls = await cycles_under_way(session)
    cycles = year.cycles if year else ()
    return screen.show(
        "pages/my_space/home.html",
        todos=todos(
            [each for each in mine if each.id not in waiting],
            seats,
            cycles,
            awaited(partnerships, screen.now),
            (
                *of_charter(adherences, screen.now),
                *_to_explain(to_explain),
                *_to_confirm(places, screen.now),
            ),
        ),
        applications=mine,
        waiting=waiting,
        partnerships=partnerships,
        partner_names=partners.NAMES,
        adherences=adherences,
        state_names=states.NAMES,
        state_tones=TONES,
        alerts=complaints,
        alert_names=alerts.NAMES,
        alert_tones=ALERT_TONES,
        juries=seats,
        cycles=cycles,
        has_open_call=any(cycle.phase is Phase.OPEN for cycle in calls),
        status_names=applications.NAMES,
        juror_names=jurors.JUROR_NAMES,
        phase_names=phases.NAMES,
    )


def todos(
    mine: Iterable[MyApplication],
    seats: Iterable[MyJury],
    cycles: Iterable[OrganisedCycle],
    partnerships: Iterable[MyPartnership] = (),
    of_adherences: Iterable[Todo] = (),
) -> tuple[Todo, ...]:
    """Everything that waits for this person, by date; what has no date comes last."""
    found = (
        *_of_company(mine),
        *_of_partner(partnerships),
        *_of_jury(seats),
        *_of_organiser(cycles),
        *of_adherences,
    )
    return tuple(sorted(found, key=lambda todo: (todo.until or LAST, todo.about)))


def _of_company(mine: Iterable[MyApplication]) -> Iterator[Todo]:
    for each in mine:
        about, url = each.title or each.company or each.category.fr, f"/candidatures/{each.id}"
        if each.status is Status.DRAFT and each.phase is Phase.OPEN:
            yield Todo(Task.SEND, about, each.cycle_name, url, each.closes_at)
        elif each.status is Status.COMPLEMENTS:
            yield Todo(Task.COMPLETE, about, each.cycle_name, url, each.complements_until)


def awaited(partnerships: Iterable[MyPartnership], now: datetime) -> tuple[MyPartnership, ...]:
    """Those whose countersignature still counts if it comes now."""
    return tuple(
        each
        for each in partnerships
        if each.status is PartnerStatus.INVITED
        and each.application_status in partners.ALIVE
        and now <= each.until
    )


def _of_partner(partnerships: Iterable[MyPartnership]) -> Iterator[Todo]:
    for each in partnerships:
        url = f"/partenariats/{each.id}"
        yield Todo(Task.COUNTERSIGN, each.company, each.cycle_name, url, each.until)


def of_charter(adherences: Iterable[MyAdherence], now: datetime) -> Iterator[Todo]:
    """What each adherence waits for; a letter that waits for its head is for the head alone."""
    for each in adherences:
        waiting = waiting_for(each.situation, each.charter.periods, now)
        if waiting is None:
            continue
        task, page = OF_CHARTER[waiting.wanted]
        is_head = each.charter.signatory.code in each.roles
        if waiting.wanted is Wanted.ENTRY and is_head and each.is_signature_asked:
            task, page = Task.SIGN, "/signature"
        if waiting.wanted is Wanted.REPORT:
            page = f"{page}/{waiting.year}"
        url = f"/adhesions/{each.id}{page}"
        yield Todo(task, each.company, "", url, waiting.until, year=waiting.year)


def _to_explain(matters: Iterable[Matter]) -> Iterator[Todo]:
    for each in matters:
        url = page_of(each.adherence_id, each.id)
        yield Todo(Task.EXPLAIN, each.company, "", url, each.situation.until)


def _to_confirm(places: Iterable[MyOffer], now: datetime) -> Iterator[Todo]:
    for each in places:
        if now <= each.until:
            url = f"/candidatures/{each.application_id}/finale"
            yield Todo(Task.CONFIRM, each.about, each.cycle_name, url, each.until)


def _of_jury(seats: Iterable[MyJury]) -> Iterator[Todo]:
    for seat in seats:
        task, count = _task_of(seat)
        if task is not None:
            url = f"/jury/{seat.juror_id}" + ("/deliberation" if task is Task.DECIDE else "")
            yield Todo(task, seat.cycle_name, seat.cycle_name, url, seat.until, count)


def _task_of(seat: MyJury) -> tuple[Task | None, int]:
    if seat.until is None:
        return None, 0
    if seat.status is JurorStatus.INVITED:
        return Task.ANSWER, 1
    if seat.phase is Phase.SCREENING:
        return Task.DECLARE, 1
    if seat.phase is Phase.EVALUATION:
        return (Task.SCORE, seat.left_to_score) if seat.left_to_score else (None, 0)
    return (Task.DECIDE, 1) if seat.phase is Phase.DELIBERATION else (None, 0)


def _of_organiser(cycles: Iterable[OrganisedCycle]) -> Iterator[Todo]:
    for cycle in cycles:
        if cycle.to_screen and cycle.phase in SCREENED:
            url = f"/organisation/{cycle.code}/candidatures?statut={Status.SUBMITTED}"
            yield Todo(Task.SCREEN, cycle.name, cycle.name, url, cycle.until, cycle.to_screen)
