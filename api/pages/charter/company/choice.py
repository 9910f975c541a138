"""The commitments: those of everybody, and those that the company chooses, with help."""

from collections.abc import Mapping

from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.parts import PartPage, View, routes_of
from api.pages.charter.company.paths import CHOICE
from api.pages.charter.company.words import FOOTING_TONES, FOOTINGS, SIZES
from domain.charter.diagnosis import readings
from domain.charter.sheet import SIZE, choice_box, size_in
from domain.charter.sizes import Size


def _boxes(file: File) -> tuple[str, ...]:
    choices = tuple(choice_box(each.code) for each in file.charter.optional)
    return (*choices, SIZE) if _is_asked_its_size(file) else choices


def _is_asked_its_size(file: File) -> bool:
    return file.size is None or file.size_declared


def _context(desk: Desk, view: View) -> Mapping[str, object]:
    file, charter = view.file, view.file.charter
    size = size_in(view.sheet)
    return {
        "readings": readings(charter, file.diagnosis, file.size),
        "footings": FOOTINGS,
        "tones": FOOTING_TONES,
        "size": size,
        "size_name": SIZES[Size(size)] if size else "",
        "is_asked_its_size": _is_asked_its_size(file),
        "sizes": [(each.value, desk.screen.say(name)) for each, name in SIZES.items()],
        "minimum": charter.minimum(Size(size)) if size else None,
        "chosen": sum(bool(view.sheet.get(choice_box(each.code))) for each in charter.optional),
        "common": len(charter.compulsory),
    }


router = routes_of(PartPage(CHOICE, "pages/charter/company/choice.html", _boxes, _context))
