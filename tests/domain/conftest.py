"""The templates that the service ships, read once."""

from pathlib import Path

import pytest
import yaml

from domain.edition import EditionTemplate
from domain.edition_parsing import edition_from

DATA = Path(__file__).resolve().parents[2] / "data"


def _document(path: str) -> dict[str, object]:
    return yaml.safe_load((DATA / path).read_text(encoding="utf-8"))


@pytest.fixture
def shipped_document() -> dict[str, object]:
    return _document("editions/trophees-insertion-v1.yaml")


@pytest.fixture
def small_document() -> dict[str, object]:
    return _document("editions/sample-small-v1.yaml")


@pytest.fixture(scope="session")
def shipped() -> EditionTemplate:
    return edition_from(_document("editions/trophees-insertion-v1.yaml"))


@pytest.fixture
def last_document() -> dict[str, object]:
    return _document("editions/trophees-insertion-v2.yaml")


@pytest.fixture(scope="session")
def last() -> EditionTemplate:
    return edition_from(_document("editions/trophees-insertion-v2.yaml"))


@pytest.fixture(scope="session")
def small() -> EditionTemplate:
    return edition_from(_document("editions/sample-small-v1.yaml"))


@pytest.fixture
def territories() -> list[dict[str, object]]:
    return _document("territories/france-v1.yaml")["territories"]
