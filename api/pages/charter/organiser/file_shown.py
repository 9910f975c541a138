"""What was signed, who holds which role and what the register says, ready to be read."""

from dataclasses import dataclass

from api.pages.organiser.file_shown import rows_of
from api.screen import Screen
from domain.charter.document import Commitment
from domain.charter.entry import (
    NO_TARGET,
    NOBODY,
    Entry,
    Holder,
    all_followed,
    chosen,
    followed,
)
from domain.charter.indicators import Indicator
from domain.charter.reporting import reported
from domain.charter.values import parse_day, shown, value_in
from domain.refusals import Refusal
from domain.registry import RegistryFacts
from domain.texts import Text
from storage.reads.charter.organiser.file import Case, SignedEntry
from storage.reads.charter.report import OwedReport
from wording.typography import short_day


@dataclass(frozen=True, slots=True)
class Aim:
    """An indicator with where it starts, where it goes and by when, in the reader's words."""

    indicator: Indicator
    baseline: str
    target: str
    by: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment that was signed, with its aims."""

    commitment: Commitment
    aims: tuple[Aim, ...]


def promises_of(case: Case, signed: SignedEntry | None, language: str) -> tuple[Promise, ...]:
    """Everything that was signed; nothing before the first signature."""
    if signed is None:
        return ()
    return tuple(
        Promise(
            commitment,
            tuple(
                _aim(each, signed.entry, language) for each in followed(commitment, signed.entry)
            ),
        )
        for commitment in chosen(case.charter, signed.entry)
    )


def seats_of(case: Case, signed: SignedEntry | None) -> tuple[tuple[Text, Holder], ...]:
    """Who holds each role, as it was signed."""
    if signed is None:
        return ()
    held = signed.entry.roles
    return tuple((role.name, held.get(role.code, NOBODY)) for role in case.charter.roles)


def register_rows(screen: Screen, case: Case) -> tuple[tuple[str, str], ...]:
    """What the public register said when the file was opened; nothing when it was not asked."""
    if not case.registry:
        return ()
    return tuple(rows_of(screen, RegistryFacts.from_document(case.registry)))


def figure(indicator: Indicator, kept: str, language: str) -> str:
    """A value as people read it, or as it was typed when it is none."""
    value = value_in(indicator, kept)
    return kept if value is None else shown(indicator, value, language)


def day_typed(by: str, language: str) -> str:
    """A day as people read it, or as it was typed when it is none."""
    try:
        return short_day(parse_day(by), language)
    except Refusal:
        return by


def _aim(indicator: Indicator, entry: Entry, language: str) -> Aim:
    target = entry.targets.get(indicator.code, NO_TARGET)
    return Aim(
        indicator,
        figure(indicator, target.baseline, language),
        figure(indicator, target.target, language),
        day_typed(target.by, language),
    )


def owed_rows(owed: OwedReport | None, language: str) -> tuple[tuple[str, str, str, str], ...]:
    """What a company that comes back tells of the year for which it was removed: label, value, target, why."""
    if owed is None:
        return ()
    report = owed.report
    rows: list[tuple[str, str, str, str]] = []
    for each in all_followed(owed.charter, report.entry):
        said = reported(report.answers, each.code)
        aim = _aim(each, report.entry, language)
        value = value_in(each, said.value)
        rows.append(
            (
                f"{each.code} · {each.name.in_(language)}",
                said.value if value is None else shown(each, value, language),
                f"{aim.target} ({aim.by})",
                said.explanation,
            )
        )
    return tuple(rows)
