"""The plan of an edition changes until it is confirmed: its territories, its dates, its quorum."""

from sqlalchemy.ext.asyncio import AsyncSession

from domain.editions import EditionAct
from domain.refusals import N_, Refusal
from storage.acts.edition_opening import check_plan
from storage.edition_plans import keep, led, plan_from
from storage.journal import write_line
from storage.tables.cycles import Edition
from storage.tables.records import Request


def revise(session: AsyncSession, edition: Edition, request: Request) -> None:
    """Put the plan of the request in the place of the one that its author had read."""
    check_seen(edition, request)
    plan = plan_from(request.payload["plan"])
    check_plan(plan, request.arrived_at)
    keep(edition, plan)
    write_line(
        session,
        subject=f"edition:{edition.id}",
        act=EditionAct.REVISE,
        at=request.arrived_at,
        after=str(request.payload.get("what", "")),
        request=request,
    )


def check_seen(edition: Edition, request: Request) -> None:
    """Refuse what was decided on a plan that somebody has changed since."""
    if request.payload.get("seen") != led(edition).seen:
        raise Refusal(
            N_(
                "Le plan de l'édition a changé depuis que vous l'avez lu : relisez-le, puis "
                "recommencez."
            )
        )
