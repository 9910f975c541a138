"""The moves of a mailing that people look after: its letters follow it, in one transaction."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.mailings import (
    APPROVE,
    MailingAct,
    MailingStep,
    Release,
    after,
    check_second_person,
    results_of,
)
from domain.refusals import N_, Refusal
from domain.wire.mailing import ConcludeMailing, MailingState, SettleMailing
from storage.acts.crowd import organisers_of
from storage.acts.cycles import facts_of
from storage.acts.refused_late import refuse_late
from storage.acts.waiting import still_waiting
from storage.journal import write_line
from storage.ledger import Intent, LetterState, plan
from storage.requests import the_request
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.mailings import Mailing
from storage.tables.records import Request
from storage.tables.results import Amendment, Minutes

# What becomes of the letters that have not left.
LETTERS: Mapping[MailingStep, tuple[Sequence[LetterState], LetterState]] = {
    MailingStep.SENDING: ([LetterState.HELD], LetterState.PLANNED),
    MailingStep.PAUSED: ([LetterState.PLANNED], LetterState.HELD),
    MailingStep.CANCELLED: ([LetterState.HELD, LetterState.PLANNED], LetterState.CANCELLED),
}
UNLEFT = (LetterState.PLANNED, LetterState.SENDING, LetterState.HELD)
CHANGED = N_(
    "La décision du jury a changé depuis votre accord : relisez les lettres, puis donnez-le de nouveau."
)


async def open_results(session: AsyncSession, cycle: Cycle) -> Mailing:
    """The mailing of the results: it leaves if a second person has agreed, and is held otherwise."""
    mailing = Mailing(key=results_of(str(cycle.id)), cycle_id=cycle.id)
    session.add(mailing)
    for request in await still_waiting(session, f"cycle:{cycle.id}", [APPROVE]):
        try:
            await _check_agreement(session, cycle.id, request)
        except Refusal as refusal:
            await refuse_late(session, request.id, refusal)
        else:
            request.settled = True
            mailing.step = MailingStep.SENDING
            mailing.released_by, mailing.released_at = request.by_person, request.arrived_at
    await session.flush()
    return mailing


async def results_mailing(session: AsyncSession, cycle_id: UUID) -> Mailing | None:
    """The mailing of the results of a cycle, once they are published."""
    key = results_of(str(cycle_id))
    rows = await session.scalars(select(Mailing).where(col(Mailing.key) == key))
    return rows.one_or_none()


async def ask_for_release(session: AsyncSession, cycle: Cycle) -> None:
    """Write to those who may release the results; one of them is enough."""
    signers = await signers_of(session, cycle.id)
    readers = await organisers_of(session, cycle.id)
    others = [each for each in readers if str(each) not in signers]
    await plan(
        session,
        [
            Intent(
                key=f"results_held:{cycle.id}:{person}",
                kind="results_held",
                subject=f"cycle:{cycle.id}",
                mailing=results_of(str(cycle.id)),
                person_id=person,
                cycle_id=cycle.id,
                facts=facts_of(cycle, f"/organisation/{cycle.code}/resultats/envoi"),
            )
            for person in others or readers
        ],
    )


async def settle(session: AsyncSession, asked: SettleMailing) -> MailingState:
    """Release, pause, resume or cancel; the same request twice is once."""
    mailing = await _locked(session, asked.mailing)
    request = await the_request(session, asked.request)
    if request.settled:
        return MailingState(MailingStep(mailing.step))
    then = after(MailingStep(mailing.step), asked.act)
    alone = ""
    if asked.act is MailingAct.RELEASE:
        release = await release_of(session, mailing.cycle_id, request)
        check_second_person(release)
        alone = "_alone" if release.is_alone else ""
        mailing.released_by, mailing.released_at = request.by_person, asked.arrived_at
    before, mailing.step = mailing.step, then
    await _move_letters(session, mailing.key, then)
    request.settled = True
    write_line(
        session,
        subject=f"mailing:{mailing.id}",
        act=f"{asked.act}{alone}",
        at=asked.arrived_at,
        before=before,
        after=then,
        reason=str(request.payload.get("reason", "")),
        request=request,
        cycle_id=mailing.cycle_id,
    )
    return MailingState(then)


async def conclude(session: AsyncSession, ended: ConcludeMailing) -> MailingState:
    """Close a mailing of which nothing is left to send; otherwise only say where it stands."""
    mailing = await _locked(session, ended.mailing)
    left = await session.scalar(
        select(func.count()).where(
            col(Letter.mailing) == mailing.key, col(Letter.state).in_(UNLEFT)
        )
    )
    if mailing.step == MailingStep.SENDING and not left:
        mailing.step = MailingStep.SENT
    return MailingState(MailingStep(mailing.step))


async def agreement_print(session: AsyncSession, cycle_id: UUID) -> str:
    """What an agreement is given to: the minutes, and how often they were amended."""
    minutes = await session.get_one(Minutes, cycle_id)
    amended = await session.scalar(select(func.count()).where(col(Amendment.cycle_id) == cycle_id))
    return f"{minutes.fingerprint}:{amended}"


async def release_of(session: AsyncSession, cycle_id: UUID, request: Request) -> Release:
    """Who signed the decisions of a cycle, and who would release its letters."""
    return Release(
        signed_by=await signers_of(session, cycle_id),
        by=str(request.by_person),
        # Written by the page, from the setting in force at that moment.
        may_be_alone=bool(request.payload.get("may_be_alone")),
    )


async def signers_of(session: AsyncSession, cycle_id: UUID) -> frozenset[str]:
    """Whoever signed the minutes of a cycle, or an amendment."""
    minutes = await session.scalars(
        select(col(Minutes.signed_by)).where(col(Minutes.cycle_id) == cycle_id)
    )
    amended = await session.scalars(
        select(col(Amendment.signed_by)).where(col(Amendment.cycle_id) == cycle_id)
    )
    return frozenset(str(each) for each in (*minutes, *amended))


async def _check_agreement(session: AsyncSession, cycle_id: UUID, request: Request) -> None:
    if request.payload.get("print") != await agreement_print(session, cycle_id):
        raise Refusal(CHANGED)
    check_second_person(await release_of(session, cycle_id, request))


async def _locked(session: AsyncSession, mailing: str) -> Mailing:
    return await session.get_one(Mailing, UUID(mailing), with_for_update=True)


async def _move_letters(session: AsyncSession, key: str, then: MailingStep) -> None:
    if then not in LETTERS:
        return
    left, state = LETTERS[then]
    await session.execute(
        update(Letter)
        .where(col(Letter.mailing) == key, col(Letter.state).in_(left))
        .values(state=state)
    )
