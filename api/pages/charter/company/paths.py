"""The addresses of the pages of an adherence."""

from uuid import UUID

JOIN = "/charte/adherer"
DIAGNOSIS = "autodiagnostic"
CHOICE = "engagements"
TARGETS = "cibles"
ROLES = "roles"
REVIEW = "relecture"
SIGNATURE = "signature"
ABANDON = "abandon"
COMPLEMENTS = "complements"
RENEWAL = "renouvellement"
WITHDRAWAL = "retrait"
SUCCESSOR = "successeur"
OWED = "bilan-manquant"
TEAM = "equipe"
HEAD = "direction"
# The pages on which the file is written, in their order.
PARTS = (DIAGNOSIS, CHOICE, TARGETS, ROLES)


def home_of(adherence_id: UUID) -> str:
    """Where the adherence stands, and what comes next."""
    return f"/adhesions/{adherence_id}"


def page_of(adherence_id: UUID, page: str) -> str:
    """One of its pages."""
    return f"/adhesions/{adherence_id}/{page}"


def following(adherence_id: UUID, page: str) -> str:
    """The page that comes after one on which the file is written."""
    rest = PARTS[PARTS.index(page) + 1 :]
    return page_of(adherence_id, rest[0] if rest else REVIEW)
