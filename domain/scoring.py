"""Score cards: what a juror may write, and the note that follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from domain.complaints import Complaint
from domain.judging import Category, Criterion, Scale
from domain.refusals import N_, Refusal
from domain.texts import is_blank

FULL_NOTE = 100


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
    return set(card.values) == set(category.criterion_codes) and all(
        is_mark(scale, value) for value in card.values.values()
    )


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
    return Decimal(_nearest(number * 100)).scaleb(-2)


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
