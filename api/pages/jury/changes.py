"""What a file says otherwise than when a juror scored it."""

from api.pages.jury.reading import shown_questions
from domain.edition import EditionTemplate
from domain.refusals import N_
from domain.texts import Text
from storage.reads.jury_file import Sheet

PIECES = N_("Les pièces jointes")


def what_changed(template: EditionTemplate, sheet: Sheet) -> tuple[Text | str, ...]:
    """The questions whose answers are others now, in the order of the form; nothing if unchanged."""
    if sheet.read is None:
        return ()
    before = sheet.read.answers
    labels = [
        question.label
        for question in shown_questions(template, sheet.category)
        if before.get(question.code) != sheet.answers.get(question.code)
    ]
    pieces = frozenset(each.sha256 for each in sheet.files)
    return (*labels, *([PIECES] if pieces != sheet.read.pieces else []))
