"""How long it takes to rank ten thousand files from the thirty thousand cards of a database."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median

from sqlalchemy import text

from benchmarks.report import Sheet
from benchmarks.stage import stage
from benchmarks.world import CATEGORY, a_cycle, an_edition, an_open_calendar
from domain.calibration.rules import CalibrationRules, Method
from domain.edition import EditionTemplate
from domain.phases import Phase
from domain.ranking import FileScores
from storage.acts.ranking import files_of
from storage.acts.ranking_rows import ranking_of
from storage.database import Database
from storage.tables.cycles import Cycle
from storage.templates import template_of

FILES, JURORS, TURNS = 10_000, 500, 5
# Each file is read by three jurors, in strides that mix them; marks differ by file and by juror.
STATEMENTS = (
    """insert into person (id, email, name, language)
       select gen_random_uuid(), 'speed-' || n || '@exemple.fr', 'Juré ' || n, 'fr'
       from generate_series(0, :jurors - 1) as n""",
    """insert into juror (id, cycle_id, person_id, organisation, siren, is_chair, status, reason)
       select gen_random_uuid(), :cycle, person.id, '', '', false, 'accepted', ''
       from generate_series(0, :jurors - 1) as n
       join person on person.email = 'speed-' || n || '@exemple.fr'""",
    """insert into application (id, cycle_id, siret, siren, company, category, title, entry, status,
                                version, number, answers, verdicts, submitted_at)
       select gen_random_uuid(), :cycle, lpad(n::text, 14, '0'), lpad(n::text, 9, '0'),
              'Entreprise ' || n, :category, 'Action', 'applied', 'admitted', 1, 'S-' || n,
              '{}', '[]', now()
       from generate_series(0, :files - 1) as n""",
    """insert into card (id, cycle_id, application_id, juror_id, status, marks, comments, reason)
       select gen_random_uuid(), :cycle, application.id, juror.id, 'sealed',
              (select jsonb_object_agg(code, least(5, greatest(0, round(
                   2.5 + 1.2 * sin(n * 12.9898) + 0.6 * sin(j * 78.233) + sin(n * 3.7 + j * 9.1 + place)
               )))::int)
               from unnest(cast(:codes as text[])) with ordinality as criterion (code, place)),
              '{}', ''
       from generate_series(0, :files - 1) as n
       cross join lateral (values (n % :jurors), ((n * 7 + n / :jurors + 1) % :jurors),
                                  ((n * 13 + n / 50 + 2) % :jurors)) as turn (j)
       join application on application.number = 'S-' || n and application.cycle_id = :cycle
       join person on person.email = 'speed-' || j || '@exemple.fr'
       join juror on juror.person_id = person.id
       on conflict do nothing""",
)


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of the whole, of the raw ranking alone, of the processor, and of the reading."""

    seconds: float
    baseline: float
    cpu: float
    read: float
    sheet: Sheet


async def speed() -> Speed:
    """Rank the same cycle several times, adjusted and raw in turn, each time from the database."""
    async with stage(("postgres", "migrate")) as running:
        cycle = await _a_cycle(running.database)
        async with running.database.transaction() as session:
            template = await template_of(session, cycle)
        raw = replace(
            template, jury=replace(template.jury, calibration=CalibrationRules(method=Method.RAW))
        )
        both = [
            (
                await _ranked(running.database, cycle, template),
                await _ranked(running.database, cycle, raw),
            )
            for _ in range(TURNS)
        ]
    (whole, read, cpu), (baseline, _, _) = (
        [median(turn[side][part] for turn in both) for part in range(3)] for side in range(2)
    )
    rows = (("adjusted and raw", whole, read, cpu), ("raw alone", baseline, read, ""))
    heads = ("Ranking of 10,000 files, 30,000 cards", "seconds", "of which read", "cpu")
    return Speed(whole, baseline, cpu, read, Sheet("Speed", heads, rows))


async def _ranked(
    database: Database, cycle: Cycle, template: EditionTemplate
) -> tuple[float, float, float]:
    began, worked = time.perf_counter(), time.process_time()
    async with database.transaction() as session:
        files: Mapping[str, list[FileScores]] = await files_of(session, cycle.id)
    read = time.perf_counter() - began
    ranking = await asyncio.to_thread(ranking_of, cycle.id, template, files)
    assert len(ranking.rows) == FILES
    return time.perf_counter() - began, read, time.process_time() - worked


async def _a_cycle(database: Database) -> Cycle:
    async with database.transaction() as session:
        edition = await an_edition(session)
        cycle = await a_cycle(session, edition, "REG-84", an_open_calendar(), Phase.EVALUATION)
        codes = list((await template_of(session, cycle)).category(CATEGORY).criterion_codes)
        told = {
            "cycle": cycle.id,
            "files": FILES,
            "jurors": JURORS,
            "category": CATEGORY,
            "codes": codes,
        }
        for statement in STATEMENTS:
            named = {name: value for name, value in told.items() if f":{name}" in statement}
            await session.execute(text(statement), named)
        return cycle
