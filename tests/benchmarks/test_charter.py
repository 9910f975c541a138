from collections import Counter

import pytest

from benchmarks.charter.fates import Fate, fate_of
from embedded import temporal
from settings import Settings


def test_half_of_the_reports_are_validated_and_the_others_are_mixed() -> None:
    counts = Counter(fate_of(rank, 2030) for rank in range(1000))

    assert counts == {Fate.VALIDATED: 500, Fate.TACIT: 300, Fate.RESTORED: 200}


@pytest.mark.parametrize("rank", range(10))
def test_in_five_years_every_company_reports_and_is_forgotten_at_least_once(rank: int) -> None:
    fates = {fate_of(rank, year) for year in range(2028, 2033)}

    assert fates >= {Fate.VALIDATED, Fate.TACIT}


@pytest.mark.parametrize(
    ("settings", "tuned"),
    [
        pytest.param(Settings(), [], id="never by default"),
        pytest.param(
            Settings(temporal_skips_time=True),
            ["frontend.WorkflowTimeSkippingEnabled=true"],
            id="where it is asked for",
        ),
    ],
)
def test_the_embedded_temporal_moves_no_workflow_forward_unless_asked(
    settings: Settings, tuned: list[str]
) -> None:
    words = temporal.command_line(settings)

    assert [word for word in words if "TimeSkipping" in word] == tuned
