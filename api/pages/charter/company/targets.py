"""The targets: for each commitment, from where, to where and by when."""

from collections.abc import Mapping

from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.parts import PartPage, View, routes_of
from api.pages.charter.company.paths import CHOICE, TARGETS, page_of
from api.pages.charter.company.words import SENSES
from domain.charter.entry import chosen, followed
from domain.charter.sheet import TARGET_BOXES, entry_in, target_box
from domain.charter.writing import term_to_sign


def _boxes(file: File) -> tuple[str, ...]:
    return tuple(
        target_box(indicator.code, box)
        for commitment in chosen(file.charter, entry_in(file.sheet, file.charter))
        for indicator in commitment.indicators
        for box in TARGET_BOXES
    )


def _context(desk: Desk, view: View) -> Mapping[str, object]:
    file = view.file
    entry = entry_in(view.sheet, file.charter)
    return {
        "groups": [(each, len(followed(each, entry))) for each in chosen(file.charter, entry)],
        "senses": SENSES,
        "term": term_to_sign(file.situation, file.charter.periods, desk.now),
        "last_year": desk.today(file).year - 1,
        "choice_url": page_of(file.id, CHOICE),
        "has_choice": any(not each.compulsory for each in chosen(file.charter, entry)),
    }


router = routes_of(PartPage(TARGETS, "pages/charter/company/targets.html", _boxes, _context))
