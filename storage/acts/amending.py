"""The chair decides again under embargo: the decision changes, beside minutes that do not."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.amending import check_amendable, check_amended, nominees_left
from domain.deliberation import NOT_THE_CHAIR
from domain.phases import Phase
from domain.promotion import OfferStatus, PlaceStatus
from domain.refusals import Refusal
from domain.wire.cycle import CycleSettled
from storage.acts.amending_letters import tell_the_organisers
from storage.journal import write_line
from storage.reads.amendable import Amendable, to_amend
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.promotions import PlaceOffer, Promotion
from storage.tables.records import Request
from storage.tables.results import Amendment, Decision, Minutes


async def amend(session: AsyncSession, cycle: Cycle, request: Request) -> CycleSettled:
    """Name another laureate, or none, for a category whose laureate or nominee has gone."""
    await _check_chair(session, cycle, request)
    code, wanted = str(request.payload["category"]), str(request.payload.get("laureate", ""))
    reason = str(request.payload.get("reason", "")).strip()
    about = (await to_amend(session, cycle)).get(code)
    check_amendable(Phase(cycle.phase), [str(each.id) for each in about.gone] if about else [])
    assert about is not None  # noqa: S101  (checked just above, in the words of the rules)
    check_amended(wanted or None, {str(each.id) for each in about.able}, reason)
    before = _said(about.decision)
    _decide(about, wanted, reason)
    await _seal(session, cycle, request, about, before)
    places = await _places_again(session, cycle, about.decision)
    await tell_the_organisers(session, cycle, request, about)
    return CycleSettled(f"amended:{cycle.id}", places)


def _decide(about: Amendable, wanted: str, reason: str) -> None:
    decision, gone = about.decision, {str(each.id) for each in about.gone}
    decision.laureate_id = UUID(wanted) if wanted else None
    decision.awards = bool(wanted)
    decision.nominees = list(nominees_left(decision.nominees, gone, wanted or None))
    decision.reason = reason


async def _seal(
    session: AsyncSession,
    cycle: Cycle,
    request: Request,
    about: Amendable,
    before: Mapping[str, Any],
) -> None:
    counted = await session.execute(
        select(func.count()).select_from(Amendment).where(col(Amendment.cycle_id) == cycle.id)
    )
    minutes = await session.get_one(Minutes, cycle.id)
    document = {
        "cycle": cycle.code,
        "category": about.decision.category,
        "minutes": minutes.fingerprint,
        "gone": [
            {"application": str(each.id), "renounced": each.has_renounced} for each in about.gone
        ],
        "before": before,
        "after": _said(about.decision),
    }
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    number = counted.scalar_one() + 1
    session.add(
        Amendment(
            cycle_id=cycle.id,
            category=about.decision.category,
            number=number,
            document=document,
            fingerprint=sha256(canonical.encode()).hexdigest(),
            signed_by=request.by_person,
            signed_at=request.arrived_at,
            request_id=request.id,
        )
    )
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="amend_decision",
        at=request.arrived_at,
        before=about.decision.category,
        after=f"{about.decision.category} n° {number}",
        reason=about.decision.reason,
        request=request,
        cycle_id=cycle.id,
        calendar_version=cycle.calendar_version,
    )


async def _places_again(session: AsyncSession, cycle: Cycle, decision: Decision) -> tuple[str, ...]:
    """The place of the category, to offer by the new decision; a trophy not given sends nobody."""
    promotion = await session.scalar(
        select(Promotion)
        .where(col(Promotion.cycle_id) == cycle.id, col(Promotion.category) == decision.category)
        .with_for_update()
    )
    if promotion is None or promotion.status == PlaceStatus.FILLED:
        return ()
    if not decision.awards:
        await session.execute(
            update(PlaceOffer)
            .where(
                col(PlaceOffer.promotion_id) == promotion.id,
                col(PlaceOffer.status) == OfferStatus.OFFERED,
            )
            .values(status=OfferStatus.VOID)
        )
    promotion.status, promotion.settled_at = PlaceStatus.WAITING, None
    promotion.turn += 1
    return (str(promotion.id),)


async def _check_chair(session: AsyncSession, cycle: Cycle, request: Request) -> None:
    found = await session.execute(
        select(col(Juror.id)).where(
            col(Juror.cycle_id) == cycle.id,
            col(Juror.person_id) == request.by_person,
            col(Juror.is_chair).is_(True),
        )
    )
    if found.first() is None:
        raise Refusal(NOT_THE_CHAIR)


def _said(decision: Decision) -> dict[str, Any]:
    return {
        "laureate": str(decision.laureate_id) if decision.laureate_id else None,
        "nominees": list(decision.nominees),
        "awards": decision.awards,
        "reason": decision.reason,
    }
