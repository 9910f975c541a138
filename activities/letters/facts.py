"""The facts of a letter, from the JSON of the ledger to what its templates read."""

from datetime import date, datetime

from jinja2 import TemplateError

from activities.letters.words import plain_name

# Facts that people typed on one line.
NAMES = frozenset(
    {
        "asked_by",
        "category",
        "company",
        "cycle_name",
        "cycle_short",
        "edition",
        "invited_by",
        "new_category",
        "number",
        "old_category",
        "partner_name",
        "prize",
        "title",
    }
)
# What a template and its filters raise when a fact is missing, or is of another version of us.
UNSAYABLE = (
    TemplateError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


def fact(name: str, value: object) -> object:
    """An instant, a civil day or a name on one line, as the name of the fact says."""
    if not isinstance(value, str):
        return value
    if name.endswith(("_at", "_until")) and value:
        return datetime.fromisoformat(value)
    if name.endswith("_on") and value:
        return date.fromisoformat(value)
    return plain_name(value) if name in NAMES else value
