"""The words of the journal: what was done, to what, and from which state to which."""

from domain import (
    applications,
    corrections,
    editions,
    final_files,
    jurors,
    members,
    partners,
    phases,
    promotion,
)
from domain.refusals import N_

ACTS = {
    "open_application": N_("Dossier ouvert"),
    "give_access": N_("Accès au dossier donné"),
    "take_access": N_("Accès au dossier retiré"),
    "submit": N_("Envoi"),
    "withdraw": N_("Retrait"),
    "come_back": N_("Retour après un retrait"),
    "take_back": N_("Candidature reprise"),
    "decline_return": N_("Retour décliné"),
    "admit": N_("Déclarée recevable"),
    "refuse": N_("Déclarée non recevable"),
    "ask_complements": N_("Complément demandé"),
    "complete": N_("Complément envoyé"),
    "lapse": N_("Non envoyée à la clôture"),
    "reopen": N_("Brouillon rouvert"),
    "doubt": N_("Recevabilité mise en doute"),
    "answer_doubt": N_("Réponse de la structure"),
    "drop_doubt": N_("Doute levé"),
    "exclude": N_("Déclarée non recevable après coup"),
    "rank_again": N_("Classement recalculé"),
    "renounce_prize": N_("Renoncement au prix"),
    "amend_decision": N_("Décision rectifiée"),
    "regroup": N_("Catégorie confiée à un autre jury"),
    "undo_regrouping": N_("Regroupement annulé"),
    "extend": N_("Délai accordé à une structure"),
    "end_extension": N_("Délai retiré"),
    "change_category": N_("Catégorie changée"),
    "mark_duplicate": N_("Close comme doublon"),
    "unmark_duplicate": N_("Doublon rouvert"),
    "move_dates": N_("Dates déplacées"),
    "repair_deal": N_("Attribution réparée"),
    "invite_partner": N_("Partenaire invité"),
    "withdraw_partner": N_("Invitation du partenaire retirée"),
    "countersign": N_("Contresignature du partenaire"),
    "decline_partnership": N_("Invitation déclinée par le partenaire"),
    "enter_phase": N_("Changement de phase"),
    "prepare_edition": N_("Édition préparée"),
    "move_edition_dates": N_("Dates de l'édition déplacées"),
    "change_rules": N_("Règlement changé"),
    "copy_rules": N_("Règlement copié d'une autre édition"),
    "let_in": N_("Membres ajoutés"),
    "let_out": N_("Membre retiré"),
    "revise_plan": N_("Plan de l'édition changé"),
    "enter_edition_phase": N_("Changement de phase de l'édition"),
    "set_final_terms": N_("Quorum et date limite de la finale"),
    "push_dates": N_("Dates de la finale repoussées"),
    "deal": N_("Attribution des dossiers"),
    "freeze_ranking": N_("Classement arrêté"),
    "sign_minutes": N_("Procès-verbal signé"),
    "publish": N_("Publication"),
    "propose_correction": N_("Correction proposée"),
    "confirm_correction": N_("Correction confirmée et publiée"),
    "dismiss_correction": N_("Correction écartée"),
    "lapse_correction": N_("Correction restée sans réponse"),
    "answer": N_("Réponse à l'invitation"),
    "declare_conflicts": N_("Liens déclarés"),
    "seal": N_("Fiche scellée"),
    "abstain": N_("Abstention"),
    "recuse": N_("Déport"),
    "invite": N_("Invitation"),
    "name_chair": N_("Présidence désignée"),
    "cancel": N_("Annulation"),
    "offer_place": N_("Place en finale proposée"),
    "confirm_place": N_("Place en finale confirmée"),
    "decline_place": N_("Place en finale déclinée"),
    "lapse_offer": N_("Place en finale non confirmée"),
    "void_offer": N_("Offre d'une place annulée"),
    "settle_promotion": N_("Place en finale réglée"),
    "send_up": N_("Dossier entré en finale"),
}
ABOUT = {
    "application": N_("Candidature"),
    "juror": N_("Juré"),
    "card": N_("Fiche de notation"),
    "cycle": N_("Cycle"),
    "promotion": N_("Place en finale"),
    "correction": N_("Correction"),
    "edition": N_("Édition"),
}
_STATES: dict[str, dict[str, str]] = {
    "application": {str(status): name for status, name in applications.NAMES.items()}
    | {str(status): name for status, name in partners.NAMES.items()}
    | {str(role): name for role, name in members.NAMES.items()}
    | {str(status): name for status, name in promotion.OFFER_NAMES.items()}
    | {str(entry): name for entry, name in final_files.ENTRY_NAMES.items()},
    "juror": {str(status): name for status, name in jurors.JUROR_NAMES.items()},
    "card": {str(status): name for status, name in jurors.CARD_NAMES.items()},
    "correction": {str(step): name for step, name in corrections.STEP_NAMES.items()},
    "edition": {str(phase): name for phase, name in editions.EDITION_NAMES.items()},
    "cycle": {str(phase): name for phase, name in phases.NAMES.items()},
    "promotion": {str(status): name for status, name in promotion.PLACE_NAMES.items()},
}


def state_name(about: str, state: str) -> str:
    """The French name of a state, or the state as it is written when nobody named it."""
    # A role in a team is followed by whose it is, by id: nobody reads ids.
    word = state.partition(" person:")[0]
    return _STATES.get(about, {}).get(word, word)
