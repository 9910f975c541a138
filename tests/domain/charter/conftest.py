"""The charter that the service ships, and a file that lacks nothing."""

from pathlib import Path

import pytest
import yaml

from domain.charter.document import CharterDocument
from domain.charter.parsing import charter_from

DATA = Path(__file__).resolve().parents[3] / "data" / "charters"


def read_document() -> dict[str, object]:
    return yaml.safe_load((DATA / "charte-insertion-v1.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def charter_document() -> dict[str, object]:
    return read_document()


@pytest.fixture(scope="session")
def charter() -> CharterDocument:
    return charter_from(read_document())


@pytest.fixture
def complete_entry() -> dict[str, object]:
    """A very small company that buys from inclusive organisations, besides what all promise."""
    someone = {"name": "Claire Martin", "function": "Gérante", "email": "claire@exemple.fr"}
    return {
        "commitments": ["E1", "E3", "E10"],
        "targets": {
            "I1.1": {"baseline": "no", "target": "yes", "by": "2026-12-31"},
            "I3.1": {"baseline": "120 000", "target": "150 000", "by": "2027-12-31"},
            "I10.3": {"baseline": "0", "target": "1", "by": "2028-12-31"},
        },
        "roles": {
            code: dict(someone)
            for code in ("signatory", "lead", "purchasing", "staff", "reporting")
        },
    }
