"""The moves of a juror: answer, conflicts, cards, each with its trace and its letters."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardStatus, JurorStatus, JurorTask, check_answer
from domain.wire.juror import JurorRef, JurorState, Planned, RemindJuror, SettleAnswer
from storage.acts.crowd import organisers_of
from storage.acts.detecting import detect_conflicts
from storage.acts.judged_below import keep_from_judging_again
from storage.acts.service import Service, opened_service, write_to_juror
from storage.acts.waiting import still_waiting
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.tables.juries import Card, Juror
from storage.tables.records import Request


async def settle_answer(session: AsyncSession, asked: SettleAnswer) -> JurorState:
    """Record an acceptance, with the maximum of files, or a refusal, with its reason."""
    service = await opened_service(session, asked.juror, asked.request)
    juror, request = service.juror, service.request
    if request is not None and request.settled:
        return await state_of(session, juror)
    check_answer(JurorStatus(juror.status))
    payload = request.payload if request else {}
    juror.answered_at = asked.arrived_at
    juror.reason = str(payload.get("reason") or "")
    juror.maximum = payload.get("maximum")
    await _become(
        session, service, JurorStatus.ACCEPTED if asked.accepts else JurorStatus.DECLINED, asked
    )
    if asked.accepts:
        await keep_from_judging_again(session, service.cycle, asked.arrived_at)
        await detect_conflicts(session, service.cycle, service.juror.id)
        await write_to_juror(
            session,
            service,
            "juror_accepted",
            evaluation_at=service.calendar.evaluation_from.isoformat(),
            evaluation_until=service.calendar.evaluation_until.isoformat(),
        )
    else:
        await write_to_juror(session, service, "juror_declined")
    return await state_of(session, juror)


async def expire(session: AsyncSession, silent: JurorRef) -> JurorState:
    """Close an invitation without an answer; one that arrived in time and still waits is settled."""
    service = await opened_service(session, silent.juror, None)
    if service.juror.status == JurorStatus.INVITED:
        for answer in await still_waiting(session, service.subject, ["answer"], silent.at):
            return await settle_answer(session, _settling(silent.juror, answer))
        await _become(session, service, JurorStatus.EXPIRED, silent)
        await write_to_juror(session, service, "juror_invitation_expired")
    return await state_of(session, service.juror)


async def invite_the_next(session: AsyncSession, leaving: JurorRef) -> Juror | None:
    """Invite the first of the reserve in the place of a juror; tell the organisers when it is empty."""
    service = await opened_service(session, leaving.juror, None)
    already = await session.execute(select(Juror).where(col(Juror.replaces_id) == service.juror.id))
    if (found := already.scalar_one_or_none()) is not None:
        return found
    recruit = (
        await session.execute(
            select(Juror)
            .where(
                col(Juror.cycle_id) == service.cycle.id, col(Juror.status) == JurorStatus.RESERVE
            )
            .order_by(col(Juror.reserve_place), col(Juror.created_at))
            .limit(1)
            .with_for_update(skip_locked=True)
        )
    ).scalar_one_or_none()
    if recruit is None:
        await _say_that_the_reserve_is_empty(session, service)
        return None
    recruit.status = JurorStatus.INVITED
    recruit.invited_at = leaving.at
    recruit.replaces_id = service.juror.id
    recruit.is_chair = recruit.is_chair or service.juror.is_chair
    service.juror.is_chair = False
    await invite(session, Service(recruit, service.cycle, service.calendar, None))
    return recruit


async def invite(session: AsyncSession, service: Service) -> None:
    """Plan the invitation of a juror whose row says « invited »."""
    invited_at = service.juror.invited_at or service.calendar.opens_at
    until = invited_at + service.calendar.invitation_expires_after
    await write_to_juror(
        session,
        service,
        "juror_invitation",
        is_chair=service.juror.is_chair,
        answer_until=until.isoformat(),
    )


async def invite_by_id(session: AsyncSession, invited: JurorRef) -> None:
    """The same, for a juror known by id, if the invitation still waits for an answer."""
    service = await opened_service(session, invited.juror, None)
    if service.juror.status == JurorStatus.INVITED:
        service.juror.invited_at = service.juror.invited_at or invited.at
        await invite(session, service)


async def ask_for_conflicts(session: AsyncSession, asked: JurorRef) -> None:
    """Plan the letter that opens the list of candidates to a juror."""
    service = await opened_service(session, asked.juror, None)
    await detect_conflicts(session, service.cycle, service.juror.id)
    if service.juror.conflicts_declared_at is None:
        await write_to_juror(
            session,
            service,
            "jury_conflicts_to_declare",
            evaluation_at=service.calendar.evaluation_from.isoformat(),
        )


async def remind(session: AsyncSession, reminder: RemindJuror) -> Planned:
    """Plan a reminder, unless nothing is left to do or the date has moved."""
    service = await opened_service(session, reminder.juror, None)
    until = reminder.until.isoformat()
    if reminder.task is JurorTask.ANSWER:
        if service.juror.status != JurorStatus.INVITED:
            return Planned(0)
        await write_to_juror(
            session,
            service,
            "juror_invitation_reminder",
            key=f"{until}:{reminder.rank}",
            answer_until=until,
        )
        return Planned(1)
    left = await left_to_score(session, service.juror.id)
    if not left or service.calendar.evaluation_until != reminder.until:
        return Planned(0)
    await write_to_juror(
        session,
        service,
        "juror_reminder",
        key=f"{until}:{reminder.rank}",
        left=left,
        evaluation_until=until,
    )
    return Planned(1)


async def left_to_score(session: AsyncSession, juror_id: UUID) -> int:
    """How many cards of a juror still wait."""
    return (
        await session.execute(
            select(func.count())
            .select_from(Card)
            .where(col(Card.juror_id) == juror_id, col(Card.status) == CardStatus.TO_SCORE)
        )
    ).scalar_one()


async def state_of(session: AsyncSession, juror: Juror, wake: tuple[str, ...] = ()) -> JurorState:
    """Where the juror stands, as the workflow remembers it."""
    await session.flush()
    return JurorState(
        JurorStatus(juror.status),
        juror.conflicts_declared_at is not None,
        await left_to_score(session, juror.id),
        wake,
    )


def _settling(juror: str, answer: Request) -> SettleAnswer:
    accepts = bool(answer.payload.get("accepts"))
    return SettleAnswer(juror, str(answer.id), answer.arrived_at, accepts)


async def _become(
    session: AsyncSession, service: Service, status: JurorStatus, asked: SettleAnswer | JurorRef
) -> None:
    before, service.juror.status = service.juror.status, status
    if service.request is not None:
        service.request.settled = True
    write_line(
        session,
        subject=service.subject,
        act="answer",
        at=asked.arrived_at if isinstance(asked, SettleAnswer) else asked.at,
        before=before,
        after=status,
        reason=service.juror.reason,
        request=service.request,
        cycle_id=service.cycle.id,
    )


async def _say_that_the_reserve_is_empty(session: AsyncSession, service: Service) -> None:
    await plan(
        session,
        [
            Intent(
                key=f"reserve_exhausted:{service.juror.id}:{person}",
                kind="reserve_exhausted",
                subject=service.subject,
                person_id=person,
                cycle_id=service.cycle.id,
                facts={
                    "cycle_name": service.cycle.name,
                    "zone": service.cycle.zone,
                    "link": f"/organisation/{service.cycle.code}/jury",
                },
            )
            for person in await organisers_of(session, service.cycle.id)
        ],
    )
