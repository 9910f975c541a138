"""What the ledger calls a letter: its kind, its state, and the subject that its reader saw."""

from functools import cache

from jinja2 import Environment

from activities.letters.facts import UNSAYABLE, fact
from activities.letters.words import environment
from domain.refusals import N_
from domain.texts import Language
from storage.ledger import LetterState
from storage.reads.organiser.letters import LetterLine
from wording.translations import ROOT

STATES = {
    LetterState.FAILED: N_("Impossible à envoyer"),
    LetterState.BOUNCED: N_("Refusée par le serveur"),
    LetterState.UNCERTAIN: N_("Peut-être partie"),
    LetterState.SENDING: N_("En train de partir"),
    LetterState.PLANNED: N_("À envoyer"),
    LetterState.HELD: N_("Retenue"),
    LetterState.SENT: N_("Envoyée"),
    LetterState.CANCELLED: N_("Annulée"),
}
KINDS = {
    "receipt": N_("Récépissé"),
    "draft_reminder": N_("Rappel de brouillon"),
    "draft_lapsed": N_("Brouillon non envoyé"),
    "draft_reopened": N_("Brouillon rouvert"),
    "dates_moved": N_("Dates déplacées"),
    "category_changed": N_("Catégorie changée"),
    "application_duplicate": N_("Candidature close comme doublon"),
    "application_kept": N_("Candidature qui reste d'un doublon"),
    "duplicate_undone": N_("Doublon rouvert"),
    "extension_granted": N_("Délai accordé à une structure"),
    "extension_ended": N_("Délai retiré"),
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
    "application_back": N_("Candidature de retour"),
    "application_back_in_jury": N_("Candidature de retour, au jury"),
    "return_asked": N_("Retour demandé"),
    "return_to_decide": N_("Retour à décider"),
    "return_declined": N_("Retour décliné"),
    "eligibility_doubted": N_("Recevabilité : réponse demandée"),
    "eligibility_to_decide": N_("Recevabilité à décider"),
    "eligibility_upheld": N_("Recevabilité confirmée"),
    "eligibility_lost": N_("Candidature devenue non recevable"),
    "application_excluded_in_jury": N_("Candidature non recevable, au jury"),
    "ranking_changed": N_("Classement changé"),
    "ranking_changed_by_conflict": N_("Classement changé par un lien"),
    "jury_conflict_confirmed": N_("Lien confirmé"),
    "prize_renounced": N_("Prix décliné"),
    "prize_renunciation_kept": N_("Renoncement enregistré"),
    "decision_amended": N_("Décision rectifiée"),
    "category_regrouped": N_("Catégorie regroupée"),
    "category_regrouped_in_jury": N_("Catégorie regroupée, au jury"),
    "cycle_cancelled": N_("Cycle annulé"),
    "edition_to_confirm": N_("Édition à confirmer"),
    "territory_late": N_("Territoire en retard pour la finale"),
    "juror_invitation": N_("Invitation au jury"),
    "juror_invitation_reminder": N_("Rappel d'invitation"),
    "juror_invitation_expired": N_("Invitation sans réponse"),
    "juror_accepted": N_("Juré confirmé"),
    "juror_declined": N_("Invitation déclinée"),
    "jury_conflicts_to_declare": N_("Liens à déclarer"),
    "jury_cards_to_score": N_("Fiches à noter"),
    "jury_card_added": N_("Une fiche de plus"),
    "jury_cards_moved": N_("Fiches confiées à d'autres"),
    "juror_released": N_("Mission de juré terminée avant la fin"),
    "juror_reminder": N_("Rappel de notation"),
    "reserve_exhausted": N_("Réserve épuisée"),
    "deliberation_opened": N_("Délibération ouverte"),
    "deliberation_late": N_("Procès-verbal en retard"),
    "result_laureate": N_("Résultat : lauréat"),
    "result_nominee": N_("Résultat : nommé"),
    "result_other": N_("Résultat et retour"),
    "jury_thanks": N_("Remerciement du jury"),
    "results_held": N_("Résultats à envoyer"),
    "promotion_offered": N_("Place en finale proposée"),
    "promotion_reminder": N_("Rappel : place en finale"),
    "promotion_confirmed": N_("Place en finale confirmée"),
    "promotion_lapsed": N_("Place en finale non confirmée"),
    "promotion_declined": N_("Place en finale déclinée"),
    "promotion_exhausted": N_("Place en finale vacante"),
    "national_file_open": N_("Dossier de la finale à mettre à jour"),
    "correction_to_confirm": N_("Correction à confirmer"),
    "correction_dismissed": N_("Correction non publiée"),
    "palmares_corrected": N_("Palmarès corrigé"),
    "charter_role_named": N_("Rôle confié"),
    "charter_signature_requested": N_("Signature demandée"),
    "charter_draft_reminder": N_("Rappel : adhésion à signer"),
    "charter_draft_expired": N_("Dossier d'adhésion clos sans suite"),
    "charter_abandoned": N_("Dossier d'adhésion abandonné"),
    "charter_receipt": N_("Récépissé d'adhésion"),
    "charter_complements_requested": N_("Complément d'adhésion demandé"),
    "charter_complements_reminder": N_("Rappel : complément d'adhésion"),
    "charter_complements_received": N_("Complément d'adhésion reçu"),
    "charter_accepted": N_("Adhésion acceptée"),
    "charter_refused": N_("Adhésion refusée"),
    "charter_review_due": N_("Dossier d'adhésion à examiner"),
    "charter_window_open": N_("Bilan ouvert"),
    "charter_report_reminder": N_("Rappel de bilan"),
    "charter_report_receipt": N_("Récépissé de bilan"),
    "charter_report_returned": N_("Bilan à corriger"),
    "charter_extension_granted": N_("Délai accordé"),
    "charter_report_accepted": N_("Bilan accepté"),
    "charter_report_missed": N_("Bilan non transmis, premier avis"),
    "charter_missed_notice": N_("Relance de bilan"),
    "charter_formal_notice": N_("Mise en demeure"),
    "charter_renewal_reminder": N_("Renouvellement à préparer"),
    "charter_term_reached": N_("Terme atteint"),
    "charter_renewed": N_("Adhésion renouvelée"),
    "charter_former": N_("Fin d'adhésion"),
    "charter_withdrawn": N_("Retrait de la charte"),
    "charter_suspended": N_("Suspension"),
    "charter_suspension_lifted": N_("Suspension levée"),
    "charter_suspension_to_decide": N_("Suspension à décider"),
    "charter_removed": N_("Radiation de la charte"),
    "charter_ceased": N_("Établissement fermé : successeur à désigner"),
    "charter_successor_named": N_("Successeur à confirmer"),
    "charter_transferred": N_("Adhésion transférée"),
    "charter_alert_received": N_("Signalement reçu"),
    "charter_alert_admissible": N_("Signalement recevable"),
    "charter_alert_dismissed": N_("Signalement non retenu"),
    "charter_alert_closed_for_author": N_("Fin d'examen, à l'auteur"),
    "charter_alert_to_answer": N_("Signalement : réponse demandée"),
    "charter_alert_reply_reminder": N_("Rappel : réponse à un signalement"),
    "charter_alert_decided": N_("Décision sur un signalement"),
    "charter_alert_due": N_("Signalement à traiter"),
    "charter_appeal_received": N_("Recours reçu"),
    "charter_appeal_decided": N_("Réponse à un recours"),
    "application_charter_decided": N_("Condition de la charte"),
}
INSTANTS = ("_at", "_until")


def subject_of(line: LetterLine) -> str:
    """The subject of a letter in its reader's language; empty when its template cannot say it."""
    try:
        # An instant that is null is left out, since a filter would say today.
        facts = {
            name: fact(name, value)
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
