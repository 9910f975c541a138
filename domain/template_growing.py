"""What a form adds to a template and takes out of it: criteria, categories, questions, rules."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from domain.questions import QuestionKind
from domain.refusals import N_, Refusal

Document = dict[str, Any]
Typed = Mapping[str, str]
LONGEST = 400
NEW = "new"
# Kinds that need nothing but their words; those with choices are written in the file of the template.
KINDS: Mapping[str, str] = {
    QuestionKind.TEXT: N_("Une ligne"),
    QuestionKind.LONG_TEXT: N_("Un texte"),
    QuestionKind.NUMBER: N_("Un nombre"),
    QuestionKind.MONEY: N_("Une somme en euros"),
    QuestionKind.PERCENT: N_("Un pourcentage"),
    QuestionKind.DATE: N_("Une date"),
    QuestionKind.TICK: N_("Une case à cocher"),
}
LIMITS = {QuestionKind.TEXT: 120, QuestionKind.LONG_TEXT: 1500}
_NOT_IN_CODES = re.compile(r"[^A-Z0-9]+")


def grow(document: Document, typed: Typed, shelf: Collection[Document]) -> dict[str, Refusal]:
    """Add and take out what the form says, in place; what is wrong with it, by field."""
    wrong: dict[str, Refusal] = {}
    for category in document["categories"]:
        _take_criteria_out(category, typed)
        _add_criterion(document, category, typed, wrong)
    _add_category(document, typed, wrong)
    for section in document["sections"]:
        section["questions"] = [
            each for each in section["questions"] if f"drop.question.{each['code']}" not in typed
        ]
        _add_question(document, section, typed, wrong)
    known = {rule["code"] for rule in document["rules"]}
    document["rules"] += [
        rule for rule in shelf if f"rule.{rule['code']}" in typed and rule["code"] not in known
    ]
    return wrong


def _take_criteria_out(category: Document, typed: Typed) -> None:
    under = f"drop.criterion.{category['code']}."
    category["criteria"] = [
        each for each in category["criteria"] if under + each["code"] not in typed
    ]
    kept = {each["code"] for each in category["criteria"]}
    if "specific" in category:
        category["specific"] = [code for code in category["specific"] if code in kept]


def _add_criterion(
    document: Document, category: Document, typed: Typed, wrong: dict[str, Refusal]
) -> None:
    field = f"add.criterion.{category['code']}"
    chosen = typed.get(field, "").strip()
    if not chosen:
        return
    known = {each["code"] for each in document["criteria"]}
    if chosen == NEW:
        name, hint = _words(typed, f"{field}.name", wrong), _words(typed, f"{field}.help", wrong)
        chosen = _code(name["fr"], known, 3)
        document["criteria"].append({"code": chosen, "name": name, "help": hint})
    elif chosen not in known or chosen in {each["code"] for each in category["criteria"]}:
        wrong[field] = Refusal(N_("Choisissez un critère que cette catégorie n'a pas."))
        return
    said = typed.get(f"{field}.weight", "").strip()
    weight = int(said) if said.isascii() and said.isdigit() and len(said) <= 3 else 0  # noqa: PLR2004  (one hundred has three digits)
    if not 1 <= weight <= 100:  # noqa: PLR2004  (the weights of a category make one hundred)
        wrong[f"{field}.weight"] = Refusal(
            N_("Donnez un nombre entier, de 1 à %(most)s."), most=100
        )
    category["criteria"].append({"code": chosen, "weight": weight})


def _add_category(document: Document, typed: Typed, wrong: dict[str, Refusal]) -> None:
    """A category of its own, judged at first by the criteria of another."""
    field = "add.category"
    if not any(typed.get(f"{field}.{part}", "").strip() for part in ("name.fr", "name.en")):
        return
    like = next(
        (each for each in document["categories"] if each["code"] == typed.get(f"{field}.like")),
        None,
    )
    name, gloss = _words(typed, f"{field}.name", wrong), _words(typed, f"{field}.gloss", wrong)
    if like is None:
        wrong[f"{field}.like"] = Refusal(
            N_("Choisissez la catégorie dont elle prend les critères.")
        )
        return
    known = {each["code"] for each in document["categories"]}
    document["categories"].append(
        {
            **({"specific": like["specific"]} if "specific" in like else {}),
            "code": _code(name["fr"], known, 3),
            "name": name,
            "gloss": gloss,
            "criteria": [dict(each) for each in like["criteria"]],
        }
    )


def _add_question(
    document: Document, section: Document, typed: Typed, wrong: dict[str, Refusal]
) -> None:
    field = f"add.question.{section['code']}"
    if not any(typed.get(f"{field}.{language}", "").strip() for language in ("fr", "en")):
        return
    label, kind = _words(typed, field, wrong), typed.get(f"{field}.kind", "")
    if kind not in KINDS:
        wrong[f"{field}.kind"] = Refusal(N_("Choisissez comment on répond à cette question."))
        return
    taken = {each["code"] for part in document["sections"] for each in part["questions"]}
    question: Document = {
        "code": _code(label["fr"], {each.upper() for each in taken}, 20).lower(),
        "kind": kind,
        "label": label,
    }
    if kind in LIMITS:
        question["limit"] = LIMITS[QuestionKind(kind)]
    if f"{field}.required" in typed:
        question["required"] = True
    section["questions"].append(question)


def _words(typed: Typed, name: str, wrong: dict[str, Refusal]) -> dict[str, str]:
    said = {language: typed.get(f"{name}.{language}", "").strip() for language in ("fr", "en")}
    for language, words in said.items():
        if not words or len(words) > LONGEST:
            wrong[f"{name}.{language}"] = Refusal(
                N_("Écrivez ces mots, en %(most)s caractères au plus."), most=LONGEST
            )
    return said


def _code(name: str, taken: Collection[str], length: int) -> str:
    """A code that nothing has, from the first letters of a name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    stem = _NOT_IN_CODES.sub("_", plain).strip("_")[:length].strip("_") or "NEW"
    count, code = 1, stem
    while code in taken:
        count += 1
        code = f"{stem}{count}"
    return code
