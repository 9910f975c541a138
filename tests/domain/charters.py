"""The shipped charter, for the tests of its rules."""

from pathlib import Path

import yaml

from domain.charter.parsing import charter_from

SHIPPED = Path(__file__).parents[2] / "data" / "charters" / "charte-insertion-v1.yaml"
CHARTER = charter_from(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))
PERIODS = CHARTER.periods
