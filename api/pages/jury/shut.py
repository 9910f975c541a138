"""Why a card may not be opened, in a sentence, with the next thing to do."""

from dataclasses import dataclass

from starlette.responses import Response

from api.pages.jury.visit import SeatVisit
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.refusals import N_
from storage.reads.jury import Seat

TO_THE_JURY = N_("Revenir à votre page de jury")


@dataclass(frozen=True, slots=True)
class Shut:
    """A closed door: its sentence, its status, and where to go instead, under the juror's page."""

    sentence: str
    status: int = 403
    action: str = TO_THE_JURY
    leads_to: str = ""


ANSWER_FIRST = Shut(N_("Répondez d'abord à l'invitation : les dossiers s'ouvrent ensuite."))
NO_LONGER = Shut(N_("Vous ne siégez pas dans ce jury : ses dossiers ne vous sont pas ouverts."))
NOT_YET = Shut(
    N_("L'évaluation n'est pas ouverte : les dossiers se lisent à partir de sa date."), 409
)
OVER = Shut(N_("Le travail du jury est terminé : ses dossiers ne se lisent plus."))

SHUT_BY_JUROR = {
    JurorStatus.RESERVE: NO_LONGER,
    JurorStatus.INVITED: ANSWER_FIRST,
    JurorStatus.DECLINED: NO_LONGER,
    JurorStatus.EXPIRED: NO_LONGER,
    JurorStatus.RELEASED: NO_LONGER,
}
SHUT_BY_PHASE = {
    Phase.PREPARED: NOT_YET,
    Phase.OPEN: NOT_YET,
    Phase.SCREENING: NOT_YET,
    Phase.PUBLISHED: OVER,
    Phase.CLOSED: OVER,
    Phase.CANCELLED: OVER,
}
SHUT_BY_CARD = {
    CardStatus.RECUSED: Shut(
        N_("Vous avez un lien avec cette candidature : son dossier ne vous est pas ouvert.")
    ),
    CardStatus.WITHDRAWN: Shut(
        N_("Cette candidature a été retirée : il n'y a plus rien à lire ni à noter."), 409
    ),
}


def undeclared(seat: Seat) -> Shut:
    """No file is read before conflicts are declared; once marking is over it is too late for both."""
    if seat.phase is not Phase.EVALUATION:
        return OVER
    return Shut(
        N_("Dites d'abord vos liens avec les candidats : les dossiers s'ouvrent ensuite."),
        409,
        N_("Déclarer mes liens"),
        "/conflits",
    )


def shut_page(visit: SeatVisit, shut: Shut) -> Response:
    """The page of a closed door."""
    screen = visit.screen
    return screen.show(
        "pages/jury/shut.html",
        shut.status,
        sentence=screen.say(shut.sentence),
        action=screen.say(shut.action),
        url=f"/jury/{visit.juror_id}{shut.leads_to}",
    )
