"""The marks and comments that a form carries, and what is wrong in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from api.pages.jury.complaints import Complaints, Said
from api.posted import PostedForm
from domain.answers import count_characters
from domain.judging import Category, Scale
from domain.refusals import N_
from domain.scoring import check_card, exact_note, is_mark, shown

COMMENT_LIMIT = 1000
MARK = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Written:
    """What a juror wrote on a card: whole numbers of the scale, and words."""

    marks: Mapping[str, int]
    comments: Mapping[str, str]

    def total(self, category: Category, scale: Scale) -> int | None:
        """The note out of 100 that these marks make, once every criterion has one."""
        if any(code not in self.marks for code in category.criterion_codes):
            return None
        return shown(exact_note(category, scale, self.marks))


def written_in(form: PostedForm, category: Category, scale: Scale) -> tuple[Written, Complaints]:
    """What the form says about the criteria of the category, and what cannot be kept of it."""
    typed = {code: form.get(f"score.{code}").strip() for code in category.criterion_codes}
    comments = {code: form.get(f"comment.{code}").strip() for code in category.criterion_codes}
    marks = {code: int(mark) for code, mark in typed.items() if MARK.fullmatch(mark)}
    complaints: dict[str, Said] = {}
    for code, mark in typed.items():
        if mark and not is_mark(scale, marks.get(code)):
            marks.pop(code, None)
            facts = {"lowest": scale.lowest, "highest": scale.highest}
            sentence = N_("Donnez un nombre entier de %(lowest)s à %(highest)s.")
            complaints[f"score.{code}"] = (sentence, facts)
    for code, comment in comments.items():
        if count_characters(comment) > COMMENT_LIMIT:
            sentence = N_("Ce texte est trop long : 1 000 caractères au plus.")
            complaints[f"comment.{code}"] = (sentence, {})
    kept = {code: comment for code, comment in comments.items() if comment}
    return Written(marks, kept), complaints


def kept_in(marks: Mapping[str, object], comments: Mapping[str, object]) -> Written:
    """What the draft of a card holds."""
    return Written(
        {code: mark for code, mark in marks.items() if isinstance(mark, int)},
        {code: str(comment) for code, comment in comments.items()},
    )


def missing_in(written: Written, category: Category, scale: Scale) -> Complaints:
    """What keeps a card from being sealed, in the order of the grid, beside the right field."""
    found = check_card(category, scale, written.marks, written.comments)
    by_code = {complaint.code: complaint for complaint in found}
    return {
        f"{'comment' if code in written.marks else 'score'}.{code}": (
            by_code[code].sentence,
            by_code[code].facts,
        )
        for code in category.criterion_codes
        if code in by_code
    }
