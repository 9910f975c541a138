"""Score cards: what a juror may write, and the note that follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import cast

from domain.complaints import Complaint
from domain.judging import Category, Criterion, Scale
from domain.refusals import N_, Refusal
from domain.texts import is_blank

FULL_NOTE = 100
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """The marks of one juror for one file, by criterion."""

    juror: str
    values: Mapping[str, int]


def check_marks(
    category: Category,
    scale: Scale,
    values: Mapping[str, object],
    comments: Mapping[str, str],
) -> tuple[Complaint, ...]:
    """What is wrong in the marks given so far; a card in progress may have blanks."""
    return tuple(
        complaint
        for code, value in values.items()
        if (complaint := _mark_complaint(category, scale, code, value, comments))
    )


def check_card(
    category: Category,
    scale: Scale,
    values: Mapping[str, object],
    comments: Mapping[str, str],
) -> tuple[Complaint, ...]:
    """What keeps a card from being handed in: wrong marks, missing comments, blanks."""
    blanks = tuple(
        Complaint(code, N_("Donnez une valeur à ce critère\u00a0: une case vide ne vaut pas zéro."))
        for code in category.criterion_codes
        if code not in values
    )
    return check_marks(category, scale, values, comments) + blanks


def _mark_complaint(
    category: Category, scale: Scale, code: str, value: object, comments: Mapping[str, str]
) -> Complaint | None:
    if code not in category.criterion_codes:
        return Complaint(code, N_("Ce critère n’est pas dans la grille de cette catégorie."))
    if not is_mark(scale, value):
        return Complaint(
            code,
            N_("Donnez un nombre entier de %(lowest)s à %(highest)s."),
            {"lowest": scale.lowest, "highest": scale.highest},
        )
    if value in scale.comment_required_for and is_blank(comments.get(code, "")):
        return Complaint(code, N_("Expliquez cette valeur en quelques mots."))
    return None


def is_mark(scale: Scale, value: object) -> bool:
    """Whether it is a whole number of the scale."""
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return scale.lowest <= value <= scale.highest


def is_valid(category: Category, scale: Scale, card: ScoreCard) -> bool:
    """Whether a card counts: every criterion of the category has a mark, and no other."""
    values, codes = card.values, category.criterion_codes
    return (
        len(values) == len(codes)
        and all(code in values for code in codes)
        and all(is_mark(scale, value) for value in values.values())
    )


class Grid:
    """The criteria of a category made ready to read many cards; the same marks are weighed once."""

    def __init__(self, category: Category, scale: Scale) -> None:
        self.codes = category.criterion_codes
        self.full = scale.highest * category.total_weight
        self._weights = tuple(criterion.weight for criterion in category.criteria)
        self._scale = scale
        self._whole = (int,) * len(self.codes)
        self._weighed: dict[tuple[object, ...], int | None] = {}

    def marks_of(self, card: ScoreCard) -> tuple[int, ...] | None:
        """The marks of a card that counts, in the order of the criteria; None for any other."""
        marks = tuple(map(card.values.get, self.codes))
        return None if self._read(card, marks) is None else cast("tuple[int, ...]", marks)

    def points_of(self, card: ScoreCard) -> int | None:
        """The weighed marks of a card that counts, out of ``full``; None for any other."""
        return self._read(card, tuple(map(card.values.get, self.codes)))

    def _read(self, card: ScoreCard, marks: tuple[int | None, ...]) -> int | None:
        # By their very type: True would be found under the marks of a 1.
        if len(card.values) != len(self.codes) or tuple(map(type, marks)) != self._whole:
            return None
        if marks not in self._weighed:
            self._weighed[marks] = self._weigh(cast("tuple[int, ...]", marks))
        return self._weighed[marks]

    def _weigh(self, marks: tuple[int, ...]) -> int | None:
        if not all(is_mark(self._scale, mark) for mark in marks):
            return None
        return sum(weight * mark for weight, mark in zip(self._weights, marks, strict=True))


def exact_note(category: Category, scale: Scale, values: Mapping[str, int]) -> Fraction:
    """The weighed note out of 100, without any rounding; refuses a blank."""
    if any(code not in values for code in category.criterion_codes):
        raise Refusal(N_("Cette fiche est incomplète\u00a0: elle n’a pas encore de note."))
    points = sum(criterion.weight * values[criterion.code] for criterion in category.criteria)
    return Fraction(FULL_NOTE * points, scale.highest * category.total_weight)


def note(category: Category, scale: Scale, values: Mapping[str, int]) -> Decimal:
    """The weighed note out of 100, to two decimals."""
    return to_two_decimals(exact_note(category, scale, values))


def to_two_decimals(number: Fraction) -> Decimal:
    """The nearest hundredth, halves going up, as notes are stored."""
    # Whole numbers only: making another fraction of each would take as long as the ranking.
    above, below = number.numerator, number.denominator
    return Decimal((2 * HUNDREDTHS * above + below) // (2 * below)).scaleb(-2)


def shown(number: Decimal | Fraction) -> int:
    """The note that people see: no decimals, halves going up."""
    return _nearest(Fraction(number))


def _nearest(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def at_national_level(category: Category, extra: Criterion) -> Category:
    """The same category with one more criterion, the others giving way in proportion.

    Weights stay whole: with an extra weight of 10, they become ten times 100 and ninety times
    the former ones, out of 10,000.
    """
    room = FULL_NOTE - extra.weight
    whole = FULL_NOTE * category.total_weight
    others = (
        replace(criterion, weight=criterion.weight * room, out_of=whole)
        for criterion in category.criteria
    )
    last = replace(extra, weight=extra.weight * category.total_weight, out_of=whole)
    return replace(category, criteria=(*others, last))
