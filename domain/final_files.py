"""How a file came into the final: nobody applies there, files go up from the territories."""

from enum import StrEnum

from domain.refusals import N_


class Entry(StrEnum):
    """How an application came into its cycle."""

    APPLIED = "applied"
    PROMOTED = "promoted"
    CARRIED = "carried"
    REGROUPED = "regrouped"


ENTRY_NAMES = {
    Entry.APPLIED: N_("Candidature directe"),
    Entry.PROMOTED: N_("Lauréat de son territoire"),
    Entry.CARRIED: N_("Hors territoire"),
    Entry.REGROUPED: N_("Venue d'un territoire voisin"),
}
# They were screened in their territory: what they change is not screened a second time.
GONE_UP = frozenset({Entry.PROMOTED, Entry.CARRIED})

NO_APPLICATIONS = N_(
    "On ne candidate pas à la finale nationale : y entrent les lauréats des territoires. "
    "Candidatez dans votre territoire."
)
