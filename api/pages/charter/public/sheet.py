"""One signatory: what it promised, what it reported, what was kept; anybody may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Now, Screen
from api.errors import NotFound
from api.pages.charter.public.directory import line_of
from domain.charter.document import CharterDocument, Commitment, Level, LevelNamed
from domain.charter.entry import Entry, chosen, entry_from, followed
from domain.charter.indicators import Indicator
from domain.charter.masking import Published, published, targets_beside
from domain.charter.reporting import Outcome, outcome, outcomes, reported
from domain.charter.values import Value, parse_day, value_in
from domain.refusals import N_, Refusal
from storage.reads.charter.public import ReportedYear, Sheet, sheet_of

router = APIRouter()
PARIS = ZoneInfo("Europe/Paris")

WORDS = {
    Outcome.KEPT: N_("Tenu"),
    Outcome.MISSED: N_("Non atteint"),
    Outcome.NOT_DUE: N_("En cours"),
}
TONES = {Outcome.KEPT: "good", Outcome.MISSED: "attention", Outcome.NOT_DUE: "neutral"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one year: the value that may be published, its target, its explanation."""

    indicator: Indicator
    value: Published | None
    target: Published | None
    by: date | None
    outcome: Outcome
    estimate: bool
    explanation: str
    level: LevelNamed | None


@dataclass(frozen=True, slots=True)
class Kept:
    """One commitment in one year, with its figures."""

    commitment: Commitment
    outcome: Outcome
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class YearShown:
    """An account as the public reads it; no commitment at all when it was never given."""

    year: int
    told: ReportedYear
    level: LevelNamed | None
    kept: tuple[Kept, ...]


@router.get("/signataires/{adherence_id}")
async def show(adherence_id: UUID, db: Db, screen: Screen, now: Now) -> Response:
    """The sheet of a signatory, for as long as the published rules name it."""
    async with db.transaction() as session:
        sheet = await sheet_of(session, adherence_id, now.astimezone(PARIS).date())
    if sheet is None:
        raise NotFound
    entry = entry_from(sheet.entry)
    return screen.show(
        "pages/charter/public/sheet.html",
        sheet=sheet,
        line=line_of(sheet.charter, sheet.signatory),
        promised=[
            (each, promises(sheet.charter, entry, each)) for each in chosen(sheet.charter, entry)
        ],
        years=[_year(sheet, entry, each) for each in sheet.years],
        words=WORDS,
        tones=TONES,
    )


def promises(
    charter: CharterDocument, entry: Entry, commitment: Commitment
) -> list[tuple[Indicator, Published | None, date | None]]:
    """The targets of a commitment as they may be published, with their dates."""
    targets = _masked(charter, {code: each.target for code, each in entry.targets.items()})
    return [
        (each, targets.get(each.code), day_of(entry, each)) for each in followed(commitment, entry)
    ]


def day_of(entry: Entry, indicator: Indicator) -> date | None:
    """By when a target is promised, if what was typed is a day."""
    try:
        return parse_day(entry.targets[indicator.code].by)
    except Refusal:
        return None


def _year(sheet: Sheet, entry: Entry, told: ReportedYear) -> YearShown:
    charter, answers = sheet.charter, told.answers
    if answers is None:
        return YearShown(told.year, told, None, ())
    typed = {each.code: reported(answers, each.code).value for each in charter.indicators}
    values = _masked(charter, typed)
    targets = targets_beside(
        _masked(charter, {code: each.target for code, each in entry.targets.items()}), values
    )
    levels = {each.code: each for each in charter.levels}
    said = outcomes(charter, entry, answers, told.year)
    kept = tuple(
        Kept(
            commitment,
            said[commitment.code],
            tuple(
                Figure(
                    indicator=each,
                    value=values.get(each.code),
                    target=targets.get(each.code),
                    by=day_of(entry, each),
                    outcome=outcome(each, entry, answers, told.year),
                    estimate=reported(answers, each.code).estimate,
                    explanation=reported(answers, each.code).explanation,
                    level=_level(levels, told.levels.get(each.code, told.level)),
                )
                for each in followed(commitment, entry)
            ),
        )
        for commitment in chosen(charter, entry)
    )
    return YearShown(told.year, told, _level(levels, told.level), kept)


def _masked(charter: CharterDocument, typed: Mapping[str, str]) -> dict[str, Published]:
    values: dict[str, Value] = {}
    for code, text in typed.items():
        value = value_in(charter.indicator(code), text) if text else None
        if value is not None:
            values[code] = value
    return published(charter, values)


def _level(levels: Mapping[Level, LevelNamed], code: str) -> LevelNamed | None:
    return levels.get(Level(code)) if code in set(Level) else None
