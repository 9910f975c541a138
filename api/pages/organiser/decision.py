"""A decision on an application, as its form says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.pages.organiser.asking import LONGEST_REASON
from api.posted import PostedForm
from domain.applications import Act
from domain.edition import EditionTemplate
from domain.refusals import N_

# The field of each decision, since the forms are on one page.
REASON_FIELDS = {
    Act.ADMIT: "note",
    Act.REFUSE: "reason",
    Act.ASK_COMPLEMENTS: "missing",
    Act.TAKE_BACK: "back",
    Act.DECLINE_RETURN: "away",
    Act.RENOUNCE: "renounced",
}
_WANTED = {
    Act.REFUSE: N_("Écrivez le motif : la structure le lira tel quel."),
    Act.ASK_COMPLEMENTS: N_("Écrivez ce qui manque : la structure le lira tel quel."),
    Act.TAKE_BACK: N_("Écrivez le motif : la structure le lira tel quel."),
    Act.DECLINE_RETURN: N_("Écrivez le motif : la structure le lira tel quel."),
    Act.RENOUNCE: N_("Écrivez qui vous l'a dit, et quand : la structure le lira tel quel."),
}
TOO_LONG = N_("Ce texte est trop long : 2 000 caractères au plus.")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, in whose words, and what is wrong in the form."""

    act: Act
    reason: str
    rules: tuple[str, ...] = ()
    complaints: Mapping[str, str] = field(default_factory=dict[str, str])

    def payload(self) -> dict[str, object]:
        """The decision as the request keeps it."""
        said: dict[str, object] = {"reason": self.reason}
        return said | {"rules": list(self.rules)} if self.act is Act.REFUSE else said


def decision_in(form: PostedForm, act: Act, template: EditionTemplate) -> Decision:
    """What was typed and ticked; only a refusal names rules."""
    name = REASON_FIELDS[act]
    reason = form.get(name).strip()
    known = {rule.code for rule in template.rules}
    rules = tuple(code for code in form.getlist("rules") if code in known)
    wrong: dict[str, str] = {}
    if act is Act.REFUSE and not rules:
        wrong["rules"] = N_("Cochez au moins une règle qui n'est pas remplie.")
    if not reason and act in _WANTED:
        wrong[name] = _WANTED[act]
    if len(reason) > LONGEST_REASON:
        wrong[name] = TOO_LONG
    return Decision(act, reason, rules, wrong)
