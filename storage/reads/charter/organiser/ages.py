"""How long something has waited, in civil days where the company is."""

from datetime import datetime
from zoneinfo import ZoneInfo


def age_in_days(since: datetime, now: datetime, zone: str) -> int:
    """How many days have turned since then; nothing on the first day."""
    there = ZoneInfo(zone)
    return (now.astimezone(there).date() - since.astimezone(there).date()).days
