"""What a quorum and a cut-off would do now: whether the final begins, or what it still waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.editions import final_may_begin, is_awaited, is_decided
from domain.phases import Phase
from domain.refusals import N_

BEGINS = N_(
    "Avec ces termes, la finale commencerait tout de suite : %(decided)s territoires ont décidé, et "
    "%(awaited)s en retard n'y entreraient que s'ils décident avant la clôture de ses dossiers."
)
NOBODY = N_(
    "Avec ces termes, la finale attendrait : aucun territoire n'a encore décidé, il n'y aurait personne "
    "à juger."
)
SHORT = N_(
    "Avec ces termes, la finale attendrait encore : la date limite est passée, %(decided)s territoires "
    "ont décidé, et il en faut %(quorum)s."
)
WAITS = N_(
    "Avec ces termes, la finale commencerait dès que tous ont décidé (%(awaited)s attendus), ou à partir "
    "du %(cutoff)s si %(quorum)s ont décidé ; %(decided)s l'ont fait."
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A French sentence with its facts, and whether the final begins at once."""

    sentence: str
    facts: dict[str, int | datetime]
    begins: bool = False


def outlook(
    territories: Iterable[Phase], quorum: int, cutoff_at: datetime, now: datetime
) -> Outlook:
    """What would happen at this instant under a quorum and a cut-off."""
    phases = tuple(territories)
    facts: dict[str, int | datetime] = {
        "decided": sum(map(is_decided, phases)),
        "awaited": sum(map(is_awaited, phases)),
        "quorum": quorum,
        "cutoff": cutoff_at,
    }
    if final_may_begin(phases, quorum, cutoff_at, now):
        return Outlook(BEGINS, facts, begins=True)
    if now < cutoff_at:
        return Outlook(WAITS, facts)
    return Outlook(SHORT if facts["decided"] else NOBODY, facts)
