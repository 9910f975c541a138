"""The boxes of an entry file, in words: what each asks, and what was typed there."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.words import DEGREES, ROLE_BOXES, SIZES, TARGET_BOXES
from domain.charter.document import Degree
from domain.charter.indicators import Indicator, Kind
from domain.charter.sheet import SIZE, YES, Sheet
from domain.charter.sizes import Size
from domain.charter.units import unit_of
from domain.charter.values import parse_day, shown, value_in
from domain.refusals import N_, Refusal


@dataclass(frozen=True, slots=True)
class Said:
    """One box: what it asks, and what is kept there; empty when nothing is."""

    label: str
    value: str


def said_in(desk: Desk, file: File, boxes: Iterable[str], sheet: Sheet) -> tuple[Said, ...]:
    """These boxes as people read them."""
    return tuple(_said(desk, file, box, str(sheet.get(box, ""))) for box in boxes)


def amount(desk: Desk, indicator: Indicator, typed: str) -> str:
    """A value as people read it, with its unit; as it was typed when it is no value."""
    value = value_in(indicator, typed)
    if value is None:
        return typed
    language = desk.screen.language
    number = shown(indicator, value, language)
    has_unit = indicator.kind in {Kind.NUMBER, Kind.RATIO}
    return f"{number} {unit_of(indicator, value, language)}" if has_unit else number


def day(typed: str) -> str:
    """A day as people read it; as it was typed when it is none."""
    try:
        return f"{parse_day(typed):%d/%m/%Y}"
    except Refusal:
        return typed


def _said(desk: Desk, file: File, box: str, typed: str) -> Said:
    language, charter, say = desk.screen.language, file.charter, desk.screen.say
    group, _, rest = box.partition(".")
    if group == "commitment":
        name = f"{rest} {charter.commitment(rest).name.in_(language)}"
        return Said(name, say(N_("Choisi")) if typed == YES else "")
    if group == "target":
        code, _, part = rest.rpartition(".")
        indicator = charter.indicator(code)
        label = f"{code} {indicator.name.in_(language)}, {say(TARGET_BOXES[part]).lower()}"
        return Said(label, day(typed) if part == "by" else amount(desk, indicator, typed))
    if group == "role":
        code, _, part = rest.rpartition(".")
        role = next(each for each in charter.roles if each.code == code)
        return Said(f"{role.name.in_(language)}, {say(ROLE_BOXES[part]).lower()}", typed)
    if group == "diagnosis":
        question = next(each for each in charter.self_diagnosis if each.code == rest)
        return Said(question.asks.in_(language), say(DEGREES[Degree(typed)]) if typed else "")
    known = typed in set(Size) and box == SIZE
    return Said(say(N_("Taille de votre structure")), say(SIZES[Size(typed)]) if known else typed)
