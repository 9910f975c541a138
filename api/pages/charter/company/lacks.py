"""What an entry file lacks, box by box, and where to put it right."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.paths import (
    CHOICE,
    DIAGNOSIS,
    OWED,
    ROLES,
    TARGETS,
    page_of,
)
from domain.charter.diagnosis import is_complete
from domain.charter.entry_gaps import gaps
from domain.charter.gaps import Gap, Part
from domain.charter.report_sheet import box_of as box_of_report
from domain.charter.sheet import SIZE, Sheet, entry_in, role_box, size_in, target_box
from domain.charter.sizes import Size
from domain.charter.writing import term_to_sign
from domain.refusals import N_

PAGES = {Part.CHOICE: CHOICE, Part.TARGETS: TARGETS, Part.ROLES: ROLES}
UNANSWERED = N_("Répondez aux questions de l'autodiagnostic : il reste privé.")


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing or wrong, in the reader's words, with what it is about and where it is."""

    page: str
    about: str
    sentence: str
    url: str


def gaps_of(desk: Desk, file: File, sheet: Sheet) -> tuple[Gap, ...]:
    """The gaps of a sheet, if it were signed now."""
    size = size_in(sheet)
    return gaps(
        file.charter,
        Size(size) if size else None,
        entry_in(sheet, file.charter),
        term_to_sign(file.situation, file.charter.periods, desk.now),
        desk.today(file),
    )


def lacks_of(desk: Desk, file: File) -> tuple[Lack, ...]:
    """Everything to put right before signing, each with a link."""
    found = tuple(_lack(desk, file, gap) for gap in gaps_of(desk, file, file.sheet))
    return (*_of_the_owed(desk, file), *_of_the_diagnosis(desk, file), *found)


def box_of(gap: Gap) -> str:
    """The box of the page beside which a gap is said; none when it is about the whole page."""
    if gap.section is Part.TARGETS:
        return target_box(gap.code, gap.box) if gap.box else ""
    if gap.section is Part.ROLES:
        return role_box(gap.code, gap.box or "name")
    return SIZE if gap.code == SIZE else ""


def _of_the_owed(desk: Desk, file: File) -> Iterator[Lack]:
    """What is left to write of the report that a company removed for silence brings with its file."""
    if file.owed is None:
        return
    for gap in file.owed.gaps:
        about = ""
        if gap.section is Part.VALUES:
            name = file.owed.charter.indicator(gap.code).name.in_(desk.screen.language)
            about = f"{gap.code} {name}"
        url = page_of(file.id, OWED) + f"#field-{box_of_report(gap)}"
        yield Lack(OWED, about, desk.say_gap(gap), url)


def _of_the_diagnosis(desk: Desk, file: File) -> Iterator[Lack]:
    if not is_complete(file.charter, file.diagnosis):
        url = page_of(file.id, DIAGNOSIS)
        yield Lack(DIAGNOSIS, "", desk.screen.say(UNANSWERED), url)


def _lack(desk: Desk, file: File, gap: Gap) -> Lack:
    page, box = PAGES[gap.section], box_of(gap)
    url = page_of(file.id, page) + (f"#field-{box}" if box else "")
    return Lack(page, _about(desk, file, gap), desk.say_gap(gap), url)


def _about(desk: Desk, file: File, gap: Gap) -> str:
    """The indicator or the role that a sentence does not name by itself."""
    language, charter = desk.screen.language, file.charter
    if gap.section is Part.TARGETS and gap.box:
        return f"{gap.code} {charter.indicator(gap.code).name.in_(language)}"
    if gap.section is Part.ROLES:
        return next(each.name.in_(language) for each in charter.roles if each.code == gap.code)
    return ""
