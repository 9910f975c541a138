"""The dates of a vote as they are typed: a day and an hour of Paris each."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from api.posted import PostedForm
from domain.civil import instant
from domain.refusals import N_, Refusal

PARIS = "Europe/Paris"
FIRST_YEAR, LAST_YEAR = 2000, 2200
DATES = {
    "opens_at": N_("Ouverture du vote"),
    "closes_at": N_("Clôture du vote"),
    "publishes_at": N_("Publication des résultats"),
}
NOT_A_DATE = N_("Indiquez un jour et une heure, par exemple 18/10/2027 09:00.")


def instants_in(
    form: PostedForm, now: Mapping[str, datetime]
) -> tuple[dict[str, datetime], dict[str, Refusal]]:
    """The instants that were typed, and what is wrong with the others.

    One that was left as the page showed it stays as it is, with the fractions that no field shows.
    """
    found: dict[str, datetime] = {}
    wrong: dict[str, Refusal] = {}
    for name in DATES:
        try:
            is_kept = form.get(name) == as_typed(now[name])
            found[name] = now[name] if is_kept else _instant(form.get(name))
        except Refusal as refusal:
            wrong[name] = refusal
    return found, wrong


def as_typed(moment: datetime) -> str:
    """An instant as a field shows it, in the hour of Paris; seconds only when there are some."""
    local = moment.astimezone(ZoneInfo(PARIS)).replace(tzinfo=None)
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def _instant(typed: str) -> datetime:
    try:
        local = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise Refusal(NOT_A_DATE) from None
    if local.tzinfo is not None or not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise Refusal(NOT_A_DATE)
    return instant(local.date(), local.time(), PARIS)
