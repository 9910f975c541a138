"""How a jury ranks, in the form of an edition: the method, its zones and cap, and what settles a tie."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from domain.calibration.rules import PERCENT, CalibrationRules, Method
from domain.edition_parsing import edition_from
from domain.judging import TieBreak
from domain.refusals import N_, Refusal

Document = dict[str, Any]
Typed = Mapping[str, str]
METHOD = "ranking.method"
BOUNDS = ("zone_laureate", "zone_out", "correction_cap")
NO_STEP = "none"
MOST_DIGITS = 3


def prefilled_jury(document: Document) -> dict[str, str]:
    """The method and the tie rule before anybody typed."""
    jury = edition_from(document).jury
    rules = jury.calibration
    steps = dict.fromkeys(_steps(), NO_STEP) | dict(
        zip(_steps(), map(str, jury.tie_rule), strict=False)
    )
    return {
        METHOD: str(rules.method),
        **{f"ranking.{name}": str(getattr(rules, name)) for name in BOUNDS},
        **steps,
    }


def edit_jury(
    document: Document, before: Document, typed: Typed, wrong: dict[str, Refusal]
) -> None:
    """Put what was typed in every jury of the template; what nobody changed stays as it is."""
    shown = prefilled_jury(before)
    if not set(shown) <= set(typed) or all(typed[name].strip() == shown[name] for name in shown):
        return
    rules, ties = _rules(typed, wrong), _ties(typed, wrong)
    if rules is None or ties is None:
        return
    for jury in _juries(document):
        jury["ranking"] = {name: _plain(value) for name, value in asdict(rules).items()}
        jury["tie_rule"] = [str(step) for step in ties]


def _steps() -> tuple[str, ...]:
    return tuple(f"ranking.tie.{place}" for place in range(1, len(TieBreak) + 1))


def _juries(document: Document) -> Iterator[Document]:
    yield document["jury"]
    for national in (document.get("national"), document.get("levels", {}).get("national")):
        if national and "jury" in national:
            yield national["jury"]


def _rules(typed: Typed, wrong: dict[str, Refusal]) -> CalibrationRules | None:
    if typed[METHOD] not in set(Method):
        wrong[METHOD] = Refusal(N_("Choisissez une des méthodes proposées."))
        return None
    numbers = {name: _percent(typed, f"ranking.{name}", wrong) for name in BOUNDS}
    low, high, cap = numbers["zone_out"], numbers["zone_laureate"], numbers["correction_cap"]
    if low is None or high is None or cap is None:
        return None
    if low >= high:
        wrong["ranking.zone_out"] = Refusal(
            N_("« Hors course » se place sous « lauréat net » : %(low)s n'est pas sous %(high)s."),
            low=low,
            high=high,
        )
        return None
    return CalibrationRules(Method(typed[METHOD]), high, low, cap)


def _percent(typed: Typed, name: str, wrong: dict[str, Refusal]) -> int | None:
    written = typed[name].strip()
    if written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS:
        number = int(written)
        if number <= PERCENT:
            return number
    wrong[name] = Refusal(N_("Donnez un nombre entier de 0 à 100."))
    return None


def _ties(typed: Typed, wrong: dict[str, Refusal]) -> tuple[TieBreak, ...] | None:
    """The steps in order; people decide last, and no step is a draw."""
    chosen = [typed[name] for name in _steps() if typed[name] != NO_STEP]
    if len(set(chosen)) < len(chosen) or not set(chosen) <= set(TieBreak):
        wrong[_steps()[0]] = Refusal(N_("Chaque étape du départage ne se choisit qu'une fois."))
        return None
    if not chosen or chosen[-1] not in {TieBreak.JURY_VOTE, TieBreak.CHAIR}:
        wrong[_steps()[0]] = Refusal(
            N_(
                "Le départage finit par le vote du jury ou la voix de la présidence : jamais un tirage."
            )
        )
        return None
    return tuple(TieBreak(step) for step in chosen)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Method) else value
