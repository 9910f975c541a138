"""The phases of an edition, who settles what in them, and when its final may begin."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from domain.phases import ORDER, Phase
from domain.refusals import N_, Refusal


class EditionPhase(StrEnum):
    """Where an edition stands; one whose cycles are opened one by one stays ``by_hand``."""

    BY_HAND = "by_hand"
    PREPARED = "prepared"
    TERRITORIAL = "territorial"
    FINAL = "final"
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"


EDITION_ORDER = (
    EditionPhase.PREPARED,
    EditionPhase.TERRITORIAL,
    EditionPhase.FINAL,
    EditionPhase.PUBLISHED,
    EditionPhase.CLOSED,
)
EDITION_NAMES = {
    EditionPhase.BY_HAND: N_("Cycles ouverts un à un"),
    EditionPhase.PREPARED: N_("À confirmer"),
    EditionPhase.TERRITORIAL: N_("Trophées des territoires"),
    EditionPhase.FINAL: N_("Finale nationale"),
    EditionPhase.PUBLISHED: N_("Palmarès national publié"),
    EditionPhase.CLOSED: N_("Close"),
    EditionPhase.CANCELLED: N_("Annulée"),
}
EDITION_ENDED = frozenset({EditionPhase.CLOSED, EditionPhase.CANCELLED})


class EditionAct(StrEnum):
    """What the national organiser asks of an edition."""

    REVISE = "revise_plan"
    CONFIRM = "confirm_edition"
    BEGIN_FINAL = "begin_final"
    SET_TERMS = "set_final_terms"
    MOVE = "move_edition_dates"
    CANCEL = "cancel_edition"


EDITION_MOVES: Mapping[EditionAct, frozenset[EditionPhase]] = {
    EditionAct.REVISE: frozenset({EditionPhase.PREPARED}),
    EditionAct.CONFIRM: frozenset({EditionPhase.PREPARED}),
    EditionAct.BEGIN_FINAL: frozenset({EditionPhase.TERRITORIAL}),
    EditionAct.SET_TERMS: frozenset({EditionPhase.TERRITORIAL}),
    EditionAct.MOVE: frozenset(
        {EditionPhase.TERRITORIAL, EditionPhase.FINAL, EditionPhase.PUBLISHED}
    ),
    EditionAct.CANCEL: frozenset(
        {EditionPhase.PREPARED, EditionPhase.TERRITORIAL, EditionPhase.FINAL}
    ),
}
NOT_NOW: Mapping[EditionAct, str] = {
    EditionAct.REVISE: N_(
        "Cette édition est confirmée : ses territoires ne changent plus, et ses dates se déplacent "
        "depuis sa page « Dates »."
    ),
    EditionAct.CONFIRM: N_("Cette édition n'attend plus de confirmation."),
    EditionAct.BEGIN_FINAL: N_(
        "La finale s'ouvre tant que les territoires courent : cette édition n'en est plus là."
    ),
    EditionAct.SET_TERMS: N_(
        "Le quorum et la date limite ne changent que tant que la finale n'a pas commencé."
    ),
    EditionAct.MOVE: N_("Cette édition n'a pas commencé, ou elle est terminée."),
    EditionAct.CANCEL: N_("Cette édition est terminée : elle ne peut plus être annulée."),
}


NOT_YET = N_(
    "Cette édition attend sa confirmation : jusque-là, ses territoires, ses dates, son quorum et sa "
    "date limite se changent depuis sa page de confirmation."
)


def check_edition(phase: EditionPhase, act: EditionAct) -> None:
    """Refuse what the phase of the edition does not allow."""
    if phase in EDITION_MOVES[act]:
        return
    raise Refusal(NOT_YET if phase is EditionPhase.PREPARED else NOT_NOW[act])


def is_decided(phase: Phase) -> bool:
    """Whether the jury of a territory has signed, so that its laureates may go up."""
    return phase in ORDER and ORDER.index(phase) >= ORDER.index(Phase.DECIDED)


def is_awaited(phase: Phase) -> bool:
    """Whether the final would still gain by waiting for this territory."""
    return phase is not Phase.CANCELLED and not is_decided(phase)


def final_may_begin(
    territories: Iterable[Phase], quorum: int, cutoff_at: datetime, now: datetime
) -> bool:
    """Whether every territory has decided, or enough of them once the cut-off has passed.

    A territory that was cancelled is not waited for, and does not count; with none left that has
    decided there is nobody to judge.
    """
    phases = tuple(territories)
    decided = sum(map(is_decided, phases))
    if not decided:
        return False
    return not any(map(is_awaited, phases)) or (now >= cutoff_at and decided >= quorum)


def takes_late_laureates(national: Phase) -> bool:
    """Whether a laureate may still be taken up: until the national jury begins to read."""
    return national in {Phase.PREPARED, Phase.OPEN}
