"""What the ledger calls a letter: its kind, its state, and the subject that its reader saw."""

from datetime import datetime
from functools import cache

from jinja2 import Environment, TemplateError

from activities.letters.words import environment
from domain.refusals import N_
from domain.texts import Language
from storage.ledger import LetterState
from storage.reads.organiser.letters import LetterLine
from wording.translations import ROOT

STATES = {
    LetterState.FAILED: N_("Refusée par le serveur"),
    LetterState.UNCERTAIN: N_("Peut-être partie"),
    LetterState.SENDING: N_("En train de partir"),
    LetterState.PLANNED: N_("À envoyer"),
    LetterState.SENT: N_("Envoyée"),
    LetterState.CANCELLED: N_("Annulée"),
}
KINDS = {
    "receipt": N_("Récépissé"),
    "draft_reminder": N_("Rappel de brouillon"),
    "draft_lapsed": N_("Brouillon non envoyé"),
    "member_invited": N_("Invitation d'un collègue"),
    "partner_invited": N_("Invitation du partenaire"),
    "partner_reminder": N_("Rappel au partenaire"),
    "partner_released": N_("Invitation du partenaire retirée"),
    "partner_countersigned": N_("Partenaire contresignataire"),
    "application_admitted": N_("Candidature recevable"),
    "application_refused": N_("Candidature non recevable"),
    "complements_requested": N_("Complément demandé"),
    "complements_received": N_("Complément reçu"),
    "application_withdrawn": N_("Candidature retirée"),
    "application_withdrawn_in_jury": N_("Candidature retirée, au jury"),
    "cycle_cancelled": N_("Cycle annulé"),
    "juror_invitation": N_("Invitation au jury"),
    "juror_invitation_reminder": N_("Rappel d'invitation"),
    "juror_invitation_expired": N_("Invitation sans réponse"),
    "juror_accepted": N_("Juré confirmé"),
    "juror_declined": N_("Invitation déclinée"),
    "jury_conflicts_to_declare": N_("Liens à déclarer"),
    "jury_cards_to_score": N_("Fiches à noter"),
    "jury_card_added": N_("Une fiche de plus"),
    "juror_reminder": N_("Rappel de notation"),
    "reserve_exhausted": N_("Réserve épuisée"),
    "deliberation_opened": N_("Délibération ouverte"),
    "deliberation_late": N_("Procès-verbal en retard"),
    "result_laureate": N_("Résultat : lauréat"),
    "result_nominee": N_("Résultat : nommé"),
    "result_other": N_("Résultat et retour"),
    "jury_thanks": N_("Remerciement du jury"),
}
INSTANTS = ("_at", "_until")
# What a template and its filters raise when a fact is missing, or is of another version of us.
UNSAYABLE = (
    TemplateError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


def subject_of(line: LetterLine) -> str:
    """The subject of a letter in its reader's language; empty when its template cannot say it."""
    try:
        # An instant that is null is left out, since a filter would say today.
        facts = {
            name: _fact(name, value)
            for name, value in line.facts.items()
            if not (name.endswith(INSTANTS) and value is None)
        }
        template = _words(line.language).get_template(f"emails/{line.kind}/subject.txt")
        return " ".join(
            template.render({"zone": "Europe/Paris"} | facts | {"facts": facts}).split()
        )
    except UNSAYABLE:
        return ""


@cache
def _words(language: str) -> Environment:
    known = Language.ENGLISH if language == Language.ENGLISH else Language.FRENCH
    return environment(known, ROOT / "templates")


def _fact(name: str, value: object) -> object:
    is_instant = isinstance(value, str) and bool(value) and name.endswith(INSTANTS)
    return datetime.fromisoformat(str(value)) if is_instant else value
