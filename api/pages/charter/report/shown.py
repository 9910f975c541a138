"""A report laid out: each indicator with last year's value, the target, and what the public reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from api.pages.charter.company.boxes import Said, amount, day
from api.pages.charter.company.desk import Desk
from api.pages.charter.report.desk import Account
from api.pages.charter.report.words import BOXES, SUPPORT_NAME, YES
from domain.charter.document import Commitment, Narrative
from domain.charter.entry import NO_TARGET, chosen, followed
from domain.charter.indicators import Indicator
from domain.charter.masking import WITHHELD, Mask, Published, published
from domain.charter.report_sheet import SUPPORT, answers_in, narrative_box
from domain.charter.reporting import Outcome, Reported, outcome, reported
from domain.charter.sheet import Sheet
from domain.charter.values import value_in
from storage.reads.charter.report import EvidenceJoined


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator of the report, in the reader's words; ``public`` is what everybody will read."""

    indicator: Indicator
    said: Reported
    value: str
    last_year: str
    baseline: str
    target: str
    by: str
    outcome: Outcome
    public: str
    is_masked: bool
    evidence: tuple[EvidenceJoined, ...]

    @property
    def is_due(self) -> bool:
        """Whether the target is judged this year."""
        return self.outcome is not Outcome.NOT_DUE


@dataclass(frozen=True, slots=True)
class Group:
    """A commitment, with what is told of it."""

    commitment: Commitment
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A free account, as it was written."""

    narrative: Narrative
    words: str


def groups_of(desk: Desk, account: Account) -> tuple[Group, ...]:
    """What is told of each commitment."""
    file, entry = account.file, account.report.entry
    answers = answers_in(account.sheet, file.charter, entry)
    public = _public(account, answers)
    return tuple(
        Group(
            commitment,
            tuple(
                _measure(desk, account, each, answers, public)
                for each in followed(commitment, entry)
            ),
        )
        for commitment in chosen(file.charter, entry)
    )


def told_in(account: Account) -> tuple[Told, ...]:
    """The free accounts, in the order of the charter."""
    return tuple(
        Told(each, str(account.sheet.get(narrative_box(each.code), "")))
        for each in account.file.charter.report.narratives
    )


def said_in(desk: Desk, account: Account, boxes: Iterable[str], sheet: Sheet) -> Iterator[Said]:
    """What these boxes are called, and what a sheet says there."""
    for box in boxes:
        said = str(sheet.get(box, ""))
        yield Said(label_of(desk, account, box), desk.screen.say(YES) if said == "yes" else said)


def label_of(desk: Desk, account: Account, box: str) -> str:
    """What a box is called, for people."""
    say, language, charter = desk.screen.say, desk.screen.language, account.file.charter
    group, _, rest = box.partition(".")
    if box == SUPPORT:
        return say(SUPPORT_NAME)
    if group == "narrative":
        return next(
            each.name.in_(language) for each in charter.report.narratives if each.code == rest
        )
    code, _, part = rest.rpartition(".")
    return f"{code} {charter.indicator(code).name.in_(language)}, {say(BOXES[part]).lower()}"


def _measure(
    desk: Desk,
    account: Account,
    indicator: Indicator,
    answers: Mapping[str, object],
    public: Mapping[str, Published],
) -> Measure:
    report, code = account.report, indicator.code
    said, target = reported(answers, code), report.entry.targets.get(code, NO_TARGET)
    before, shown = reported(report.before, code).value, public.get(code)
    return Measure(
        indicator=indicator,
        said=said,
        value=amount(desk, indicator, said.value),
        last_year=amount(desk, indicator, before) if before else "",
        baseline=amount(desk, indicator, target.baseline),
        target=amount(desk, indicator, target.target),
        by=day(target.by),
        outcome=outcome(indicator, report.entry, answers, report.year),
        public=_words(desk, shown) if shown else "",
        is_masked=shown is not None and shown.mask is not Mask.NONE,
        evidence=tuple(each for each in report.evidence if each.indicator == code),
    )


def _public(account: Account, answers: Mapping[str, object]) -> dict[str, Published]:
    charter = account.file.charter
    values = {
        each.code: value
        for each in charter.indicators
        if (value := value_in(each, reported(answers, each.code).value)) is not None
    }
    return published(charter, values)


def _words(desk: Desk, shown: Published) -> str:
    if shown.mask is Mask.WITHHELD:
        return desk.screen.say(WITHHELD)
    return shown.in_(desk.screen.language)
