"""Where a report stands with its dates: by when, whether it is late, and what that changes."""

from dataclasses import dataclass
from datetime import datetime

from api.pages.charter.company.desk import Desk
from api.pages.charter.company.stages import until_of
from api.pages.charter.report.desk import Account
from domain.charter.situation import Step
from domain.charter.states import State


@dataclass(frozen=True, slots=True)
class Standing:
    """By when the report is due; ``removal_at`` when silence would end the adherence."""

    until: datetime | None
    is_late: bool
    is_missed: bool
    is_returned: bool
    removal_at: datetime | None


def standing_of(desk: Desk, account: Account) -> Standing:
    """The dates of a report that may be written now."""
    report, situation = account.report, account.file.situation
    returned = report.step is Step.RETURNED
    until = report.return_until if returned else report.closes_at
    missed = situation.missed_on is not None
    return Standing(
        until=until,
        is_late=missed or (until is not None and desk.now > until),
        is_missed=missed,
        is_returned=returned,
        removal_at=until_of(account.file) if situation.state is State.UNREPORTED else None,
    )
