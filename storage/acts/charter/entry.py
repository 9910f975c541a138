"""The entry file: signed by the head of the company, then decided by the organiser."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter import moves
from domain.charter.dates import first_term
from domain.charter.entry import entry_from
from domain.charter.entry_gaps import gaps
from domain.charter.situation import Situation
from domain.charter.sizes import Size
from domain.charter.states import State
from domain.charter.timetable import Timer
from domain.refusals import N_, Refusal
from storage.acts.charter.case import SIGNATORY, AdherenceCase, write
from storage.acts.charter.said import falls_at, in_months, within
from storage.tables.charter import Adherence, AdherenceMember, Engagement, Review


async def sign(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The head signs what the file says now: it is kept as it is, and the organiser has to answer."""
    await check_signatory(session, case)
    _check_active(case)
    check_as_read(case)
    term = first_term(case.situation.day_of(case.at), case.charter.periods)
    engagement = await keep_engagement(session, case, term)
    after = moves.filed(case.situation, case.at)
    await write(
        session,
        case,
        "charter_receipt",
        key=str(engagement.number),
        arrived_at=case.at,
        fingerprint=engagement.fingerprint,
        answer_until=within(case, case.charter.periods.review_days),
    )
    return after


async def complete(session: AsyncSession, case: AdherenceCase) -> Situation:
    """Answer the organiser without touching what was signed; otherwise the head signs again."""
    signed = await last_engagement(session, case.adherence)
    if signed is None or signed.fingerprint != fingerprint_of(case.adherence):
        raise Refusal(
            N_(
                "Le contenu signé a changé : la personne qui dirige la structure doit signer à nouveau."
            )
        )
    until = case.situation.complements_until
    if until is not None and case.at > until:
        raise Refusal(N_("Le délai pour compléter ce dossier est passé."))
    await write(
        session,
        case,
        "charter_complements_received",
        arrived_at=case.at,
        answer_until=within(case, case.charter.periods.review_days),
    )
    return moves.filed(case.situation, case.at)


async def ask_complements(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The organiser says what is missing, and until when it waits."""
    record(session, case, "demander_complements")
    after = moves.complements_asked(case.situation, case.at, case.charter.periods)
    await write(
        session,
        case,
        "charter_complements_requested",
        reason=_reason(case),
        complements_until=after.complements_until,
    )
    return after


async def accept(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The company is a signatory from today."""
    record(session, case, "accepter")
    after = moves.accepted(case.situation, case.at, case.charter.periods)
    await write(
        session,
        case,
        "charter_accepted",
        accepted_on=str(after.accepted_on),
        term_on=str(after.term_on),
        first_window_at=falls_at(case, after, Timer.OPEN_WINDOW),
        verification=f"/verifier/{case.adherence.verification_code}",
    )
    return after


async def refuse(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The organiser refuses, with its reasons."""
    record(session, case, "refuser")
    await write(
        session,
        case,
        "charter_refused",
        reason=_reason(case),
        again_on=str(in_months(case, case.charter.periods.reentry_after_refusal_months)),
    )
    return moves.put(case.situation, State.REFUSED, case.at)


async def abandon(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The company gives its file up."""
    await write(session, case, "charter_abandoned", purge_months=case.charter.periods.purge_months)
    return moves.put(case.situation, State.ABANDONED, case.at)


async def check_signatory(session: AsyncSession, case: AdherenceCase) -> None:
    """Refuse a signature that is not that of the head of the company, by its own link."""
    heads = select(col(AdherenceMember.person_id)).where(
        col(AdherenceMember.adherence_id) == case.adherence.id,
        col(AdherenceMember.role) == SIGNATORY,
    )
    signer = case.request.by_person if case.request else None
    if signer not in set((await session.scalars(heads)).all()):
        raise Refusal(
            N_(
                "Seule la personne qui dirige la structure peut signer, par le lien reçu à son adresse."
            )
        )


async def keep_engagement(session: AsyncSession, case: AdherenceCase, term: date) -> Engagement:
    """Keep what is signed for a term, whole, unless something is still missing from it."""
    adherence, request = case.adherence, case.request
    if request is None:
        raise Refusal(N_("Cette signature n’a pas de demande écrite."))
    today = case.situation.day_of(case.at)
    size = Size(adherence.size) if adherence.size else None
    if gaps(case.charter, size, entry_from(adherence.entry), term, today):
        raise Refusal(N_("Il manque des éléments au dossier : relisez-le avant de signer."))
    number = await session.scalar(
        select(func.count()).where(col(Engagement.adherence_id) == adherence.id)
    )
    engagement = Engagement(
        adherence_id=adherence.id,
        number=(number or 0) + 1,
        entry=adherence.entry,
        fingerprint=fingerprint_of(adherence),
        signed_at=case.at,
        signed_by=request.by_person,
        request_id=request.id,
    )
    session.add(engagement)
    return engagement


async def last_engagement(session: AsyncSession, adherence: Adherence) -> Engagement | None:
    """What the company signed last."""
    found = await session.execute(
        select(Engagement)
        .where(col(Engagement.adherence_id) == adherence.id)
        .order_by(col(Engagement.number).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


def fingerprint_of(adherence: Adherence) -> str:
    """SHA-256, in hexadecimal, of what is signed: anyone with the export can compute it again."""
    return fingerprint_of_entry(adherence.siret, adherence.entry)


def fingerprint_of_entry(siret: str, entry: dict[str, Any]) -> str:
    """The same, of promises that are not those of the draft."""
    signed: dict[str, Any] = {"siret": siret, "entry": entry}
    canonical = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def record(
    session: AsyncSession,
    case: AdherenceCase,
    decision: str,
    details: list[dict[str, Any]] | None = None,
) -> None:
    """Keep the organiser's decision with its reason; one that says no gives a reason."""
    request = case.request
    if request is None:
        return
    session.add(
        Review(
            adherence_id=case.adherence.id,
            report_id=case.report.id if case.report else None,
            decision=decision,
            reason=case.said("reason"),
            details=details or [],
            by_person=request.by_person,
            at=case.at,
            request_id=request.id,
        )
    )


def _reason(case: AdherenceCase) -> str:
    reason = case.said("reason").strip()
    if not reason:
        raise Refusal(N_("Donnez la raison : la structure la lira."))
    return reason


def _check_active(case: AdherenceCase) -> None:
    facts = case.adherence.registry_facts or {}
    if facts.get("active") is False:
        raise Refusal(N_("L’établissement est fermé selon le répertoire public."))


def check_as_read(case: AdherenceCase) -> None:
    """What is signed is what the head had under the eyes, where the request says what that was."""
    read = case.said("fingerprint")
    if read and read != fingerprint_of(case.adherence):
        raise Refusal(
            N_("Le dossier a changé depuis que vous avez ouvert cette lettre : relisez-la.")
        )
