"""A template in a form: what the form shows, and the template that it becomes once typed in."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from domain.calendar_parsing import STEPS
from domain.calendar_rules import CalendarRules, DateRule
from domain.edition_parsing import TemplateError, edition_from
from domain.refusals import N_, Refusal
from domain.template_checks import check_dates, check_levels, check_removed, check_weights
from domain.template_growing import grow
from domain.template_jury import edit_jury, prefilled_jury

Document = dict[str, Any]
Typed = Mapping[str, str]
LONGEST = 400
LEAP_DAY = (2, 29)
KEEP = "yes"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the edition already holds: its year, its zones, and how many files in each category."""

    year: int
    zones: tuple[str, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict[str, int])
    # The rules of the template as it is shipped, which an edition may take back.
    shelf: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """The document once changed, and everything that is wrong in it, field by field."""

    document: Document
    complaints: Mapping[str, Refusal]


def prefilled(document: Document, year: int) -> dict[str, str]:
    """The form before anybody typed in it."""
    typed = prefilled_jury(document)
    for category in document["categories"]:
        code = category["code"]
        typed[f"keep.{code}"] = KEEP
        typed |= _said(f"name.{code}", category["name"]) | _said(f"gloss.{code}", category["gloss"])
        typed |= {
            f"weight.{code}.{one['code']}": str(one["weight"]) for one in category["criteria"]
        }
    for anchor in document["scale"]["anchors"]:
        typed |= _said(f"anchor.{anchor['value']}", anchor["phrase"])
    for rule in document["rules"]:
        typed[f"rule.{rule['code']}"] = KEEP
    for question in _questions(document):
        typed |= _said(f"question.{question['code']}", question["label"])
        if "limit" in question:
            typed[f"limit.{question['code']}"] = str(question["limit"])
    for rules in edition_from(document).calendars:
        typed |= {f"date.{rules.code}.{step}": _local(rules, step, year) for step in STEPS}
    return typed


def edited(document: Document, typed: Typed, around: Surroundings) -> Edited:
    """The template that the form describes, with every complaint at once."""
    changed = copy.deepcopy(document)
    wrong: dict[str, Refusal] = {}
    _edit_categories(changed, typed, wrong)
    _edit_scale(changed, typed, wrong)
    edit_jury(changed, document, typed, wrong)
    changed["rules"] = [each for each in changed["rules"] if f"rule.{each['code']}" in typed]
    for question in _questions(changed):
        if f"drop.question.{question['code']}" not in typed:
            _edit_question(question, typed, wrong)
    _edit_dates(changed, document, typed, around.year, wrong)
    wrong |= grow(changed, typed, around.shelf)
    if not wrong:
        _check(changed, document, around, wrong)
    return Edited(changed, wrong)


def _said(name: str, text: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}.fr": text["fr"], f"{name}.en": text["en"]}


def _questions(document: Document) -> list[Document]:
    return [question for section in document["sections"] for question in section["questions"]]


def _local(rules: CalendarRules, step: str, year: int) -> str:
    rule: DateRule = getattr(rules, step)
    return f"{rule.day_in(year):%Y-%m-%d}T{rule.at:%H:%M}"


def _text(typed: Typed, name: str, wrong: dict[str, Refusal]) -> dict[str, str]:
    said = {language: typed.get(f"{name}.{language}", "").strip() for language in ("fr", "en")}
    for language, words in said.items():
        if not words or len(words) > LONGEST:
            wrong[f"{name}.{language}"] = Refusal(
                N_("Écrivez ces mots, en %(most)s caractères au plus."), most=LONGEST
            )
    return said


def _whole(typed: Typed, name: str, wrong: dict[str, Refusal], most: int) -> int:
    written = typed.get(name, "").strip()
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 0  # noqa: PLR2004  (digits that no limit needs)
    if not 1 <= number <= most:
        wrong[name] = Refusal(N_("Donnez un nombre entier, de 1 à %(most)s."), most=most)
    return number


def _edit_categories(document: Document, typed: Typed, wrong: dict[str, Refusal]) -> None:
    kept = [each for each in document["categories"] if f"keep.{each['code']}" in typed]
    if not kept:
        wrong["categories"] = Refusal(N_("Gardez une catégorie au moins."))
        return
    gone = {each["code"] for each in document["categories"]} - {each["code"] for each in kept}
    for category in kept:
        code = category["code"]
        category["name"] = _text(typed, f"name.{code}", wrong)
        category["gloss"] = _text(typed, f"gloss.{code}", wrong)
        for criterion in category["criteria"]:
            name = f"weight.{code}.{criterion['code']}"
            if f"drop.criterion.{code}.{criterion['code']}" in typed:
                continue  # its weight goes with it
            criterion["weight"] = _whole(typed, name, wrong, 100)
    document["categories"] = kept
    _forget(document, gone)


def _forget(document: Document, gone: set[str]) -> None:
    """Take the categories that left out of what was asked for them only."""
    for section in document["sections"]:
        section["questions"] = [each for each in section["questions"] if _stays(each, gone)]
    document["sections"] = [
        each for each in document["sections"] if each["questions"] and _stays(each, gone)
    ]
    document["rules"] = [each for each in document["rules"] if _stays(each, gone)]
    for rule in document["rules"]:
        if "admitted" in rule:
            rule["admitted"] = [each for each in rule["admitted"] if _stays(each, gone)]


def _stays(piece: Document, gone: set[str]) -> bool:
    """Whether a piece still concerns a category; it forgets those that left."""
    if not piece.get("only_for"):
        return True
    piece["only_for"] = [code for code in piece["only_for"] if code not in gone]
    return bool(piece["only_for"])


def _edit_scale(document: Document, typed: Typed, wrong: dict[str, Refusal]) -> None:
    for anchor in document["scale"]["anchors"]:
        anchor["phrase"] = _text(typed, f"anchor.{anchor['value']}", wrong)


def _edit_question(question: Document, typed: Typed, wrong: dict[str, Refusal]) -> None:
    code = question["code"]
    question["label"] = _text(typed, f"question.{code}", wrong)
    if "limit" in question:
        question["limit"] = _whole(typed, f"limit.{code}", wrong, 10_000)


def _edit_dates(
    document: Document, before: Document, typed: Typed, year: int, wrong: dict[str, Refusal]
) -> None:
    read = {rules.code: rules for rules in edition_from(before).calendars}
    for rules in document["calendars"]:
        for step in STEPS:
            name = f"date.{rules['code']}.{step}"
            written = typed.get(name, "").strip()
            if written == _local(read[rules["code"]], step, year):
                continue  # « the last Thursday of November » stays so when nobody moved it
            try:
                rules[step] = _date(written, year)
            except Refusal as refusal:
                wrong[name] = refusal


def _date(written: str, year: int) -> Document:
    try:
        local = datetime.fromisoformat(written)
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None or not 0 <= local.year - year <= 1:
        raise Refusal(
            N_("Donnez un jour de l'année %(year)s ou de la suivante, et une heure."), year=year
        )
    if (local.month, local.day) == LEAP_DAY:
        raise Refusal(
            N_("Le 29 février n'existe pas tous les ans : prenez le 28 février ou le 1er mars.")
        )
    return _written(local.date(), local.time(), local.year - year)


def _written(day: date, hour: time, later: int) -> Document:
    said: Document = {"month": day.month, "day": day.day, "at": f"{hour:%H:%M}"}
    return said | {"years_later": later} if later else said


def _check(
    document: Document, before: Document, around: Surroundings, wrong: dict[str, Refusal]
) -> None:
    """What concerns several fields at once, once each of them can be read."""
    old = edition_from(before)
    kept = {each["code"] for each in document["categories"]}
    for category in old.categories:
        if category.code not in kept:
            _catch(
                wrong,
                f"keep.{category.code}",
                lambda one=category: check_removed(one, around.files),
            )
    for category in document["categories"]:
        total = sum(each["weight"] for each in category["criteria"])
        named = category["name"]["fr"]
        _catch(
            wrong,
            f"weights.{category['code']}",
            lambda name=named, said=total: check_weights(name, said),
        )
    if wrong:
        return
    try:
        new = edition_from(document)
    except TemplateError:
        wrong[""] = Refusal(
            N_("Une règle ou une partie du formulaire renvoie à ce que vous retirez : gardez-le.")
        )
        return
    for rules in new.calendars:
        _catch(
            wrong,
            f"dates.{rules.code}",
            lambda one=rules: check_dates(one, around.year, around.zones),
        )
    if not wrong:
        _catch(wrong, "dates.national", lambda: check_levels(new, around.year))


def _catch(wrong: dict[str, Refusal], field: str, check: Callable[[], None]) -> None:
    try:
        check()
    except Refusal as refusal:
        wrong[field] = refusal
