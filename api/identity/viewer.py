"""The person who asks, as pages know them."""

from dataclasses import dataclass
from uuid import UUID

from domain.refusals import N_

PUBLIC = ("/palmares", N_("Palmarès"))
MINE = ("/mon-espace", N_("Mon espace"))
ORGANISING = ("/organisation", N_("Organisation"))


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody signed in: who, in which language, and what they organise."""

    person_id: UUID
    email: str
    name: str
    language: str
    session: str
    organises: frozenset[UUID] = frozenset()
    organises_everything: bool = False

    @property
    def is_organiser(self) -> bool:
        """Whether the person organises at least one cycle."""
        return self.organises_everything or bool(self.organises)

    @property
    def navigation(self) -> tuple[tuple[str, str], ...]:
        """The first links of every page, with French labels."""
        return (MINE, *((ORGANISING,) if self.is_organiser else ()), PUBLIC)
