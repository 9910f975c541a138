"""The ranking of a cycle computed again from its cards, and where it differs from what was frozen."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.acts.ranking import files_of
from storage.acts.ranking_rows import ranking_of
from storage.tables.cycles import Cycle
from storage.tables.results import Calibration, Standing
from storage.templates import template_of

COMPARED = (
    "place",
    "rank",
    "mean",
    "spread",
    "valid_cards",
    "criteria",
    "flags",
    "tied_with",
    "adjusted",
)
WHOLE = "calibration"
Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was frozen; a file that stands on one side only says nothing."""

    file: str
    what: str
    frozen: str
    now: str


@dataclass(frozen=True, slots=True)
class Again:
    """How many files were compared, and every difference, down to the last digit."""

    files: int
    differences: tuple[Difference, ...]


async def ranked_again(session: AsyncSession, code: str) -> Again | None:
    """Compute the ranking of a cycle from its sealed cards; None when none was frozen."""
    cycle = (await session.scalars(select(Cycle).where(col(Cycle.code) == code))).one_or_none()
    frozen: dict[str, Said] = await _frozen(session, cycle.id) if cycle else {}
    if cycle is None or not frozen:
        return None
    template, files = await template_of(session, cycle), await files_of(session, cycle.id)
    ranking = await asyncio.to_thread(ranking_of, cycle.id, template, files)
    now = {str(row["application_id"]): _said(row) for row in ranking.rows}
    now[WHOLE] = _said_whole(ranking.calibration)
    found = (
        Difference(file, what, frozen.get(file, {}).get(what, ""), now.get(file, {}).get(what, ""))
        for file in sorted({*frozen, *now})
        for what in sorted({*frozen.get(file, {}), *now.get(file, {})})
    )
    return Again(len(frozen) - 1, tuple(each for each in found if each.frozen != each.now))


async def _frozen(session: AsyncSession, cycle_id: UUID) -> dict[str, Said]:
    rows = list(await session.scalars(select(Standing).where(col(Standing.cycle_id) == cycle_id)))
    if not rows:
        return {}
    kept = await session.get(Calibration, cycle_id)
    frozen = {str(row.application_id): _said(row.model_dump()) for row in rows}
    return frozen | {WHOLE: _said_whole(kept.document if kept else {})}


def _said(row: Mapping[str, Any]) -> Said:
    return {name: _plain(row[name]) for name in COMPARED}


def _said_whole(document: Mapping[str, Any]) -> Said:
    return {name: _plain(value) for name, value in document.items()}


def _plain(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
