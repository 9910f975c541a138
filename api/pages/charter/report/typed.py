"""What was typed in a report, box by box."""

from api.pages.charter.report.desk import Account
from api.posted import PostedForm
from domain.answers import TICKED
from domain.charter.entry import NO_TARGET, all_followed
from domain.charter.people import may_support
from domain.charter.report_sheet import SUPPORT, measure_box, narrative_box
from domain.charter.reporting import is_due


def boxes_of(account: Account) -> tuple[str, ...]:
    """The boxes that the page shows: an explanation once a target is judged, the support to the head."""
    file, entry, year = account.file, account.report.entry, account.report.year
    found: list[str] = []
    for each in all_followed(file.charter, entry):
        target = entry.targets.get(each.code, NO_TARGET)
        parts = ["value", "carried", "estimate", "comment"]
        if is_due(target.by, year):
            parts.append("explanation")
        found.extend(measure_box(each.code, part) for part in parts)
    found.extend(narrative_box(each.code) for each in file.charter.report.narratives)
    return (*found, SUPPORT) if may_support(file.charter, file.roles) else tuple(found)


def typed_in(account: Account, form: PostedForm) -> dict[str, str]:
    """What was typed; a value carried from last year stays so until it is confirmed or replaced."""
    typed = {box: form.get(box).strip() for box in boxes_of(account)}
    for each in all_followed(account.file.charter, account.report.entry):
        carried = form.get(f"was.{each.code}")
        is_same = bool(carried) and typed[measure_box(each.code, "value")] == carried
        is_confirmed = form.get(f"confirm.{each.code}") == TICKED
        typed[measure_box(each.code, "carried")] = TICKED if is_same and not is_confirmed else ""
    return typed
