"""How a situation changes: one pure function per event, whose state follows by precedence."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.charter.dates import (
    days_later,
    deadline,
    end_of_month,
    first_term,
    months_after,
    renewal_opens,
    window_closes,
)
from domain.charter.periods import CharterPeriods
from domain.charter.situation import Report, Situation, Step, standing
from domain.charter.states import State
from domain.refusals import N_, Refusal


def put(situation: Situation, state: State, at: datetime) -> Situation:
    """Enter a state that is decided rather than deduced."""
    return replace(situation, state=state, since=at)


def deduced(situation: Situation, at: datetime) -> Situation:
    """Enter the state that follows from the facts, if it is another one."""
    state = standing(situation)
    return situation if state is situation.state else put(situation, state, at)


def complements_asked(situation: Situation, at: datetime, periods: CharterPeriods) -> Situation:
    """The organiser asks for more, and gives a date."""
    until = deadline(days_later(at, periods.complements_days, situation), situation)
    return put(replace(situation, complements_until=until), State.COMPLEMENTS, at)


def filed(situation: Situation, at: datetime) -> Situation:
    """The file is signed, or completed: the organiser has to answer."""
    return put(replace(situation, complements_until=None), State.FILED, at)


def expired(situation: Situation, at: datetime) -> Situation:
    """The file was neither signed nor completed by its date."""
    return put(replace(situation, expired_on=situation.day_of(at)), State.ABANDONED, at)


def accepted(situation: Situation, at: datetime, periods: CharterPeriods) -> Situation:
    """The company is a signatory, to the end of the month in which its term falls."""
    day = situation.day_of(at)
    signatory = replace(situation, accepted_on=day, term_on=first_term(day, periods))
    return put(signatory, State.ACTIVE, at)


def window_opened(
    situation: Situation, year: int, at: datetime, periods: CharterPeriods
) -> Situation:
    """The report of a year is due; one that was returned and never missed stays behind it."""
    closes_at = window_closes(year, situation, periods)
    return deduced(replace(situation, report=Report(year, Step.OPEN, closes_at)), at)


def report_filed(situation: Situation, at: datetime) -> Situation:
    """The company's report: late when it arrives after its closing, which forgives nothing."""
    report = _expected(situation)
    if report.step not in {Step.OPEN, Step.RETURNED}:
        raise Refusal(N_("Le bilan de cette année a déjà été déposé."))
    until = report.return_until if report.step is Step.RETURNED else report.closes_at
    late = report.late or situation.missed_on is not None or (until is not None and at > until)
    sent = replace(report, step=Step.SUBMITTED, submitted_at=at, return_until=None, late=late)
    return deduced(replace(situation, report=sent), at)


def report_accepted(situation: Situation, at: datetime) -> Situation:
    """The account is given: what was missing no longer is."""
    report = _submitted(situation)
    settled = replace(situation, report=replace(report, step=Step.ACCEPTED), missed_on=None)
    return deduced(settled, at)


def report_returned(situation: Situation, at: datetime, periods: CharterPeriods) -> Situation:
    """The organiser sends a report back, once, with a date."""
    report = _submitted(situation)
    if report.returned:
        raise Refusal(
            N_(
                "Ce bilan a déjà été retourné une fois : validez-le, "
                "au niveau « déclaratif » si les preuves manquent."
            )
        )
    until = deadline(days_later(at, periods.returned_days, situation), situation)
    back = replace(report, step=Step.RETURNED, return_until=until, returned=True)
    return deduced(replace(situation, report=back), at)


def extended(situation: Situation, days: int, at: datetime, periods: CharterPeriods) -> Situation:
    """One company is given longer for its report: once, and for some days at most."""
    report = _expected(situation)
    if report.extended:
        raise Refusal(N_("Un délai a déjà été accordé pour ce bilan : il n’y en a qu’un."))
    if not 1 <= days <= periods.extension_days_at_most:
        raise Refusal(
            N_("Un délai est de 1 à %(most)s jours."), most=periods.extension_days_at_most
        )
    if situation.missed_on is not None or report.step not in {Step.OPEN, Step.RETURNED}:
        raise Refusal(
            N_("Aucun délai n’est possible : le bilan est déposé, ou son échéance est passée.")
        )
    if report.step is Step.RETURNED and report.return_until:
        moved = replace(report, return_until=_later(report.return_until, days, situation))
    else:
        moved = replace(report, closes_at=_later(report.closes_at, days, situation))
    if at > (moved.return_until or moved.closes_at):
        raise Refusal(N_("Ce délai serait déjà passé : accordez plus de jours."))
    return replace(situation, report=replace(moved, extended=True))


def missed(situation: Situation, at: datetime) -> Situation:
    """No report came by its date: the day after the window, or the date of the return."""
    report = _expected(situation)
    if report.step is Step.RETURNED and report.return_until:
        missed_on = situation.day_of(report.return_until)
    else:
        missed_on = situation.day_of(report.closes_at) + timedelta(days=1)
    return deduced(replace(situation, missed_on=missed_on), at)


def renewed(situation: Situation, at: datetime, periods: CharterPeriods) -> Situation:
    """A new term follows the old one, even when it is signed in the days of grace."""
    term = situation.term_on
    if term is None or at < renewal_opens(term, situation, periods):
        raise Refusal(N_("Le renouvellement n’est pas encore ouvert."))
    following = end_of_month(months_after(term, periods.term_months))
    return deduced(replace(situation, term_on=following, expired_on=None), at)


def term_reached(situation: Situation, at: datetime) -> Situation:
    """The term passed without renewal."""
    return deduced(replace(situation, expired_on=situation.term_on), at)


def suspended(situation: Situation, at: datetime) -> Situation:
    """The adherence is suspended by a decision, with a plan to put things right."""
    return deduced(replace(situation, suspended_on=situation.day_of(at)), at)


def lifted(situation: Situation, at: datetime) -> Situation:
    """The suspension ends; what it hid is read again."""
    return deduced(replace(situation, suspended_on=None), at)


def ceased(situation: Situation, on: date, at: datetime) -> Situation:
    """The register says that the establishment is closed."""
    return deduced(replace(situation, ceased_on=on), at)


def transferred(situation: Situation, at: datetime) -> Situation:
    """A successor goes on: dates, targets and misses stay."""
    return deduced(replace(situation, ceased_on=None), at)


def _expected(situation: Situation) -> Report:
    if situation.report is None or situation.report.step is Step.ACCEPTED:
        raise Refusal(N_("Aucun bilan n’est attendu pour le moment."))
    return situation.report


def _submitted(situation: Situation) -> Report:
    if situation.report is None or situation.report.step is not Step.SUBMITTED:
        raise Refusal(N_("Aucun bilan déposé n’attend d’examen."))
    return situation.report


def _later(until: datetime, days: int, situation: Situation) -> datetime:
    return deadline(days_later(until, days, situation), situation)
