"""Files of the trophies that were kept long enough: drafts, documents, dossiers, jurors, people named."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.applications import Status
from domain.edition import Retention
from domain.erasure import nowhere
from domain.phases import Phase
from domain.retention import Kept, is_over, without_people
from storage.tables.applications import Application, ApplicationVersion, Attachment, Member
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.partners import Partner
from storage.tables.people import Person
from storage.tables.records import Request
from storage.tables.results import Decision, Palmares
from storage.templates import calendar_in, template_by_id

NEVER_SENT = (Status.DRAFT, Status.LAPSED, Status.WITHDRAWN)
Months = Callable[[Retention], int]


async def drafts_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """Drafts never sent, of calls that have closed long enough ago."""
    cycles = await session.scalars(select(Cycle).where(col(Cycle.phase) != Phase.OPEN))
    closed = [
        each.id
        for each in cycles
        if is_over(
            calendar_in(each).closes_at,
            (await template_by_id(session, each.template_id)).retention.drafts_after_closing,
            now,
        )
    ]
    query = _files_of(closed).where(
        col(Application.version) == 0,
        col(Application.status).in_(NEVER_SENT),
        or_(col(Application.siret) != "", cast(col(Application.answers), Text) != "{}"),
    )
    return (await session.scalars(query.limit(limit))).all()


async def empty_files(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Sequence[UUID]:
    """Nobody and no company stands in a file any more; category, territory and scores stay."""
    joined = await session.scalars(
        select(col(Attachment.id)).where(col(Attachment.application_id).in_(ids))
    )
    freed = await forget_documents(session, joined.all(), now)
    await session.execute(delete(Member).where(col(Member.application_id).in_(ids)))
    await session.execute(
        update(Partner)
        .where(col(Partner.application_id).in_(ids))
        .values(name="", siret="", registry_facts=None, answers={}, seen=None)
    )
    await session.execute(
        update(ApplicationVersion)
        .where(col(ApplicationVersion.application_id).in_(ids))
        .values(answers={}, attachments=[], partner=None)
    )
    await session.execute(
        update(Application)
        .where(col(Application.id).in_(ids))
        .values(
            siret="", siren="", company="", title="", answers={}, set_aside={},
            registry_facts=None, verdicts=None, saved_by=None,
        )
    )  # fmt: skip
    await _forget_requests(session, [f"application:{each}" for each in ids])
    return freed


async def documents_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """Documents joined to files whose palmarès is published long enough."""
    cycles = await _published(session, now, lambda kept: kept.attachments_after_publication)
    rows = await session.scalars(
        select(col(Attachment.id))
        .where(col(Attachment.application_id).in_(_files_of(cycles)), col(Attachment.name) != "")
        .limit(limit)
    )
    return rows.all()


async def forget_documents(
    session: AsyncSession, ids: Sequence[UUID], now: datetime
) -> Sequence[UUID]:
    """Their names go; the ids of the bytes that no copy of the file still shares."""
    await session.execute(
        update(Attachment)
        .where(col(Attachment.id).in_(ids))
        .values(name="", removed_at=func.coalesce(col(Attachment.removed_at), now))
    )
    other = aliased(Attachment)
    bytes_of = func.coalesce(col(Attachment.stored_as), col(Attachment.id))
    shared = exists().where(
        func.coalesce(col(other.stored_as), col(other.id)) == bytes_of, col(other.name) != ""
    )
    rows = await session.scalars(
        select(bytes_of).where(col(Attachment.id).in_(ids), ~shared).distinct()
    )
    return rows.all()


async def files_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """Files that were sent and won nothing, whose palmarès is published long enough."""
    cycles = await _published(session, now, lambda kept: kept.files_after_publication)
    query = _files_of(cycles).where(
        col(Application.version) > 0, col(Application.siret) != "", ~_has_won()
    )
    return (await session.scalars(query.limit(limit))).all()


async def jurors_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """Jurors who still have a name, whose palmarès is published long enough."""
    cycles = await _published(session, now, lambda kept: kept.juror_scores_after_publication)
    rows = await session.scalars(
        select(col(Juror.id))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id).in_(cycles), col(Person.erased_at).is_(None))
        .limit(limit)
    )
    return rows.all()


async def detach_jurors(
    session: AsyncSession, ids: Sequence[UUID], now: datetime
) -> Sequence[UUID]:
    """Each sits under nobody's name; their scores stay, their words go."""
    for juror in await session.scalars(select(Juror).where(col(Juror.id).in_(ids))):
        nobody = Person(email=nowhere(juror.id), erased_at=now)
        session.add(nobody)
        await session.flush()
        cards = await session.scalars(select(col(Card.id)).where(col(Card.juror_id) == juror.id))
        subjects = [f"juror:{juror.id}", *(f"card:{each}" for each in cards)]
        await session.execute(
            update(Request)
            .where(col(Request.subject).in_(subjects), col(Request.by_person) == juror.person_id)
            .values(by_person=nobody.id, payload={})
        )
        juror.person_id, juror.organisation, juror.siren, juror.reason = nobody.id, "", "", ""
    await session.execute(
        update(Card).where(col(Card.juror_id).in_(ids)).values(comments={}, reason="")
    )
    await session.execute(update(Conflict).where(col(Conflict.juror_id).in_(ids)).values(reason=""))
    return ()


async def named_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[UUID]:
    """Laureate files in which somebody is still named with an address."""
    cycles = await _published(session, now, lambda kept: kept.laureate_people_after_publication)
    query = _files_of(cycles).where(_has_won(), cast(col(Application.answers), Text).contains("@"))
    return (await session.scalars(query.limit(limit))).all()


async def forget_named(
    session: AsyncSession, ids: Sequence[UUID], _now: datetime
) -> Sequence[UUID]:
    """Whoever is named with an address goes from the file and from what was sent of it."""
    for table, key in (
        (Application, col(Application.id)),
        (ApplicationVersion, col(ApplicationVersion.application_id)),
    ):
        for row in await session.scalars(select(table).where(key.in_(ids))):
            row.answers = without_people(row.answers)
    await session.execute(delete(Member).where(col(Member.application_id).in_(ids)))
    return ()


def _files_of(cycles: Sequence[UUID]) -> Select[UUID]:
    return select(col(Application.id)).where(col(Application.cycle_id).in_(cycles))


def _has_won() -> ColumnElement[bool]:
    return (
        select(col(Decision.id))
        .where(
            and_(col(Decision.laureate_id) == col(Application.id), col(Decision.awards).is_(True))
        )
        .exists()
    )


async def _forget_requests(session: AsyncSession, subjects: Sequence[str]) -> None:
    """What was typed when asking goes; who asked what, and when, stays for the proof."""
    await session.execute(
        update(Request).where(col(Request.subject).in_(subjects)).values(payload={})
    )


async def _published(session: AsyncSession, now: datetime, months: Months) -> list[UUID]:
    """The cycles whose palmarès has been public for the months of their own template."""
    rows = await session.execute(
        select(col(Cycle.id), col(Cycle.template_id), func.min(col(Palmares.published_at)))
        .join(Palmares, col(Palmares.cycle_id) == col(Cycle.id))
        .group_by(col(Cycle.id))
    )
    return [
        cycle_id
        for cycle_id, template_id, published_at in rows.all()
        if is_over(
            published_at, months((await template_by_id(session, template_id)).retention), now
        )
    ]


FILES = {
    Kept.DRAFTS: (drafts_due, empty_files),
    Kept.ATTACHMENTS: (documents_due, forget_documents),
    Kept.FILES: (files_due, empty_files),
    Kept.JURORS: (jurors_due, detach_jurors),
    Kept.LAUREATE_PEOPLE: (named_due, forget_named),
}
