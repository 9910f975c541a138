"""The applications of a cycle, and the green ones declared admissible together."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.engine import Engine
from api.pages.organiser.asking import Wish, request_id_in, uuid_in, written_down
from api.pages.organiser.desk import DESK, AtDesk, Desk
from domain.applications import NAMES, Act, Status
from domain.refusals import N_, NotRunning, Refusal, Unanswered
from domain.wire.application import AskOfApplication
from storage.database import Database
from storage.reads.organiser.applications import application_page, green_among
from storage.reads.organiser.sought import ORDER, PAGE, Sought
from storage.reads.organiser.tallies import forget, tally_of_applications
from storage.templates import template_of

router = APIRouter()

LIST = DESK + "/candidatures"
LONGEST_WORDS = 100
AT_ONCE = 6  # updates in flight: more would only queue in the engine


@router.get(LIST)
async def show(  # noqa: PLR0913, PLR0917  (the filters are in the address)
    desk: AtDesk,
    db: Db,
    screen: Screen,
    statut: str = "",
    categorie: str = "",
    cherche: str = "",
    apres: str = "",
) -> Response:
    """Fifty applications, those that wait for a decision first."""
    sought = Sought(
        status=Status(statut) if statut in set(Status) else None,
        category=categorie,
        words=cherche.strip()[:LONGEST_WORDS],
    )
    return await _shown(screen, desk, db, sought, uuid_in(apres))


@router.post(LIST + "/recevables")
async def admit(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Declare admissible those that were ticked, if every rule of each is green."""
    ticked = {each for text in form.getlist("application") if (each := uuid_in(text))}
    if not ticked:
        said = {"": screen.say(N_("Cochez au moins une candidature."))}
        return await _shown(screen, desk, db, Sought(), None, 422, said)
    async with db.transaction() as session:
        green = await green_among(session, desk.cycle.id, sorted(ticked)[:PAGE])
    refused = await _admit_all(db, engine, desk, request_id_in(form), green)
    forget(desk.cycle.id)
    admitted = len(green) - len(refused)
    said = _left_out(screen, green, len(ticked) - len(green), refused)
    if said:
        # What still waits keeps its request: the same form, sent again, asks nothing twice.
        is_kept = any(isinstance(each, Unanswered | NotRunning) for each in refused.values())
        again = request_id_in(form) if is_kept else None
        return await _shown(screen, desk, db, Sought(), None, 409, said, admitted, again)
    return screen.go(
        f"{desk.base}/candidatures",
        N_("Déclarées recevables : %(count)s. Chaque structure en est avertie."),
        count=admitted,
    )


async def _admit_all(
    db: Database, engine: Engine, desk: Desk, request: UUID, green: Mapping[UUID, str]
) -> dict[UUID, Refusal]:
    """Ask each application; those that refuse, with what they say."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def ask(application: UUID) -> tuple[UUID, Refusal] | None:
        # One request per application, the same when the form is sent twice.
        wish = Wish(
            Act.ADMIT,
            f"application:{application}",
            uuid5(request, str(application)),
            {"reason": ""},
        )
        try:
            async with turn:
                asked = await written_down(db, desk.viewer, wish)
                await engine.ask_application(
                    str(application), AskOfApplication(Act.ADMIT, asked.request, asked.arrived_at)
                )
        except Refusal as refusal:
            return application, refusal
        return None

    answers = await asyncio.gather(*map(ask, green))
    return dict(answer for answer in answers if answer)


def _left_out(
    screen: Screen, green: Mapping[UUID, str], not_green: int, refused: Mapping[UUID, Refusal]
) -> dict[str, str]:
    """What is said of those that were not admitted, one sentence in all."""
    said = [
        f"{green[application]} : {screen.say(refusal.sentence, **refusal.facts)}"
        for application, refusal in refused.items()
    ]
    if not_green:
        said.append(
            screen.say(
                N_(
                    "Laissées de côté : %(count)s. Elles n'attendent plus de décision, ou une règle "
                    "reste à vérifier : ouvrez-les une par une."
                ),
                count=not_green,
            )
        )
    return {"": " ".join(said)} if said else {}


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    sought: Sought,
    after: UUID | None,
    status: int = 200,
    complaints: dict[str, str] | None = None,
    admitted: int = 0,
    request_id: UUID | None = None,
) -> Response:
    async with db.transaction() as session:
        page = await application_page(session, desk.cycle.id, sought, after)
        tally = await tally_of_applications(session, desk.cycle.id)
        frozen = await template_of(session, desk.cycle)
    total = (
        tally.of(sought.status, category=sought.category)
        if sought.status
        else tally.total(sought.category)
    )
    return screen.show(
        "pages/organiser/applications.html",
        status,
        desk=desk,
        page=page,
        sought=sought,
        is_first=after is None,
        total=None if sought.words else total,
        next_url=_next(desk, sought, page.last) if page.last else "",
        statuses=[(each, NAMES[each], tally.of(each)) for each in ORDER],
        names={status: screen.say(name) for status, name in NAMES.items()},
        categories={each.code: each.name for each in frozen.categories},
        green=tally.green,
        request_id=request_id or uuid4(),
        admitted=admitted,
        complaints=complaints or {},
    )


def _next(desk: Desk, sought: Sought, last: UUID) -> str:
    query = {
        "statut": sought.status or "",
        "categorie": sought.category,
        "cherche": sought.words,
        "apres": str(last),
    }
    filled = {name: value for name, value in query.items() if value}
    return f"{desk.base}/candidatures?{urlencode(filled)}"
