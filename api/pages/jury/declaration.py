"""The conflicts that a juror ticks, with their reasons, as the form says them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from api.pages.jury.asking import uuid_in
from api.pages.jury.complaints import Complaints, Said, only
from api.posted import PostedForm
from domain.conflicts import TieKind
from domain.refusals import N_

LONGEST_REASON = 500
UNTIED = N_("Dites de quel lien il s'agit.")


@dataclass(frozen=True, slots=True)
class Declaration:
    """The candidates that a juror stands aside from, and why; or the word that there is none."""

    reasons: Mapping[UUID, str]
    has_none: bool
    ties: Mapping[UUID, str] = field(default_factory=dict[UUID, str])

    @property
    def applications(self) -> Collection[UUID]:
        """The candidates that were ticked."""
        return self.reasons.keys()

    def payload(self) -> Mapping[str, object]:
        """The declaration as the request keeps it."""
        return {
            "applications": [str(each) for each in self.reasons],
            "reasons": {str(each): reason for each, reason in self.reasons.items()},
            "ties": {str(each): tie for each, tie in self.ties.items()},
        }


def declaration_in(form: PostedForm) -> Declaration:
    """What was ticked and typed; an id that cannot be read is nobody's."""
    ticked = (uuid_in(each) for each in form.getlist("conflict"))
    reasons = {each: form.get(f"reason.{each}").strip() for each in ticked if each is not None}
    ties = {each: form.get(f"tie.{each}") for each in reasons if f"tie.{each}" in form}
    return Declaration(reasons, has_none=form.get("none") == "yes", ties=ties)


def complaints_about(
    declaration: Declaration, known: Collection[UUID], *, has_declared: bool
) -> Complaints:
    """What is wrong in a declaration, by field."""
    if not set(declaration.applications) <= set(known):
        return only("", N_("Un des dossiers cochés n'est plus dans la liste : rechargez la page."))
    if declaration.has_none and declaration.reasons:
        return only(
            "none", N_("Vous avez coché des candidats et « aucun lien » : gardez l'un des deux.")
        )
    if not declaration.reasons and not declaration.has_none:
        if has_declared:
            return only("", N_("Cochez le candidat avec lequel vous avez un lien."))
        return only(
            "none", N_("Cochez les candidats avec lesquels vous avez un lien, ou « aucun lien ».")
        )
    return {}


def reasons_missing(declaration: Declaration) -> Complaints:
    """The candidates that were ticked without saying which tie, or why."""
    untied: dict[str, Said] = {
        f"tie.{each}": (UNTIED, {})
        for each, tie in declaration.ties.items()
        if tie not in set(TieKind)
    }
    unsaid: dict[str, Said] = {
        f"reason.{each}": (sentence, {})
        for each, reason in declaration.reasons.items()
        if (sentence := _wrong_reason(reason))
    }
    return untied | unsaid


def _wrong_reason(reason: str) -> str:
    if not reason:
        return N_("Dites en quelques mots quel est ce lien.")
    if len(reason) > LONGEST_REASON:
        return N_("Ce texte est trop long : 500 caractères au plus.")
    return ""
