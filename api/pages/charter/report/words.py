"""The words of the pages of a yearly report."""

from domain.refusals import N_

BOXES = {
    "value": N_("Valeur"),
    "carried": N_("Valeur reprise de l'an dernier"),
    "estimate": N_("Estimation"),
    "comment": N_("Commentaire"),
    "explanation": N_("Explication"),
}
SUPPORT_NAME = N_("Soutien de la direction")
YES = N_("Oui")
