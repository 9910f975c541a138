"""Staying, leaving, being suspended or removed, and passing to a successor."""

from datetime import timedelta

from sqlalchemy import String, and_, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter import moves
from domain.charter.alerts import SANCTIONS, AlertStep
from domain.charter.situation import Situation
from domain.charter.states import ENDED, State
from domain.charter.timetable import Timer
from domain.refusals import N_, Refusal
from domain.siret import parse_siret, siren_of
from storage.acts.charter.case import AdherenceCase, write, write_to_organisers
from storage.acts.charter.entry import check_as_read, check_signatory, keep_engagement, record
from storage.acts.charter.said import appeal, badge_days, falls_at, in_months
from storage.tables.charter import Adherence, Alert


async def renew(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The head signs for a new term, with targets for it."""
    await check_signatory(session, case)
    check_as_read(case)
    after = moves.renewed(case.situation, case.at, case.charter.periods)
    if after.term_on is not None:
        await keep_engagement(session, case, after.term_on)
    await write(
        session, case, "charter_renewed", key=str(after.term_on), term_on=str(after.term_on)
    )
    return after


async def withdraw(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The company leaves, at once; a missing report is published with its leaving."""
    missing = case.situation.missed_on is not None
    case.adherence.public_reason = "bilan_non_transmis" if missing else ""
    await write(
        session,
        case,
        "charter_withdrawn",
        missing_report=missing,
        shown_months=case.charter.periods.display_withdrawn_months,
        **badge_days(case),
    )
    return moves.put(case.situation, State.WITHDRAWN, case.at)


async def suspend(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The organiser suspends, after the company could answer, with a plan to put things right."""
    await _check_contradicted(session, case)
    reason, remedy = _required(case, "reason"), _required(case, "remedy")
    record(session, case, "suspendre", [{"remedy": remedy}])
    case.adherence.public_reason = "suspension"
    # Decided at the end of a complaint, it was told with that decision: nobody is told twice.
    if not case.said("alert"):
        await write(
            session,
            case,
            "charter_suspended",
            reason=reason,
            remedy=remedy,
            suspension_months=case.charter.periods.suspension_months,
            **appeal(case),
        )
    return moves.suspended(case.situation, case.at)


async def lift(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The organiser ends a suspension; what it hid is read again."""
    record(session, case, "lever_suspension")
    case.adherence.public_reason = ""
    after = moves.lifted(case.situation, case.at)
    await write(session, case, "charter_suspension_lifted", state=after.state)
    return after


async def remove(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The organiser removes for a fault, after the company could answer."""
    await _check_contradicted(session, case)
    reason = _required(case, "reason")
    record(session, case, "radier")
    case.adherence.for_fault = True
    case.adherence.public_reason = "manquement"
    await write(
        session,
        case,
        "charter_removed",
        key="fault",
        reason=reason,
        for_fault=True,
        again_on=str(in_months(case, case.charter.periods.reentry_after_fault_months)),
        shown_months=case.charter.periods.display_removed_months,
        **appeal(case),
        **badge_days(case),
    )
    return moves.put(case.situation, State.REMOVED, case.at)


async def name_successor(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The company says which establishment goes on; the organiser has to confirm it."""
    siret = parse_siret(_required(case, "siret"))
    case.adherence.successor_siret = siret
    await write_to_organisers(
        session,
        case,
        "charter_successor_named",
        successor=siret,
        ceased_on=str(case.situation.ceased_on),
        successor_until=falls_at(case, case.situation, Timer.END_CESSATION),
    )
    return case.situation


async def transfer(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The organiser confirms the successor: dates, targets and misses stay."""
    successor = case.adherence.successor_siret
    if not successor:
        raise Refusal(N_("Aucun successeur n’a été désigné."))
    siren = siren_of(parse_siret(successor))
    await _check_free(session, case, siren)
    record(session, case, "transferer", [{"from": case.adherence.siret, "to": successor}])
    case.adherence.siret, case.adherence.siren = successor, siren
    case.adherence.successor_siret = None
    after = moves.transferred(case.situation, case.at)
    await write(session, case, "charter_transferred", successor=successor, state=after.state)
    return after


async def _check_free(session: AsyncSession, case: AdherenceCase, siren: str) -> None:
    """Refuse a successor that adheres already: two adherences cannot become one silently."""
    other = await session.execute(
        select(col(Adherence.id)).where(
            col(Adherence.charter_code) == case.adherence.charter_code,
            col(Adherence.siren) == siren,
            col(Adherence.state).not_in(ENDED),
            col(Adherence.id) != case.adherence.id,
        )
    )
    if other.first() is not None:
        raise Refusal(N_("Ce successeur a déjà sa propre adhésion : elle suffit."))


async def _check_contradicted(session: AsyncSession, case: AdherenceCase) -> None:
    """Nobody is sanctioned before it could answer: a reply came, or the time for one has passed."""
    reply = timedelta(days=case.charter.periods.reply_days)
    under_inquiry = and_(
        col(Alert.step) == AlertStep.INQUIRY,
        or_(col(Alert.replied_at).is_not(None), col(Alert.since) <= case.at - reply),
    )
    # A complaint decided only once the company was heard; nobody else may use its decision again.
    decided = and_(
        cast(col(Alert.id), String) == case.said("alert"),
        col(Alert.outcome).in_(SANCTIONS),
    )
    heard = await session.execute(
        select(col(Alert.id)).where(
            col(Alert.adherence_id) == case.adherence.id, or_(under_inquiry, decided)
        )
    )
    if heard.first() is None:
        raise Refusal(
            N_(
                "Aucune sanction avant que la structure ait pu répondre : ouvrez l’instruction d’un "
                "signalement, et attendez sa réponse ou la fin du délai de %(days)s jours."
            ),
            days=case.charter.periods.reply_days,
        )


def _required(case: AdherenceCase, field: str) -> str:
    said = case.said(field).strip()
    if not said:
        raise Refusal(N_("Remplissez ce champ : la structure le lira."))
    return said
