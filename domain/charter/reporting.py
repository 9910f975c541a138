"""The yearly report: what it still lacks, where it starts from, and what it shows.

Its JSON: ``{"values": {indicator: {"value", "estimate", "comment", "explanation"}}, "narratives":
{code: text}, "support": "yes"}``. ``year`` is always that of the window in which the report is
due; it tells the facts of the year before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.answers import TICKED, UNPRINTABLE, count_characters
from domain.charter.document import CharterDocument
from domain.charter.entry import NO_TARGET, Entry, all_followed, chosen, followed, mapping_in
from domain.charter.gaps import Gap, Part, gap_from
from domain.charter.indicators import Indicator, Kind
from domain.charter.people_lists import looks_like_people
from domain.charter.values import Value, is_met, parse_day, parse_value, value_in
from domain.refusals import N_, Refusal
from domain.registry import text_in

Answers = Mapping[str, object]

_CARRIED = N_("Cette valeur est celle de l’an dernier\u00a0: confirmez-la ou remplacez-la.")
_EXPLAIN = N_(
    "La cible n’est pas atteinte\u00a0: dites pourquoi. "
    "Un objectif manqué et expliqué est un résultat valable."
)
_PART = N_(
    "Cette valeur ne peut pas dépasser celle de l’indicateur %(whole)s, dont elle fait partie."
)
_SUPPORT = N_("La direction doit renouveler son soutien\u00a0: cochez la case.")
_TOO_LONG = N_("%(count)s caractères, pour %(limit)s au plus\u00a0: il y en a %(excess)s de trop.")
_UNREADABLE = N_("Cette réponse contient un caractère qui ne s’imprime pas.")
_PEOPLE = N_(
    "Ce texte ressemble à une liste de personnes. Le bilan ne parle que de totaux\u00a0: retirez les "
    "noms, les adresses et les numéros, et dites combien elles sont."
)


class Outcome(StrEnum):
    """What became of a promise by the end of a year."""

    KEPT = "kept"
    MISSED = "missed"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Reported:
    """What was typed about one indicator; ``carried`` while last year's value awaits a yes."""

    value: str = ""
    estimate: bool = False
    comment: str = ""
    explanation: str = ""
    carried: bool = False


def reported(answers: Answers, indicator: str) -> Reported:
    """What a report says of an indicator, nothing when it says nothing."""
    typed = mapping_in(mapping_in(answers, "values"), indicator)
    return Reported(
        value=text_in(typed.get("value")),
        estimate=typed.get("estimate") == TICKED,
        comment=text_in(typed.get("comment")),
        explanation=text_in(typed.get("explanation")),
        carried=typed.get("carried") == TICKED,
    )


def prefilled(last_year: Answers) -> dict[str, object]:
    """A report that starts from last year's values, each marked so until somebody confirms it.

    Nothing else is carried: comments, explanations, narratives and support belong to one year.
    """
    values = mapping_in(last_year, "values")
    return {
        "values": {
            code: {"value": each.value, "carried": TICKED}
            for code in values
            if (each := reported(last_year, code)).value
        }
    }


def report_gaps(
    document: CharterDocument, entry: Entry, answers: Answers, year: int
) -> tuple[Gap, ...]:
    """Everything to repair before the report is sent; nothing when all is there."""
    return (
        *_value_gaps(document, entry, answers, year),
        *_narrative_gaps(document, answers),
        *([] if answers.get("support") == TICKED else [Gap(Part.SUPPORT, "support", _SUPPORT)]),
    )


def outcomes(
    document: CharterDocument, entry: Entry, answers: Answers, year: int
) -> dict[str, Outcome]:
    """What became of each commitment taken on, by its code."""
    return {
        commitment.code: _together(
            [outcome(each, entry, answers, year) for each in followed(commitment, entry)]
        )
        for commitment in chosen(document, entry)
    }


def outcome(indicator: Indicator, entry: Entry, answers: Answers, year: int) -> Outcome:
    """What became of one target: judged once its day has passed, and every year from then on.

    What is due and was not told is missed: silence keeps no promise.
    """
    target = entry.targets.get(indicator.code, NO_TARGET)
    if not is_due(target.by, year):
        return Outcome.NOT_DUE
    value = value_in(indicator, reported(answers, indicator.code).value)
    aim = value_in(indicator, target.target)
    if value is None or aim is None:
        return Outcome.MISSED
    return Outcome.KEPT if is_met(indicator, value, aim) else Outcome.MISSED


def _together(each: list[Outcome]) -> Outcome:
    """One miss misses the promise; it is kept when nothing of it is left to come."""
    if Outcome.MISSED in each:
        return Outcome.MISSED
    return Outcome.NOT_DUE if Outcome.NOT_DUE in each or not each else Outcome.KEPT


def is_due(by: str, year: int) -> bool:
    """Whether a target of that day is judged by the report of that year."""
    try:
        return parse_day(by) <= date(year - 1, 12, 31)
    except Refusal:
        return False


def _value_gaps(
    document: CharterDocument, entry: Entry, answers: Answers, year: int
) -> Iterator[Gap]:
    values: dict[str, Value] = {}
    for indicator in all_followed(document, entry):
        said = reported(answers, indicator.code)
        yield from _text_gaps(document, indicator.code, said)
        try:
            values[indicator.code] = parse_value(indicator, said.value)
        except Refusal as refusal:
            yield gap_from(refusal, Part.VALUES, indicator.code, "value")
            continue
        if said.carried:
            yield Gap(Part.VALUES, indicator.code, _CARRIED, box="value")
        if _is_beyond_its_whole(indicator, values):
            yield Gap(Part.VALUES, indicator.code, _PART, {"whole": indicator.part_of}, "value")
        missed = outcome(indicator, entry, answers, year) is Outcome.MISSED
        if missed and not said.explanation:
            yield Gap(Part.VALUES, indicator.code, _EXPLAIN, box="explanation")


def _is_beyond_its_whole(indicator: Indicator, values: Mapping[str, Value]) -> bool:
    part, whole = values[indicator.code], values.get(indicator.part_of)
    is_count = indicator.kind is Kind.NUMBER
    return is_count and isinstance(part, Decimal) and isinstance(whole, Decimal) and part > whole


def _text_gaps(document: CharterDocument, code: str, said: Reported) -> Iterator[Gap]:
    report = document.report
    yield from _check(Part.VALUES, code, "comment", said.comment, report.comment_limit)
    yield from _check(Part.VALUES, code, "explanation", said.explanation, report.explanation_limit)


def _narrative_gaps(document: CharterDocument, answers: Answers) -> Iterator[Gap]:
    told = mapping_in(answers, "narratives")
    for each in document.report.narratives:
        yield from _check(Part.NARRATIVES, each.code, "", text_in(told.get(each.code)), each.limit)


def _check(part: Part, code: str, box: str, text: str, limit: int) -> Iterator[Gap]:
    count = count_characters(text)
    if UNPRINTABLE.search(text):
        yield Gap(part, code, _UNREADABLE, box=box)
    elif count > limit:
        facts = {"count": count, "limit": limit, "excess": count - limit}
        yield Gap(part, code, _TOO_LONG, facts, box)
    if looks_like_people(text):
        yield Gap(part, code, _PEOPLE, box=box)
