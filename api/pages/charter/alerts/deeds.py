"""The acts of the organiser on a complaint: what their forms say, and what is wrong in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from api.pages.charter.alerts.asking import Typed
from api.posted import PostedForm
from domain.charter.alerts import (
    ALLOWED,
    SANCTIONS,
    AlertAct,
    AlertOutcome,
    AlertStep,
    decided,
    was_heard,
)
from domain.charter.complaining import repeated
from domain.charter.periods import CharterPeriods
from domain.charter.states import ALLOWED as ALLOWED_OF_ADHERENCE
from domain.charter.states import Act
from domain.refusals import N_, Refusal
from storage.acts.charter.alerts import LONGEST
from storage.reads.charter.alert_desk import Complaint
from storage.reads.charter.alert_matter import Matter

READ_BY_COMPANY = N_("Remplissez ce champ : la structure le lira tel quel.")
READ_BY_AUTHOR = N_("Remplissez ce champ : la personne qui a signalé le lira tel quel.")
TOO_LONG = N_("Écrivez %(most)s caractères au plus.")
BETRAYS = N_(
    "La structure lira ce texte, et « %(words)s » vient de la personne qui a signalé : redites-le "
    "avec vos mots."
)
NO_OUTCOME = N_("Choisissez une décision de la liste.")
NO_DAYS = N_("Écrivez un nombre de jours, de 1 à %(most)s.")
NO_ANSWER = N_("Dites si le recours est accepté ou rejeté.")
NEEDS_REMEDY = frozenset({AlertOutcome.REMEDY, AlertOutcome.SUSPENSION})
_DOES = {AlertOutcome.SUSPENSION: Act.SUSPEND, AlertOutcome.REMOVAL: Act.REMOVE}


def admit(form: PostedForm, complaint: Complaint) -> Typed:
    """The facts, in the organiser's own words."""
    return _typed(AlertAct.ADMIT, {"alleged": form.get("alleged").strip()}, complaint)


def dismiss(form: PostedForm, complaint: Complaint) -> Typed:  # noqa: ARG001  (read by its author, who may read their own words)
    """Why the complaint is not looked into."""
    reason = form.get("dismissal").strip()
    wrong = _length_of("dismissal", reason, READ_BY_AUTHOR)
    return Typed(AlertAct.DISMISS, {"reason": reason}, wrong)


def decide(form: PostedForm, complaint: Complaint) -> Typed:
    """What was decided, why, and what is to be done by when."""
    outcome = form.get("outcome")
    payload = {"outcome": outcome, "reason": form.get("reason").strip()}
    if outcome in NEEDS_REMEDY:
        payload["remedy"] = form.get("remedy").strip()
    typed = _typed(AlertAct.DECIDE, payload, complaint, said_by_people=("reason", "remedy"))
    wrong = dict(typed.complaints)
    if outcome not in outcomes_now(complaint.matter, None):
        wrong["outcome"] = Refusal(NO_OUTCOME)
    if outcome == AlertOutcome.REMEDY:
        payload["days"] = form.get("days").strip()
        wrong |= _days(payload["days"], complaint.matter.charter.periods)
    return replace(typed, complaints=wrong)


def answer_appeal(form: PostedForm, complaint: Complaint) -> Typed:
    """Whether the appeal is granted, and why."""
    granted, answer = form.get("granted"), form.get("answer").strip()
    wrong = _length_of("answer", answer, READ_BY_COMPANY) or _betrayal("answer", answer, complaint)
    if granted not in {"yes", "no"}:
        wrong["granted"] = Refusal(NO_ANSWER)
    return Typed(AlertAct.ANSWER_APPEAL, {"granted": granted, "reason": answer}, wrong)


@dataclass(frozen=True, slots=True)
class Deed:
    """An act: how its form is read, and what is said when it is done."""

    act: AlertAct
    read: Callable[[PostedForm, Complaint], Typed]
    done: str


DEEDS = {
    "recevable": Deed(
        AlertAct.ADMIT,
        admit,
        N_("Le signalement est recevable. La structure est invitée à répondre."),
    ),
    "irrecevable": Deed(
        AlertAct.DISMISS,
        dismiss,
        N_("Le signalement n'est pas recevable. Seule la personne qui l'a écrit en est avertie."),
    ),
    "decision": Deed(
        AlertAct.DECIDE, decide, N_("La décision est prise. La structure en reçoit les raisons.")
    ),
    "recours": Deed(
        AlertAct.ANSWER_APPEAL, answer_appeal, N_("La structure reçoit la réponse à son recours.")
    ),
}


def outcomes_now(matter: Matter, now: datetime | None) -> tuple[AlertOutcome, ...]:
    """What may be decided; at an instant, without what the company's right to reply forbids then."""
    if matter.step not in ALLOWED[AlertAct.DECIDE]:
        return ()
    return tuple(
        outcome
        for outcome in AlertOutcome
        if not (outcome is AlertOutcome.REMEDY and matter.step is AlertStep.REMEDY)
        and (outcome not in _DOES or matter.state in ALLOWED_OF_ADHERENCE[_DOES[outcome]])
        and (now is None or outcome not in SANCTIONS or was_heard(matter.situation, now))
    )


def appeal_would_end(matter: Matter, now: datetime) -> datetime | None:
    """Until when the company could contest a sanction that were decided now."""
    heard = replace(matter.situation, has_reply=True)
    return decided(heard, AlertOutcome.REMOVAL, now, matter.charter.periods).until


def _typed(
    act: AlertAct,
    payload: dict[str, str],
    complaint: Complaint,
    said_by_people: tuple[str, ...] = ("alleged",),
) -> Typed:
    wrong: dict[str, Refusal] = {}
    for name in said_by_people:
        if name in payload:
            words = payload[name]
            wrong |= _length_of(name, words, READ_BY_COMPANY) or _betrayal(name, words, complaint)
    return Typed(act, payload, wrong)


def _length_of(name: str, words: str, wanted: str) -> dict[str, Refusal]:
    if not words:
        return {name: Refusal(wanted)}
    return {name: Refusal(TOO_LONG, most=LONGEST)} if len(words) > LONGEST else {}


def _betrayal(name: str, words: str, complaint: Complaint) -> dict[str, Refusal]:
    """Words that would let the company guess; they stop here, before anything is written down."""
    written = f"{complaint.subject}\n{complaint.facts}"
    found = repeated(words, written, complaint.author)
    return {name: Refusal(BETRAYS, words=found)} if found else {}


def _days(said: str, periods: CharterPeriods) -> Mapping[str, Refusal]:
    most = periods.alert_remedy_days_at_most
    is_number = said.isascii() and said.isdigit() and len(said) <= len(str(most))
    return {} if is_number and 1 <= int(said) <= most else {"days": Refusal(NO_DAYS, most=most)}
