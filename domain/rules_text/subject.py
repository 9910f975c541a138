"""What the rules of one cycle are about: everything that fills their articles."""

from dataclasses import dataclass

from domain.calendar import CycleCalendar
from domain.edition import EditionTemplate
from domain.levels import Level
from domain.texts import Text


@dataclass(frozen=True, slots=True)
class Subject:
    """A cycle, the template that it froze as it stands at its level, and its dates."""

    template: EditionTemplate
    edition: str
    cycle: str
    year: int
    zone: str
    level: Level
    calendar: CycleCalendar
    calendar_version: int
    fingerprint: str
    contact: str
    places: tuple[Text, ...] = ()
