"""A report to read: as it was sent, with its receipt; or that none was."""

from collections.abc import Sequence

from starlette.responses import Response

from api.pages.charter.company.desk import Desk
from api.pages.charter.company.stages import what_is_next
from api.pages.charter.public.sheet import TONES, WORDS
from api.pages.charter.report.desk import Account, base_of
from api.pages.charter.report.shown import groups_of, told_in
from domain.charter.situation import Step
from domain.charter.wording import siren_in_groups


def show_report(
    desk: Desk, account: Account, refused: str = "", unsaved: Sequence[tuple[str, str]] = ()
) -> Response:
    """Show a report that may not be written, and what somebody typed too late."""
    file, report = account.file, account.report
    due = file.situation.report
    is_waiting = report.step is Step.SUBMITTED and due is not None and due.year == report.year
    levels = {each.code.value: each for each in file.charter.levels}
    return desk.screen.show(
        "pages/charter/report/read.html",
        409 if refused else 200,
        **base_of(account),
        groups=groups_of(desk, account),
        told=told_in(account),
        words=WORDS,
        tones=TONES,
        number=f"{siren_in_groups(file.siren)}-{report.year}",
        next=what_is_next(desk, file) if is_waiting else "",
        level=levels.get(report.level),
        unsaved=list(unsaved),
        complaints={"": refused} if refused else {},
    )
