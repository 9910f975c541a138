"""How many complaints one person may send, as the file says it."""

from functools import cache
from pathlib import Path

import yaml

from domain.charter.complaint_limits import ComplaintLimits, limits_from

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "complaints.yaml"


@cache
def complaint_limits() -> ComplaintLimits:
    """The limits of the file ``data/complaints.yaml``, read once."""
    return limits_from(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))
