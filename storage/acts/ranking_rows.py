"""The rows of a ranking: the raw order and, beside it, what the adjusted ranking says."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from domain.calibration.results import Adjusted, Calibration
from domain.calibration.rules import Method
from domain.edition import EditionTemplate
from domain.ranking import NOT_AWARDABLE, FileScores, Standing, rank

Files = Mapping[str, Sequence[FileScores]]
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Ranking:
    """All rows of a cycle, and what is kept of its adjusted ranking; empty when none is made."""

    rows: tuple[Row, ...]
    calibration: Mapping[str, Any] = field(default_factory=dict[str, Any])


def ranking_of(cycle_id: UUID, template: EditionTemplate, files: Files) -> Ranking:
    """Rank every category of a cycle; the same cards always give the same rows."""
    raw = {
        code: rank(template.category(code), template.scale, template.jury, scores)
        for code, scores in sorted(files.items())
    }
    calibration, kept = _calibrated(template, files, raw)
    adjusted = {each.file: each for each in calibration.files}
    is_order = template.jury.calibration.method is Method.ORDER
    rows = (
        _row(cycle_id, code, place, standing, adjusted.get(standing.application_id))
        for code, standings in raw.items()
        for place, standing in enumerate(
            _reordered(standings, adjusted) if is_order else standings, start=1
        )
    )
    return Ranking(tuple(rows), kept)


def _calibrated(
    template: EditionTemplate, files: Files, raw: Mapping[str, Sequence[Standing]]
) -> tuple[Calibration, Mapping[str, Any]]:
    if template.jury.calibration.method is Method.RAW:
        return Calibration(0), {}
    import numpy as np  # noqa: PLC0415  (heavy, and only ever needed here)
    import scipy  # noqa: PLC0415

    from domain.calibration.cycle import (  # noqa: PLC0415
        calibrated,
        input_fingerprint,
        readings_of,
    )

    barred = {
        each.application_id
        for standings in raw.values()
        for each in standings
        if NOT_AWARDABLE.intersection(each.flags)
    }
    readings = readings_of(template, files)
    found = calibrated(template, readings, barred)
    return found, {
        "seed": found.seed,
        "input": input_fingerprint(readings),
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
        "rules": _plain(asdict(template.jury.calibration)),
        "juries": [_plain(asdict(each)) for each in found.juries],
        "jurors": [_plain(asdict(each)) for each in found.severities],
    }


def _reordered(
    standings: Sequence[Standing], adjusted: Mapping[str, Adjusted]
) -> Sequence[Standing]:
    """The same files by their adjusted score, unless two juries share the category."""
    juries = {each.jury for s in standings if (each := adjusted.get(s.application_id))}
    if len(juries) > 1:
        return standings

    def key(standing: Standing) -> tuple[Decimal, int]:
        found = adjusted.get(standing.application_id)
        known = found is not None and found.rank is not None
        return (-found.score if found and known else Decimal(1), standing.rank or len(standings))

    ordered = sorted(standings, key=key)
    before: dict[tuple[Decimal, int], int] = {}
    for place, standing in enumerate(ordered, start=1):
        before.setdefault(key(standing), place)
    return [
        replace(each, rank=before[key(each)] if each.rank is not None else None) for each in ordered
    ]


def _row(
    cycle_id: UUID, category: str, place: int, standing: Standing, adjusted: Adjusted | None
) -> Row:
    return {
        "id": uuid4(),
        "cycle_id": cycle_id,
        "category": category,
        "application_id": UUID(standing.application_id),
        "place": place,
        "rank": standing.rank,
        "mean": standing.mean,
        "spread": standing.spread,
        "valid_cards": standing.valid,
        "criteria": {code: str(average) for code, average in standing.averages.items()},
        "flags": [str(flag) for flag in standing.flags],
        "tied_with": list(standing.tied_with),
        "adjusted": {} if adjusted is None else _kept(adjusted),
    }


def _kept(adjusted: Adjusted) -> dict[str, object]:
    return {
        "jury": adjusted.jury,
        "score": str(adjusted.score),
        "rank": adjusted.rank,
        "best": adjusted.best,
        "worst": adjusted.worst,
        "chance": None if adjusted.chance is None else str(adjusted.chance),
        "zone": adjusted.zone,
        "readings": {
            each.juror: {"correction": str(each.correction), "is_unusual": each.is_unusual}
            for each in adjusted.readings
        },
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Exact numbers as JSON keeps them, in words."""
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }
