"""An organiser decides on a conflict: confirmed or put aside, and the other decision undoes it."""

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.conflicts import Source, Standing, check_dismissal, tie_of
from domain.jurors import CardStatus
from domain.phases import Phase, check_reason
from domain.refusals import N_, Refusal
from domain.wire.cycle import CycleSettled
from storage.acts.conflict_letters import to_the_chair, to_the_juror
from storage.acts.replacing import find_another_reader
from storage.acts.reranking import RankChange, rank_again
from storage.acts.service import Service
from storage.journal import write_line
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.records import Request
from storage.templates import calendar_in

NOT_HERE = N_("Ce lien n'est plus dans la liste : rechargez la page.")
DECIDED = N_("C'était déjà décidé ainsi : rien n'a changé.")
# A card that somebody still writes, or has sent: what a confirmed conflict closes.
CLOSES = (CardStatus.TO_SCORE, CardStatus.SEALED)


async def judge_conflict(session: AsyncSession, cycle: Cycle, request: Request) -> CycleSettled:
    """Confirm or dismiss the conflict that the request names; a card changes state with it."""
    reason = str(request.payload.get("reason", "")).strip()
    check_reason(reason)
    conflict = await _conflict(session, cycle, request)
    wanted = Standing(str(request.payload.get("standing", Standing.CONFIRMED)))
    is_new = conflict.decided_at is None and conflict.kind == Source.ORGANISER
    if conflict.standing == wanted and not is_new:
        raise Refusal(DECIDED)
    if wanted is Standing.DISMISSED:
        check_dismissal(Source(conflict.kind), conflict.sign)
    before, conflict.standing = conflict.standing, wanted
    conflict.decision, conflict.decided_at = reason, request.arrived_at
    conflict.decided_by = request.by_person
    juror = await session.get_one(Juror, conflict.juror_id, with_for_update=True)
    file = await session.get_one(Application, conflict.application_id)
    mailing = f"conflict:{conflict.id}"
    service = Service(juror, cycle, calendar_in(cycle), request)
    card = await _card_after(session, conflict, wanted, request)
    changes: tuple[RankChange, ...] = ()
    if card is not None:
        await session.flush()
        if wanted is Standing.CONFIRMED:
            await to_the_juror(session, service, file, mailing)
            await find_another_reader(session, service, file.id, mailing)
        if cycle.phase == Phase.DELIBERATION:
            changes = await rank_again(session, cycle, file.category, request)
            conflict.ranks = [each.document() for each in changes]
        if changes:
            await to_the_chair(session, service, file, conflict, moved=len(changes))
    write_line(
        session,
        subject=service.subject,
        act="judge_conflict",
        at=request.arrived_at,
        before="" if is_new else before,
        after=f"{wanted}" + (f" moved={len(changes)}" if changes else ""),
        reason=reason,
        request=request,
        cycle_id=cycle.id,
    )
    return CycleSettled(mailing)


async def _conflict(session: AsyncSession, cycle: Cycle, request: Request) -> Conflict:
    """The conflict that is named, or the one that the organiser adds between a juror and a file."""
    payload = request.payload
    if payload.get("conflict"):
        found = await session.execute(
            select(Conflict)
            .join(Juror, col(Juror.id) == col(Conflict.juror_id))
            .where(col(Conflict.id) == UUID(payload["conflict"]), col(Juror.cycle_id) == cycle.id)
            .with_for_update(of=Conflict)
            .execution_options(populate_existing=True)
        )
        conflict = found.scalar_one_or_none()
    else:
        conflict = await _added(session, cycle, request)
    if conflict is None:
        raise Refusal(NOT_HERE)
    return conflict


async def _added(session: AsyncSession, cycle: Cycle, request: Request) -> Conflict | None:
    """A conflict that the organiser says; one that is known already is decided instead."""
    juror = await session.get(Juror, UUID(request.payload["juror"]))
    file = await session.get(Application, UUID(request.payload["application"]))
    if juror is None or file is None or {juror.cycle_id, file.cycle_id} != {cycle.id}:
        return None
    await session.execute(
        insert(Conflict)
        .values(
            id=uuid4(),
            juror_id=juror.id,
            application_id=file.id,
            kind=Source.ORGANISER,
            tie=tie_of(str(request.payload.get("tie", ""))),
            reason="",
            at=request.arrived_at,
        )
        .on_conflict_do_nothing()
    )
    found = await session.execute(
        select(Conflict)
        .where(col(Conflict.juror_id) == juror.id, col(Conflict.application_id) == file.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalar_one()


async def _card_after(
    session: AsyncSession, conflict: Conflict, wanted: Standing, request: Request
) -> Card | None:
    """The card of that juror for that file, set aside or given back; none when nothing changed."""
    card = (
        await session.execute(
            select(Card)
            .where(
                col(Card.juror_id) == conflict.juror_id,
                col(Card.application_id) == conflict.application_id,
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).scalar_one_or_none()
    if card is None:
        return None
    if wanted is Standing.CONFIRMED and card.status in CLOSES:
        conflict.set_aside, card.status = card.status, CardStatus.RECUSED
        card.closed_at = card.closed_at or request.arrived_at
        return card
    if wanted is Standing.DISMISSED and conflict.set_aside and card.status == CardStatus.RECUSED:
        card.status, conflict.set_aside = conflict.set_aside, ""
        if card.status == CardStatus.TO_SCORE:
            card.closed_at = None
        return card
    return None
