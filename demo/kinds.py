"""Which letter is this? The kinds of letters, known by their French subjects."""

import re

SUBJECTS = {
    "login_link": r"Votre lien de connexion",
    "member_invited": r".* : invitation à préparer une candidature",
    "partner_invited": r"Confirmez votre participation au dossier",
    "partner_reminder": r"Rappel : votre volet du dossier",
    "partner_released": r".* a retiré son invitation",
    "partner_countersigned": r"Votre partenaire a contresigné",
    "receipt": r"Votre candidature est enregistrée",
    "draft_reminder": r"Candidature à envoyer, au plus tard",
    "draft_lapsed": r"Votre candidature n'a pas été envoyée",
    "application_admitted": r"Votre candidature est recevable",
    "application_refused": r"Votre candidature n'est pas recevable",
    "complements_requested": r"Dossier à compléter",
    "complements_received": r"Votre complément est arrivé",
    "application_withdrawn": r"Candidature retirée",
    "application_withdrawn_in_jury": r"Jury : une candidature est retirée",
    "cycle_cancelled": r"Annulation",
    "juror_invitation": r"Invitation (au jury|à présider le jury)",
    "juror_invitation_reminder": r"Rappel : invitation au jury",
    "juror_invitation_expired": r"Votre invitation au jury a pris fin",
    "juror_accepted": r"Merci, vous êtes membre du jury",
    "juror_declined": r"Votre réponse à l'invitation est enregistrée",
    "jury_conflicts_to_declare": r"Jury : dites vos liens avec les candidats",
    "jury_cards_to_score": r"Jury : .* candidatures? à noter au plus tard",
    "jury_card_added": r"Jury : une candidature de plus à noter",
    "juror_reminder": r"Rappel : .* candidatures? à noter au plus tard",
    "reserve_exhausted": r"Jury : plus personne en réserve",
    "deliberation_opened": r"Jury : la délibération est ouverte",
    "deliberation_late": r"Procès-verbal du jury en retard",
    "result_laureate": r"Votre candidature est lauréate",
    "result_nominee": r"Votre candidature est nommée",
    "result_other": r"Résultats et retour du jury",
    "jury_thanks": r"Merci pour votre travail dans le jury",
}
UNKNOWN = "unknown"


def kind_of(subject: str) -> str:
    """The kind of a letter, or « unknown » when its subject is nobody's."""
    said = " ".join(subject.replace("\u2019", "'").split())
    return next((kind for kind, pattern in SUBJECTS.items() if re.match(pattern, said)), UNKNOWN)
