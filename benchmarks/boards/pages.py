"""The pages that show lists, and who looks at each."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.phases import Phase


class Looker(StrEnum):
    """Who asks for a page."""

    ORGANISER = "organiser"
    JUROR = "juror"
    CHAIR = "chair"
    COMPANY = "company"
    PROGRAM = "program"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Seen:
    """A page: its name, its address, who asks, and in which phase it is worth looking at."""

    name: str
    path: str
    looker: Looker
    phase: Phase = Phase.EVALUATION


def pages_of(code: str, juror: UUID, chair: UUID) -> tuple[Seen, ...]:
    """Every list, board and ranking of a cycle."""
    desk, rest = f"/organisation/{code}", f"/api/v1/cycles/{code}"
    return (
        Seen("cycles", "/organisation", Looker.ORGANISER),
        Seen("board", desk, Looker.ORGANISER),
        Seen("applications", f"{desk}/candidatures", Looker.ORGANISER),
        Seen("applications_filtered", f"{desk}/candidatures?categorie=QUA", Looker.ORGANISER),
        Seen("applications_searched", f"{desk}/candidatures?cherche=a1", Looker.ORGANISER),
        Seen("jury", f"{desk}/jury", Looker.ORGANISER),
        Seen("results", f"{desk}/resultats", Looker.ORGANISER, Phase.DELIBERATION),
        Seen("letters", f"{desk}/lettres", Looker.ORGANISER),
        Seen("letters_failed", f"{desk}/lettres?etat=failed", Looker.ORGANISER),
        Seen("journal", f"{desk}/journal", Looker.ORGANISER),
        Seen("juror_cards", f"/jury/{juror}", Looker.JUROR),
        Seen("deliberation", f"/jury/{chair}/deliberation", Looker.CHAIR, Phase.DELIBERATION),
        Seen("ranking", f"/jury/{chair}/deliberation/QUA", Looker.CHAIR, Phase.DELIBERATION),
        Seen("my_space", "/mon-espace", Looker.COMPANY),
        Seen("home", "/", Looker.ANYBODY),
        Seen("palmares_list", "/palmares", Looker.ANYBODY, Phase.PUBLISHED),
        Seen("palmares", f"/palmares/{code}", Looker.ANYBODY, Phase.PUBLISHED),
        Seen("rest_cycles", "/api/v1/cycles", Looker.PROGRAM),
        Seen("rest_applications", f"/api/v1/applications?cycle={code}", Looker.PROGRAM),
        Seen("rest_jurors", f"{rest}/jurors", Looker.PROGRAM),
        Seen("rest_letters", f"{rest}/letters", Looker.PROGRAM),
    )
