"""What a juror answers to an invitation, as the form says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.pages.jury.complaints import Complaints, Said, only
from api.posted import PostedForm
from domain.refusals import N_

LONGEST_REASON = 1000
LONGEST_SUGGESTION = 200
HIGHEST_MAXIMUM = 500
SUGGESTED = N_("Personne à solliciter : ")


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, with the most files that the juror can read; or no, why, and whom to ask instead."""

    accepts: bool
    maximum: int | None = None
    reason: str = ""
    suggestion: str = ""

    def payload(self) -> Mapping[str, object]:
        """The answer as the request keeps it; who to ask goes with the reason, for the organiser."""
        reason = self.reason
        if self.suggestion:
            reason += f"\n{SUGGESTED}{self.suggestion}"
        return {"accepts": self.accepts, "maximum": self.maximum, "reason": reason}


def answer_in(form: PostedForm) -> tuple[Answer, Complaints]:
    """The answer that was typed, and what is wrong in it, by field."""
    said = form.get("accepts")
    if said == "yes":
        return _acceptance(form.get("maximum").strip())
    if said == "no":
        return _refusal(form.get("reason").strip(), form.get("suggestion").strip())
    return Answer(accepts=False), only("", N_("Dites si vous acceptez ou si vous déclinez."))


def _acceptance(typed: str) -> tuple[Answer, Complaints]:
    if not typed:
        return Answer(accepts=True), {}
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len("500") else 0
    if 1 <= number <= HIGHEST_MAXIMUM:
        return Answer(accepts=True, maximum=number), {}
    wrong = N_("Donnez un nombre de dossiers entre 1 et 500, ou laissez vide.")
    return Answer(accepts=True), only("maximum", wrong)


def _refusal(reason: str, suggestion: str) -> tuple[Answer, Complaints]:
    complaints: dict[str, Said] = {}
    if not reason:
        complaints["reason"] = (N_("Dites en quelques mots pourquoi vous déclinez."), {})
    elif len(reason) > LONGEST_REASON:
        complaints["reason"] = (N_("Ce texte est trop long : 1 000 caractères au plus."), {})
    if len(suggestion) > LONGEST_SUGGESTION:
        complaints["suggestion"] = (N_("Ce texte est trop long : 200 caractères au plus."), {})
    return Answer(accepts=False, reason=reason, suggestion=suggestion), complaints
