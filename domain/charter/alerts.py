"""A complaint about a signatory: its steps, what each allows, and its dates.

Source: the published rules of the charter. Nobody is sanctioned before it could answer, and who
wrote is never shown to the company.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.charter.dates import days_later, deadline, morning
from domain.charter.periods import CharterPeriods
from domain.charter.situation import Situation
from domain.charter.states import State
from domain.civil import Area
from domain.refusals import N_, Refusal


class AlertStep(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "recu"
    INADMISSIBLE = "irrecevable"
    INQUIRY = "instruction"
    REMEDY = "mise_en_conformite"
    DECIDED = "decide"
    APPEALED = "recours"
    CLOSED = "clos"


class AlertAct(StrEnum):
    """What somebody asks of a complaint."""

    ADMIT = "declarer_recevable"
    DISMISS = "declarer_irrecevable"
    REPLY = "repondre_signalement"
    DECIDE = "decider_signalement"
    APPEAL = "former_recours"
    ANSWER_APPEAL = "repondre_recours"


class AlertOutcome(StrEnum):
    """How a complaint ends."""

    CLASSED = "classe"
    REMEDY = "mise_en_conformite"
    SUSPENSION = "suspension"
    REMOVAL = "radiation"


class Effect(StrEnum):
    """What a step of the complaint does to the adherence."""

    NONE = ""
    SUSPEND = "suspendre"
    REMOVE = "radier"
    LIFT = "lever_suspension"


class AlertTimer(StrEnum):
    """What the calendar does; of one instant, the first comes first."""

    END_APPEAL = "clore_recours"
    REMIND_REPLY = "rappeler_reponse"
    REMIND_ORGANISER = "rappeler_organisateur"


@dataclass(frozen=True, slots=True)
class AlertDue:
    """One thing that the calendar does to a complaint; ``number``: the days that are left."""

    at: datetime
    what: AlertTimer
    number: int = 0


@dataclass(frozen=True, slots=True)
class AlertSituation:
    """Where a complaint stands: codes and instants only."""

    step: AlertStep
    since: datetime
    zone: str = "Europe/Paris"
    area: Area = Area.COMMON
    until: datetime | None = None
    has_reply: bool = False
    outcome: AlertOutcome | None = None


NAMES = {
    AlertStep.RECEIVED: N_("Reçu, recevabilité à dire"),
    AlertStep.INADMISSIBLE: N_("Non recevable"),
    AlertStep.INQUIRY: N_("Instruction en cours"),
    AlertStep.REMEDY: N_("Mise en conformité attendue"),
    AlertStep.DECIDED: N_("Décidé, recours possible"),
    AlertStep.APPEALED: N_("Recours en cours d’examen"),
    AlertStep.CLOSED: N_("Clos"),
}
OUTCOMES = {
    AlertOutcome.CLASSED: N_("Classé sans suite"),
    AlertOutcome.REMEDY: N_("Mise en conformité demandée"),
    AlertOutcome.SUSPENSION: N_("Adhésion suspendue"),
    AlertOutcome.REMOVAL: N_("Adhésion radiée"),
}
OVER = frozenset({AlertStep.INADMISSIBLE, AlertStep.CLOSED})
SANCTIONS = frozenset({AlertOutcome.SUSPENSION, AlertOutcome.REMOVAL})

ALLOWED: dict[AlertAct, frozenset[AlertStep]] = {
    AlertAct.ADMIT: frozenset({AlertStep.RECEIVED}),
    AlertAct.DISMISS: frozenset({AlertStep.RECEIVED}),
    AlertAct.REPLY: frozenset({AlertStep.INQUIRY}),
    AlertAct.DECIDE: frozenset({AlertStep.INQUIRY, AlertStep.REMEDY}),
    AlertAct.APPEAL: frozenset({AlertStep.DECIDED}),
    AlertAct.ANSWER_APPEAL: frozenset({AlertStep.APPEALED}),
}
_REFUSALS = {
    AlertAct.ADMIT: N_("La recevabilité de ce signalement est déjà dite."),
    AlertAct.DISMISS: N_("La recevabilité de ce signalement est déjà dite."),
    AlertAct.REPLY: N_("Ce signalement n’attend pas de réponse."),
    AlertAct.DECIDE: N_("Ce signalement n’attend pas de décision."),
    AlertAct.APPEAL: N_("Aucun recours n’est possible : le délai est passé, ou rien n’est décidé."),
    AlertAct.ANSWER_APPEAL: N_("Aucun recours n’attend de réponse."),
}


def check_allowed(step: AlertStep, act: AlertAct) -> None:
    """Refuse what this step does not allow."""
    if step not in ALLOWED[act]:
        raise Refusal(_REFUSALS[act])


def received(at: datetime, zone: str, area: Area) -> AlertSituation:
    """A complaint that has just arrived."""
    return AlertSituation(AlertStep.RECEIVED, at, zone, area)


def admitted(alert: AlertSituation, at: datetime, periods: CharterPeriods) -> AlertSituation:
    """The inquiry begins: the company has some weeks to reply."""
    until = _deadline(alert, at, periods.reply_days)
    return replace(alert, step=AlertStep.INQUIRY, since=at, until=until)


def dismissed(alert: AlertSituation, at: datetime) -> AlertSituation:
    """The complaint is not admissible."""
    return replace(alert, step=AlertStep.INADMISSIBLE, since=at, until=None)


def replied(alert: AlertSituation, at: datetime) -> AlertSituation:
    """The company replied, in time or late: what it says is read as long as nothing is decided."""
    return replace(alert, has_reply=True) if at >= alert.since else alert


def decided(
    alert: AlertSituation,
    outcome: AlertOutcome,
    at: datetime,
    periods: CharterPeriods,
    remedy_days: int = 0,
) -> AlertSituation:
    """The organiser decides; a sanction only after the company could answer."""
    if outcome in SANCTIONS and not was_heard(alert, at):
        raise Refusal(
            N_(
                "Aucune sanction avant que la structure ait pu répondre : attendez sa réponse, "
                "ou la fin de son délai de %(days)s jours."
            ),
            days=periods.reply_days,
        )
    if outcome is AlertOutcome.REMEDY:
        return _to_remedy(alert, at, periods, remedy_days)
    if outcome is AlertOutcome.CLASSED:
        return replace(alert, step=AlertStep.CLOSED, since=at, until=None, outcome=outcome)
    until = _deadline(alert, at, periods.appeal_days)
    return replace(alert, step=AlertStep.DECIDED, since=at, until=until, outcome=outcome)


def appealed(alert: AlertSituation, at: datetime, periods: CharterPeriods) -> AlertSituation:
    """The company contests, within its delay."""
    if alert.until is not None and at > alert.until:
        raise Refusal(N_("Le délai de recours est passé."))
    until = _deadline(alert, at, periods.appeal_answer_days)
    return replace(alert, step=AlertStep.APPEALED, since=at, until=until)


def closed(alert: AlertSituation, at: datetime) -> AlertSituation:
    """Nothing more is awaited."""
    return replace(alert, step=AlertStep.CLOSED, since=at, until=None)


def was_heard(alert: AlertSituation, at: datetime) -> bool:
    """Whether the company replied, or let the time for it pass."""
    if alert.step is AlertStep.REMEDY:
        return True
    return alert.has_reply or (alert.until is not None and at > alert.until)


def effect_of(alert: AlertSituation, act: AlertAct | AlertTimer, *, granted: bool) -> Effect:
    """What happens to the adherence: a removal waits for the appeal, a suspension protects at once."""
    if act is AlertAct.DECIDE and alert.outcome is AlertOutcome.SUSPENSION:
        return Effect.SUSPEND
    upheld = act is AlertTimer.END_APPEAL or (act is AlertAct.ANSWER_APPEAL and not granted)
    if upheld and alert.outcome is AlertOutcome.REMOVAL:
        return Effect.REMOVE
    lifted = act is AlertAct.ANSWER_APPEAL and granted
    return Effect.LIFT if lifted and alert.outcome is AlertOutcome.SUSPENSION else Effect.NONE


def promised_by(alert: AlertSituation, periods: CharterPeriods) -> datetime | None:
    """Until when the step lasts by the published rules; nothing once the complaint is over."""
    days = {
        AlertStep.RECEIVED: periods.alert_admissibility_days,
        AlertStep.INQUIRY: periods.alert_inquiry_days,
    }
    if alert.step in days:
        return _deadline(alert, alert.since, days[alert.step])
    return None if alert.step in OVER else alert.until


def next_due(alert: AlertSituation, periods: CharterPeriods, after: datetime) -> AlertDue | None:
    """What comes next by itself; the end of an appeal is due until it has happened."""
    coming = [
        due for due in _dues(alert, periods) if due.what is AlertTimer.END_APPEAL or due.at > after
    ]
    return min(coming, key=lambda due: (due.at, due.what), default=None)


def _dues(alert: AlertSituation, periods: CharterPeriods) -> Iterator[AlertDue]:
    match alert.step:
        case AlertStep.RECEIVED:
            yield from _organiser(alert, periods.alert_admissibility_days, (3, 0))
        case AlertStep.INQUIRY:
            yield from _organiser(alert, periods.alert_inquiry_days, (15, 0))
            if not alert.has_reply and alert.until:
                reminder = _calendar(alert).day_of(alert.until) - timedelta(days=5)
                yield AlertDue(morning(reminder, _calendar(alert)), AlertTimer.REMIND_REPLY, 5)
        case AlertStep.REMEDY if alert.until:
            yield AlertDue(alert.until, AlertTimer.REMIND_ORGANISER, 0)
        case AlertStep.DECIDED if alert.until:
            yield AlertDue(alert.until, AlertTimer.END_APPEAL)
        case AlertStep.APPEALED:
            yield from _organiser(alert, periods.appeal_answer_days, (10, 0))
        case _:
            return


def _organiser(alert: AlertSituation, days: int, before: tuple[int, ...]) -> Iterator[AlertDue]:
    for left in before:
        day = days_later(alert.since, days - left, _calendar(alert))
        yield AlertDue(morning(day, _calendar(alert)), AlertTimer.REMIND_ORGANISER, left)


def _to_remedy(
    alert: AlertSituation, at: datetime, periods: CharterPeriods, days: int
) -> AlertSituation:
    if not 1 <= days <= periods.alert_remedy_days_at_most:
        raise Refusal(
            N_("Une mise en conformité dure de 1 à %(most)s jours."),
            most=periods.alert_remedy_days_at_most,
        )
    if alert.step is AlertStep.REMEDY:
        raise Refusal(
            N_("Une mise en conformité a déjà été demandée : décidez sur ce qu’elle donne.")
        )
    return replace(
        alert,
        step=AlertStep.REMEDY,
        since=at,
        until=_deadline(alert, at, days),
        outcome=AlertOutcome.REMEDY,
    )


def _deadline(alert: AlertSituation, at: datetime, days: int) -> datetime:
    return deadline(days_later(at, days, _calendar(alert)), _calendar(alert))


def _calendar(alert: AlertSituation) -> Situation:
    """The zone and the holidays by which the dates of a complaint are reckoned."""
    return Situation(State.ACTIVE, alert.since, alert.zone, alert.area)
