"""The conflicts that a juror ticks, with their reasons, as the form says them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from api.pages.jury.asking import uuid_in
from api.pages.jury.complaints import Complaints, only
from api.posted import PostedForm
from domain.refusals import N_

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Declaration:
    """The candidates that a juror stands aside from, and why; or the word that there is none."""

    reasons: Mapping[UUID, str]
    has_none: bool

    @property
    def applications(self) -> Collection[UUID]:
        """The candidates that were ticked."""
        return self.reasons.keys()

    def payload(self) -> Mapping[str, object]:
        """The declaration as the request keeps it."""
        return {
            "applications": [str(each) for each in self.reasons],
            "reasons": {str(each): reason for each, reason in self.reasons.items()},
        }


def declaration_in(form: PostedForm) -> Declaration:
    """What was ticked and typed; an id that cannot be read is nobody's."""
    ticked = (uuid_in(each) for each in form.getlist("conflict"))
    reasons = {each: form.get(f"reason.{each}").strip() for each in ticked if each is not None}
    return Declaration(reasons, has_none=form.get("none") == "yes")


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
    """The candidates that were ticked without saying why."""
    return {
        f"reason.{each}": (sentence, {})
        for each, reason in declaration.reasons.items()
        if (sentence := _wrong_reason(reason))
    }


def _wrong_reason(reason: str) -> str:
    if not reason:
        return N_("Dites en quelques mots quel est ce lien.")
    if len(reason) > LONGEST_REASON:
        return N_("Ce texte est trop long : 500 caractères au plus.")
    return ""
