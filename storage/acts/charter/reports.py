"""The yearly report: sent by the company, then validated or returned by the organiser."""

import json
from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter import moves
from domain.charter.entry import entry_from, mapping_in
from domain.charter.reporting import report_gaps
from domain.charter.situation import Situation
from domain.refusals import N_, Refusal
from storage.acts.charter.case import ACCOUNTABLE, SIGNATORY, AdherenceCase, write
from storage.acts.charter.entry import last_engagement, record
from storage.acts.charter.said import within
from storage.tables.charter import Report

DECLARED = "declaratif"
LEVELS = (DECLARED, "justifie", "atteste")
CHANGED = N_(
    "Le bilan a changé depuis que vous avez ouvert cette relecture : le voici à jour. "
    "Relisez-le avant de l’envoyer."
)


async def file_report(session: AsyncSession, case: AdherenceCase) -> Situation:
    """Keep the report as it is sent; late when it arrived after its closing."""
    after = moves.report_filed(case.situation, case.at)
    report, request = _report(case), case.request
    engagement = await last_engagement(session, case.adherence)
    signed = entry_from(engagement.entry if engagement else case.adherence.entry)
    fingerprint = fingerprint_of_report(case.adherence.siret, report.year, report.answers)
    read = case.said("fingerprint")
    if read and read != fingerprint:
        raise Refusal(CHANGED)
    if report_gaps(case.charter, signed, report.answers, report.year):
        raise Refusal(N_("Il manque des éléments au bilan : relisez-le avant de l’envoyer."))
    if not report.late and after.report is not None and after.report.late:
        case.adherence.lateness += 1
    report.sent = report.answers
    report.fingerprint = fingerprint
    report.submitted_by = request.by_person if request else None
    await write(
        session,
        case,
        "charter_report_receipt",
        year=report.year,
        arrived_at=case.at,
        fingerprint=report.fingerprint,
        late=bool(after.report and after.report.late),
        answer_until=within(case, case.charter.periods.report_tacit_days),
    )
    return after


async def validate_report(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The organiser accepts the report, at the level that the evidence allows."""
    level = case.said("level") or DECLARED
    if level not in LEVELS:
        raise Refusal(N_("Choisissez un niveau de vérification de la liste."))
    levels = _levels(case)
    details = [{"indicator": code, "level": each} for code, each in levels.items()]
    record(session, case, "valider_bilan", details)
    return await _accepted(session, case, level, levels)


async def take_as_declared(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The organiser was silent: the report counts, at the level « déclaratif »."""
    return await _accepted(session, case, DECLARED, {})


async def return_report(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The organiser says, once, what to correct and until when."""
    reason = case.said("reason").strip()
    if not reason:
        raise Refusal(N_("Dites ce qui est à corriger : la structure le lira."))
    after = moves.report_returned(case.situation, case.at, case.charter.periods)
    report = _report(case)
    report.returned_reason = reason
    record(session, case, "retourner_bilan")
    await write(
        session,
        case,
        "charter_report_returned",
        year=report.year,
        reason=reason,
        return_until=after.report.return_until if after.report else None,
        link=f"/adhesions/{case.adherence.id}/bilan/{report.year}",
    )
    return after


async def extend(session: AsyncSession, case: AdherenceCase) -> Situation:
    """One longer delay for one company, with its written reason."""
    reason = case.said("reason").strip()
    if not reason:
        raise Refusal(N_("Écrivez la raison de ce délai : elle reste au journal."))
    days = case.said("days")
    wanted = int(days) if days.isascii() and days.isdigit() else 0
    after = moves.extended(case.situation, wanted, case.at, case.charter.periods)
    report = _report(case)
    report.extension_reason = reason
    record(session, case, "accorder_delai", [{"days": wanted}])
    due = after.report
    await write(
        session,
        case,
        "charter_extension_granted",
        year=report.year,
        report_until=(due.return_until or due.closes_at) if due else None,
        link=f"/adhesions/{case.adherence.id}/bilan/{report.year}",
    )
    return after


async def _accepted(
    session: AsyncSession, case: AdherenceCase, level: str, levels: dict[str, str]
) -> Situation:
    after = moves.report_accepted(case.situation, case.at)
    report = _report(case)
    report.level, report.levels, report.accepted_at = level, levels, case.at
    await write(
        session,
        case,
        "charter_report_accepted",
        to=(*ACCOUNTABLE, SIGNATORY),
        key=str(report.year),
        year=report.year,
        level=level,
        tacit=case.request is None,
        state=after.state,
    )
    return after


def _levels(case: AdherenceCase) -> dict[str, str]:
    """The level of each indicator, where the organiser told them apart."""
    payload: dict[str, object] = case.request.payload if case.request else {}
    said = mapping_in(payload, "levels")
    return {code: str(level) for code, level in said.items() if level in LEVELS}


def _report(case: AdherenceCase) -> Report:
    if case.report is None:
        raise Refusal(N_("Aucun bilan n’est attendu pour le moment."))
    return case.report


def fingerprint_of_report(siret: str, year: int, answers: Mapping[str, object]) -> str:
    """SHA-256, in hexadecimal, of a report: anyone with the export can compute it again."""
    sent = {"siret": siret, "year": year, "answers": answers}
    canonical = json.dumps(sent, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()
