"""The signatories of the story may sign and report as told, on the days that the charter gives."""

from datetime import date

import pytest

from demo.acts.attested import expected
from demo.cast import Fate, Signatory, the_cast
from demo.coming import coming_from
from demo.signatories import targets_of
from domain.charter.dates import first_term
from domain.charter.entry_gaps import gaps
from domain.charter.reporting import report_gaps
from domain.charter.sheet import entry_in
from domain.charter.sizes import size_of
from domain.registry import RegistryFacts
from embedded.registry.application import catalogue
from tests.domain.charters import CHARTER, PERIODS

TODAY = date(2026, 11, 23)
SIGNATORIES = the_cast().signatories


@pytest.mark.parametrize("played", SIGNATORIES, ids=lambda played: played.name)
def test_what_a_signatory_promises_may_be_signed_and_what_it_tells_may_be_sent(
    played: Signatory,
) -> None:
    staff = {each.siret: each.staff for each in catalogue().companies}[played.siret]
    size = size_of(RegistryFacts(found=True, verified=True, size_code=staff))
    sheet = {f"commitment.{code}": "yes" for code in played.commitments}
    entry = entry_in(sheet | dict(targets_of(played, TODAY)), CHARTER)
    term = first_term(TODAY, PERIODS)

    lacking = [gap for gap in gaps(CHARTER, size, entry, term, TODAY) if gap.section != "roles"]
    answers = {
        "values": {code: {"value": value} for code, value in played.values.items()},
        "narratives": {},
        "support": "yes",
    }
    untold = report_gaps(CHARTER, entry, answers, coming_from(TODAY).year)

    assert lacking == []
    assert bool(untold) is (played.fate is Fate.STAYS_SILENT)


def test_each_fate_is_played_once() -> None:
    assert [each.fate for each in SIGNATORIES] == list(Fate)


@pytest.mark.parametrize(
    ("today", "days"),
    [
        pytest.param(
            date(2026, 9, 15),
            (date(2027, 2, 8), date(2027, 5, 3), date(2027, 7, 7), date(2027, 11, 2)),
            id="accepted in September, the window of next year",
        ),
        pytest.param(
            date(2026, 11, 23),
            (date(2028, 2, 8), date(2028, 5, 3), date(2028, 7, 10), date(2028, 11, 2)),
            id="accepted in November, that of the year after",
        ),
    ],
)
def test_the_days_of_the_story_are_those_of_the_charter(
    today: date, days: tuple[date, ...]
) -> None:
    coming = coming_from(today)

    assert (coming.in_time, coming.missed, coming.late, coming.removed) == days


def test_who_stays_silent_is_reminded_put_on_notice_and_removed_in_this_order() -> None:
    letters = expected(Fate.STAYS_SILENT, coming_from(TODAY))

    assert letters == [
        "charter_receipt",
        "charter_accepted",
        "charter_window_open",
        *["charter_report_reminder"] * 4,
        "charter_report_missed",
        *["charter_missed_notice"] * 2,
        "charter_formal_notice",
        "charter_removed",
    ]
