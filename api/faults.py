"""What is said when a request cannot be answered."""

from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException

from api.errors import Forbidden, NotFound, TokenRefused
from domain.mistakes import Mistake
from domain.refusals import N_, Refusal, Unanswered

# How long a server takes to start again.
A_MOMENT = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """What is said of an error: its status, what happened, and what to do next."""

    status: int
    title: str
    happened: str
    next: str
    retry_after: int | None = None  # in seconds


FAULTS = {
    fault.status: fault
    for fault in (
        Fault(
            400,
            N_("Demande illisible"),
            N_("Le service n'a pas pu lire ce qui a été envoyé."),
            N_("Revenez en arrière, rechargez la page et recommencez."),
        ),
        Fault(
            401,
            N_("Connexion nécessaire"),
            N_("Il faut se connecter pour faire cela."),
            N_("Connectez-vous, puis recommencez."),
        ),
        Fault(
            403,
            N_("Accès refusé"),
            N_("Vous n'avez pas accès à cette page."),
            N_("Si vous devriez y avoir accès, écrivez à l'organisateur."),
        ),
        Fault(
            404,
            N_("Page introuvable"),
            N_("Cette page n'existe pas, ou elle n'est pas visible avec votre adresse."),
            N_("Vérifiez l'adresse, ou repartez de l'accueil."),
        ),
        Fault(
            405,
            N_("Action impossible ici"),
            N_("Cette adresse ne permet pas cette action."),
            N_("Revenez en arrière et utilisez les boutons de la page."),
        ),
        Fault(
            409,
            N_("Demande refusée"),
            N_("Cette demande ne peut pas être acceptée maintenant."),
            N_("Revenez à la page précédente et rechargez-la pour voir où en est le dossier."),
        ),
        Fault(
            413,
            N_("Envoi trop lourd"),
            N_(
                "Ce qui a été envoyé dépasse la taille permise : %(megabytes)s Mo, fichiers compris."
            ),
            N_("Revenez en arrière, allégez les fichiers joints et recommencez."),
        ),
        Fault(
            422,
            N_("Demande incomplète"),
            N_("Une information manque, ou n'a pas la forme attendue."),
            N_("Revenez en arrière, corrigez et recommencez."),
        ),
        Fault(
            500,
            N_("Erreur du service"),
            N_("Le service a rencontré une erreur. Rien n'a été modifié."),
            N_("Recommencez dans quelques minutes."),
        ),
        Fault(
            503,
            N_("Service momentanément indisponible"),
            N_("Le service ne répond pas pour l'instant."),
            N_("Recommencez dans quelques minutes."),
            retry_after=A_MOMENT,
        ),
    )
}


# The narrower kind first.
_STATUS: dict[type[Exception], int] = {
    TokenRefused: 401,
    Forbidden: 403,
    NotFound: 404,
    Mistake: 422,
    Unanswered: 503,
    Refusal: 409,
}


def fault_of(error: Exception) -> Fault:
    """What is said of an error that we know; of any other, that the service failed."""
    if isinstance(error, HTTPException):
        return FAULTS.get(error.status_code) or replace(FAULTS[400], status=error.status_code)
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
    if isinstance(error, Unanswered):
        return replace(FAULTS[status], happened=error.sentence, next=N_("Vous pouvez continuer."))
    if isinstance(error, Refusal | Forbidden):
        return replace(FAULTS[status], happened=error.sentence)
    return FAULTS[status]
