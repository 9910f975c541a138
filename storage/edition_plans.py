"""The plan and the frame of an edition, from their columns to the rules and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.edition_plan import EditionFrame, PlannedTerritory, confirmation_reminders
from domain.editions import EditionPhase
from domain.levels import Level
from domain.phases import Phase
from domain.wire.edition import EditionPlan, LedCycle
from storage.tables.cycles import Cycle, Edition

_FRAME: TypeAdapter[EditionFrame] = TypeAdapter(EditionFrame)
_TERRITORIES: TypeAdapter[tuple[PlannedTerritory, ...]] = TypeAdapter(tuple[PlannedTerritory, ...])


@dataclass(frozen=True, slots=True)
class LedEdition:
    """An edition that is led: what its organiser confirms."""

    territories: tuple[PlannedTerritory, ...]
    frame: EditionFrame
    quorum: int
    cutoff_at: datetime

    @property
    def seen(self) -> str:
        """The fingerprint of all of it, by which a page says what it showed."""
        shown = list(plan_document(self).values())
        return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def plan_document(plan: LedEdition) -> dict[str, Any]:
    """A whole plan as a request keeps it."""
    return {
        "territories": _TERRITORIES.dump_python(plan.territories, mode="json"),
        "frame": _FRAME.dump_python(plan.frame, mode="json"),
        "quorum": plan.quorum,
        "cutoff_at": plan.cutoff_at.isoformat(),
    }


def plan_from(document: Mapping[str, Any]) -> LedEdition:
    """The plan that a request keeps."""
    return LedEdition(
        _TERRITORIES.validate_python(document["territories"]),
        frame_from(document["frame"]),
        int(document["quorum"]),
        datetime.fromisoformat(document["cutoff_at"]),
    )


def led(edition: Edition) -> LedEdition:
    """What the columns of a led edition hold."""
    frame = frame_in(edition)
    return LedEdition(
        territories=territories_in(edition),
        frame=frame,
        quorum=edition.quorum or 1,
        cutoff_at=edition.cutoff_at or frame.national.opens_at,
    )


def keep(edition: Edition, plan: LedEdition) -> None:
    """Write the plan into its columns."""
    edition.plan = {"territories": _TERRITORIES.dump_python(plan.territories, mode="json")}
    edition.frame = _FRAME.dump_python(plan.frame, mode="json")
    edition.quorum = plan.quorum
    edition.cutoff_at = plan.cutoff_at


def territories_in(edition: Edition) -> tuple[PlannedTerritory, ...]:
    """The territories that were planned."""
    return _TERRITORIES.validate_python(edition.plan.get("territories", ()))


def frame_in(edition: Edition) -> EditionFrame:
    """The frame of dates of a led edition."""
    return frame_from(edition.frame)


async def frame_over(session: AsyncSession, cycle: Cycle) -> EditionFrame | None:
    """The frame in which the dates of a cycle keep; none over a final, or where nobody leads the edition."""
    if cycle.level != Level.TERRITORIAL:
        return None
    edition = await session.get_one(Edition, cycle.edition_id)
    return None if edition.phase == EditionPhase.BY_HAND else frame_in(edition)


def frame_from(document: dict[str, Any]) -> EditionFrame:
    """The frame that a column keeps."""
    return _FRAME.validate_python(document)


async def wire_plan(session: AsyncSession, edition: Edition) -> EditionPlan:
    """What the workflow of an edition waits with, as the rows stand now."""
    plan = led(edition)
    rows = await session.scalars(
        select(Cycle)
        .where(col(Cycle.edition_id) == edition.id, col(Cycle.level) != Level.INTERNAL)
        .order_by(col(Cycle.code))
    )
    cycles = [
        (Level(each.level), LedCycle(str(each.id), each.code, Phase(each.phase))) for each in rows
    ]
    return EditionPlan(
        phase=EditionPhase(edition.phase),
        remind_at=confirmation_reminders(plan.frame, edition.created_at),
        territories=tuple(each for level, each in cycles if level is Level.TERRITORIAL),
        national=next((each for level, each in cycles if level is Level.NATIONAL), None),
        quorum=plan.quorum,
        cutoff_at=plan.cutoff_at,
    )
