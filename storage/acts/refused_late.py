"""A refusal that no page is there to show any more: whoever asked is written to."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain.refusals import Refusal, written_down
from storage.acts.waiting import settle_as_refused
from storage.ledger import Intent, plan
from storage.requests import the_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.records import Request

KIND = "request_refused"
MINE = "/mon-espace"


async def refuse_late(session: AsyncSession, request_id: UUID, refusal: Refusal) -> None:
    """Settle a request that waited longer than its page, and tell by letter what it met, and when it came."""
    await settle_as_refused(session, request_id, refusal)
    request = await the_request(session, str(request_id))
    about = await _application(session, request)
    facts: dict[str, object] = {
        "asked_at": request.arrived_at.isoformat(),
        "refusal": written_down(refusal),
        "link": MINE,
    }
    if about:
        application, cycle = about
        facts |= {
            "title": application.title,
            "company": application.company,
            "cycle_name": cycle.name,
            "zone": cycle.zone,
        }
    letter = Intent(
        key=f"{KIND}:{request.id}",
        kind=KIND,
        subject=request.subject,
        person_id=request.by_person,
        facts=facts,
        cycle_id=about[1].id if about else None,
    )
    await plan(session, [letter])


async def _application(session: AsyncSession, request: Request) -> tuple[Application, Cycle] | None:
    """Which application it was about, if it was about one: a person may have several under way."""
    kind, _, name = request.subject.partition(":")
    application = await session.get(Application, UUID(name)) if kind == "application" else None
    if application is None:
        return None
    return application, await session.get_one(Cycle, application.cycle_id)
