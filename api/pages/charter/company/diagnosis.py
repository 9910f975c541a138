"""The self-diagnosis: twenty questions, private, and the commitments that they suggest."""

from collections.abc import Mapping

from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.parts import PartPage, View, routes_of
from api.pages.charter.company.paths import DIAGNOSIS
from api.pages.charter.company.words import DEGREES, FOOTING_TONES, FOOTINGS
from domain.charter.diagnosis import readings
from domain.charter.sheet import diagnosis_in, question_box


def _boxes(file: File) -> tuple[str, ...]:
    return tuple(question_box(each.code) for each in file.charter.self_diagnosis)


def _context(desk: Desk, view: View) -> Mapping[str, object]:
    charter = view.file.charter
    answers = diagnosis_in(view.sheet, charter)
    return {
        "groups": [
            (each, [one for one in charter.self_diagnosis if one.commitment == each.code])
            for each in charter.commitments
        ],
        "degrees": [(degree.value, desk.screen.say(name)) for degree, name in DEGREES.items()],
        "answered": len(answers),
        "asked": len(charter.self_diagnosis),
        "readings": readings(charter, answers, view.file.size),
        "footings": FOOTINGS,
        "tones": FOOTING_TONES,
    }


router = routes_of(PartPage(DIAGNOSIS, "pages/charter/company/diagnosis.html", _boxes, _context))
