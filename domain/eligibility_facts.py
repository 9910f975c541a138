"""What is known about a candidate when its eligibility is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class RegistryFacts:
    """What the public register says of an establishment; None where it says nothing.

    ``verified`` means that the organiser accepted a proof in place of the register.
    """

    found: bool
    active: bool | None = None
    created_on: date | None = None
    verified: bool = False
    in_liquidation: bool | None = None


class CharterStanding(StrEnum):
    """Where a company stood with the charter when the call closed, and what was decided since."""

    IN_ORDER = "in_order"
    FILED = "filed"
    REFUSED = "refused"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class EligibilityFacts:
    """What the rules look at; None means that nobody knows yet.

    ``registry`` is None while the register has not answered. Counts leave this application out.
    """

    category: str
    closes_at: datetime
    answers: Mapping[str, object]
    registry: RegistryFacts | None = None
    same_siret_and_category: int = 0
    other_categories: int = 0
    charter: CharterStanding | None = None
    recent_laureate: bool | None = None
    tied_to_organiser: bool | None = None
    partner_is_inclusive: bool | None = None
    partner_confirmed: bool | None = None
    zone: str = "Europe/Paris"

    @property
    def closing_day(self) -> date:
        """The civil day of the closing, where the edition is run."""
        return self.closes_at.astimezone(ZoneInfo(self.zone)).date()

    def answer(self, code: str) -> str:
        """What was answered to a question of one line, empty when nothing was."""
        answer = self.answers.get(code, "")
        return answer.strip() if isinstance(answer, str) else ""

    def date_answered(self, code: str) -> date | None:
        """The date answered, if it is one."""
        try:
            return date.fromisoformat(self.answer(code))
        except ValueError:
            return None
