"""The pages that show lists, and who looks at each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from domain.phases import Phase


class Looker(StrEnum):
    """Who asks for a page."""

    ORGANISER = "organiser"
    NATIONAL = "national"
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
        *_charter(),
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


def _charter() -> tuple[Seen, ...]:
    """The board and the lists of those who run the charter."""
    desk, year = "/organisation/charte", datetime.now(UTC).year
    named = {
        "charter_board": "",
        "charter_files": "/dossiers",
        "charter_reports": "/bilans",
        "charter_campaign": f"/bilans?annee={year}&etape=attendus",
        "adherents": "/adherents",
        "adherents_filtered": "/adherents?etat=active&territoire=REG-53",
        "adherents_searched": "/adherents?cherche=a1",
        "letters_to_come": "/lettres",
        "charter_letters": "/lettres/registre?etat=failed",
    }
    return tuple(Seen(name, desk + path, Looker.NATIONAL) for name, path in named.items())
