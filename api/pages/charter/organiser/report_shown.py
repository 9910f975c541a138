"""A report laid out: each indicator with last year's value, the target, and its evidence beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from api.pages.charter.organiser.file_shown import day_typed, figure
from domain.charter.document import Commitment
from domain.charter.entry import NO_TARGET, Entry, chosen, followed, mapping_in
from domain.charter.indicators import Indicator
from domain.charter.reporting import Outcome, outcome, reported
from domain.registry import text_in
from domain.texts import Text
from storage.reads.charter.organiser.report import EvidenceFile, ReportRead

NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator of the report, in the reader's words."""

    indicator: Indicator
    last_year: str
    value: str
    baseline: str
    target: str
    by: str
    outcome: Outcome
    is_estimate: bool
    comment: str
    explanation: str
    evidence: tuple[EvidenceFile, ...]
    level: str


@dataclass(frozen=True, slots=True)
class Account:
    """A commitment with what was reported on it."""

    commitment: Commitment
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One of the free accounts."""

    name: Text
    words: str


def accounts_of(read: ReportRead, language: str) -> tuple[Account, ...]:
    """What was sent, commitment by commitment; nothing while it is a draft."""
    if read.sent is None or read.signed is None:
        return ()
    entry = read.signed.entry
    return tuple(
        Account(commitment, tuple(_measures(read, commitment, entry, language)))
        for commitment in chosen(read.case.charter, entry)
    )


def narratives_of(read: ReportRead) -> tuple[Told, ...]:
    """The free accounts that were written."""
    told = mapping_in(read.sent or NOTHING, "narratives")
    return tuple(
        Told(each.name, text_in(told.get(each.code)))
        for each in read.case.charter.report.narratives
        if text_in(told.get(each.code))
    )


def loose_evidence(read: ReportRead, accounts: tuple[Account, ...]) -> tuple[EvidenceFile, ...]:
    """The files that stand beside no indicator that is shown."""
    placed = {
        file.id for account in accounts for each in account.measures for file in each.evidence
    }
    return tuple(file for file in read.evidence if file.id not in placed)


def _measures(
    read: ReportRead, commitment: Commitment, entry: Entry, language: str
) -> Iterator[Measure]:
    sent = read.sent or NOTHING
    for each in followed(commitment, entry):
        said, target = reported(sent, each.code), entry.targets.get(each.code, NO_TARGET)
        yield Measure(
            indicator=each,
            last_year=figure(each, reported(read.last_year, each.code).value, language),
            value=figure(each, said.value, language),
            baseline=figure(each, target.baseline, language),
            target=figure(each, target.target, language),
            by=day_typed(target.by, language),
            outcome=outcome(each, entry, sent, read.year),
            is_estimate=said.estimate,
            comment=said.comment,
            explanation=said.explanation,
            evidence=tuple(file for file in read.evidence if file.indicator == each.code),
            level=str(read.levels.get(each.code) or ""),
        )
