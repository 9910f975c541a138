"""A cycle that grows: applications, their people, letters and journal, a jury and its cards.

Everything is written by statements over series of numbers, so that ten thousand applications and
thirty thousand cards take seconds. The jury grows with the files, thirty cards to a juror, because
what one person has to read does not depend on how many apply.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, TextClause, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from benchmarks.boards import signatories

# ruff: noqa: S608  (the statements are made of our own words; every value is a parameter)

READINGS = 3
CARDS_PER_JUROR = 30

# Three in five in the category that is looked at, so that its pages of fifty are full from the start.
CATEGORIES = "(array['CLA', 'QUA', 'QUA', 'QUA', 'COL'])[1 + n % 5]"
# One in twenty of each other status; admitted files are those that the jury reads.
STATUS = """case n % 20 when 0 then 'draft' when 1 then 'submitted' when 2 then 'refused'
            when 3 then 'complements_requested' else 'admitted' end"""

PEOPLE = """
    insert into person (id, email, name, language)
    select gen_random_uuid(), 'company-' || n || '@exemple.fr', 'Camille ' || n, 'fr'
    from generate_series(:first, :last) as n
"""
APPLICATIONS = f"""
    insert into application (id, cycle_id, siret, siren, company, category, title, entry, status, version,
                             number, answers, verdicts, admissible, submitted_at)
    select gen_random_uuid(), :cycle, lpad(n::text, 14, '0'), lpad(n::text, 9, '0'),
           'Entreprise ' || md5(n::text), {CATEGORIES}, 'Action ' || n, 'applied', {STATUS}, 1,
           'N-' || lpad(n::text, 6, '0'), cast(:answers as jsonb), cast(:verdicts as jsonb),
           n % 7 > 0, now() - n * interval '1 minute'
    from generate_series(:first, :last) as n
"""
# The rows of this step are known by their number, which is made from it.
OF_THIS_STEP = """
    generate_series(:first, :last) as n
    join application on application.number = 'N-' || lpad(n::text, 6, '0')
                    and application.cycle_id = :cycle
"""
MEMBERS = f"""
    insert into member (id, application_id, person_id, role)
    select gen_random_uuid(), application.id, person.id, 'owner'
    from {OF_THIS_STEP} join person on person.email = 'company-' || n || '@exemple.fr'
"""
VERSIONS = f"""
    insert into application_version (id, application_id, version, answers, attachments, fingerprint,
                                     arrived_at, in_tolerance, by_person, request_id)
    select gen_random_uuid(), application.id, 1, application.answers, '[]', md5(n::text), now(),
           false, person.id, gen_random_uuid()
    from {OF_THIS_STEP} join person on person.email = 'company-' || n || '@exemple.fr'
    where application.status <> 'draft'
"""
LETTERS = f"""
    insert into letter (id, key, kind, subject, cycle_id, person_id, facts, state, sent_at)
    select gen_random_uuid(), kind || ':' || application.id, kind, 'application:' || application.id,
           :cycle, person.id, cast(:facts as jsonb), case when n % 5 = 0 then 'failed' else 'sent' end, now()
    from {OF_THIS_STEP} join person on person.email = 'company-' || n || '@exemple.fr',
         unnest(array['draft_reminder', 'receipt', 'application_admitted']) as kind
"""
JOURNAL = f"""
    insert into journal (at, actor, subject, cycle_id, act, before, after, reason)
    select now() - n * interval '1 minute', 'person:' || person.id,
           'application:' || application.id, :cycle, act, 'draft', 'submitted', ''
    from {OF_THIS_STEP} join person on person.email = 'company-' || n || '@exemple.fr',
         unnest(array['submit', 'submit', 'admit']) as act
"""
JURY_PEOPLE = """
    insert into person (id, email, name, language)
    select gen_random_uuid(), 'juror-' || n || '@exemple.fr', 'Jeanne ' || n, 'fr'
    from generate_series(:first_juror, :last_juror) as n
"""
JURORS = """
    insert into juror (id, cycle_id, person_id, organisation, siren, is_chair, status, reason,
                       answered_at, conflicts_declared_at)
    select gen_random_uuid(), :cycle, person.id, 'Organisation ' || n, '', n = 1, 'accepted', '',
           now(), now()
    from generate_series(:first_juror, :last_juror) as n
    join person on person.email = 'juror-' || n || '@exemple.fr'
"""
# File n is read by the juror of its own ten files: thirty cards each, and one in three still waits.
CARDS = f"""
    insert into card (id, cycle_id, application_id, juror_id, status, marks, comments, note, reason)
    select gen_random_uuid(), :cycle, application.id, juror.id,
           case when (n + reading) % 3 = 0 then 'to_score' else 'sealed' end,
           cast(:marks as jsonb), '{{}}', 40 + (n * 7 + reading * 13) % 60, ''
    from {OF_THIS_STEP},
         generate_series(0, :readings - 1) as reading
         join lateral (
             select juror.id from juror join person on person.id = juror.person_id
             where juror.cycle_id = :cycle and person.email = 'juror-' ||
                 :first_juror + (n - :first + reading * 7) % (:last_juror - :first_juror + 1)
                 || '@exemple.fr'
         ) as juror on true
"""
FORGET_STANDINGS = "delete from standing where cycle_id = :cycle"
STANDINGS = """
    insert into standing (id, cycle_id, category, application_id, place, rank, mean, spread,
                          valid_cards, criteria, flags, tied_with)
    select gen_random_uuid(), :cycle, category, id, place, place, 100 - place % 90, 5, 3,
           cast(:averages as jsonb), '[]', '[]'
    from (
        select id, category, row_number() over (partition by category order by number) as place
        from application where cycle_id = :cycle and status = 'admitted'
    ) as ranked
"""

# What the subjects and the texts of those three letters say.
FACTS = {
    "cycle_name": "Auvergne-Rhône-Alpes",
    "zone": "Europe/Paris",
    "link": "/mon-espace",
    "company": "Menuiserie des Alpes",
    "title": "Un tuteur pour chacun",
    "number": "N-000001",
    "category": "Qualité des parcours",
    "closes_at": "2027-06-30T10:00:00+00:00",
    "arrived_at": "2027-06-29T10:00:00+00:00",
    "next_at": "2027-09-01T10:00:00+00:00",
    "fingerprint": "0" * 64,
    "version": 1,
    "in_tolerance": False,
    "done": 12,
    "required": 30,
}

GROWING = (
    *(PEOPLE, APPLICATIONS, MEMBERS, VERSIONS, LETTERS, JOURNAL),
    *(JURY_PEOPLE, JURORS, CARDS, FORGET_STANDINGS, STANDINGS),
    *signatories.GROWING,
)


async def grow(  # noqa: PLR0913, PLR0917  (a step of growth and what every row is filled with)
    session: AsyncSession,
    cycle_id: UUID,
    before: int,
    after: int,
    answers: Mapping[str, Any],
    marks: Mapping[str, int],
) -> None:
    """Add the applications that a cycle lacks to have that many, with all that surrounds them."""
    jurors_before, jurors_after = (_jurors(before), _jurors(after))
    values: dict[str, UUID | int | str] = {
        "cycle": cycle_id,
        "first": before + 1,
        "last": after,
        "first_juror": jurors_before + 1,
        "last_juror": jurors_after,
        "readings": READINGS,
        "answers": json.dumps(answers),
        "verdicts": json.dumps([_said("E1", "pass"), _said("E2", "to_check"), _said("E3", "fail")]),
        "marks": json.dumps(marks),
        "facts": json.dumps(FACTS),
        "averages": json.dumps({code: f"{mark}.5" for code, mark in marks.items()}),
    }
    for statement in GROWING:
        await session.execute(_with_values(statement, values))


def _with_values(statement: str, values: Mapping[str, UUID | int | str]) -> TextClause:
    """The statement with the values that it names; their types are told, since series need them."""
    named = text(statement)
    return named.bindparams(
        *(
            bindparam(name, values[name], type_=_type(values[name]))
            for name in named.compile().params
        )
    )


def _type(value: UUID | int | str) -> TypeEngine[UUID] | TypeEngine[int] | TypeEngine[str]:
    if isinstance(value, UUID):
        return Uuid()
    return Integer() if isinstance(value, int) else Text()


def _jurors(files: int) -> int:
    return files * READINGS // CARDS_PER_JUROR


def _said(rule: str, outcome: str) -> dict[str, object]:
    return {"rule": rule, "blocking": True, "outcome": outcome, "sentence": "", "facts": {}}
