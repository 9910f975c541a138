"""The file of a company in the final: what it last sent in its territory, which it may then update."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.final_files import Entry
from storage.acts.case import Case
from storage.acts.judged_below import keep_from_judging_again
from storage.acts.submission import fingerprint, number_of
from storage.journal import write_line
from storage.tables.applications import Application, ApplicationVersion, Attachment, Member
from storage.tables.cycles import Cycle
from storage.tables.partners import Partner
from storage.templates import calendar_in

GONE = (Status.WITHDRAWN, Status.LAPSED)


@dataclass(frozen=True, slots=True)
class GoingUp:
    """A file that leaves its territory for the final, and how it does."""

    file: Application
    final: Cycle
    entry: Entry
    at: datetime


async def send_up(session: AsyncSession, going: GoingUp) -> Application:
    """Copy the version last sent into the final, with its people and its pieces; twice is once."""
    already = await _in_the_final(session, going)
    if already is not None:
        return already
    sent = await _last_sent(session, going.file)
    partner = await _partner_of(session, going.file.id)
    copy = _copied(going, sent, partner)
    session.add(copy)
    await session.flush()
    copy.number = number_of(Case(copy, going.final, calendar_in(going.final), None, going.at))
    pieces = await _copy_pieces(session, copy, sent, going.at)
    session.add(_version(copy, sent, pieces, going.at))
    await _copy_members(session, going.file.id, copy.id)
    if partner is not None:
        session.add(_partner(copy, partner))
    await session.flush()
    await keep_from_judging_again(session, going.final, going.at)
    write_line(
        session,
        subject=f"application:{copy.id}",
        act="send_up",
        at=going.at,
        before=going.file.number or "",
        after=going.entry,
        cycle_id=going.final.id,
        calendar_version=going.final.calendar_version,
    )
    return copy


def _copied(going: GoingUp, sent: ApplicationVersion, partner: Partner | None) -> Application:
    file = going.file
    not_ours = partner.answers if partner else {}
    return Application(
        id=uuid5(file.id, str(going.final.id)),
        cycle_id=going.final.id,
        siret=file.siret,
        siren=file.siren,
        company=file.company,
        category=file.category,
        title=str(sent.answers.get("title", file.title)),
        status=Status.ADMITTED,
        version=1,
        answers={code: said for code, said in sent.answers.items() if code not in not_ours},
        registry_facts=file.registry_facts,
        verdicts=file.verdicts,
        admissible=file.admissible,
        submitted_at=going.at,
        entry=going.entry,
        origin_id=file.id,
    )


def _version(
    copy: Application, sent: ApplicationVersion, pieces: list[dict[str, object]], at: datetime
) -> ApplicationVersion:
    return ApplicationVersion(
        application_id=copy.id,
        version=1,
        category=copy.category,
        answers=sent.answers,
        attachments=pieces,
        partner=sent.partner,
        fingerprint=fingerprint(copy, sent.answers, pieces, sent.partner),
        arrived_at=at,
        by_person=sent.by_person,
        request_id=uuid5(copy.id, "sent up"),
    )


async def _in_the_final(session: AsyncSession, going: GoingUp) -> Application | None:
    found = await session.execute(
        select(Application).where(
            col(Application.cycle_id) == going.final.id,
            col(Application.siret) == going.file.siret,
            col(Application.category) == going.file.category,
            col(Application.status).not_in(GONE),
        )
    )
    return found.scalar_one_or_none()


async def _last_sent(session: AsyncSession, file: Application) -> ApplicationVersion:
    found = await session.execute(
        select(ApplicationVersion).where(
            col(ApplicationVersion.application_id) == file.id,
            col(ApplicationVersion.version) == file.version,
        )
    )
    return found.scalar_one()


async def _copy_pieces(
    session: AsyncSession, copy: Application, sent: ApplicationVersion, at: datetime
) -> list[dict[str, object]]:
    """The pieces of the version that was sent, in the same bytes on disk, under ids of their own."""
    rows = await session.execute(
        select(Attachment).where(col(Attachment.application_id) == copy.origin_id)
    )
    known = {str(row.id): row for row in rows.scalars()}
    pieces: list[dict[str, object]] = []
    for piece in sent.attachments:
        row = known[str(piece["id"])]
        its_id = uuid5(copy.id, str(row.id))
        session.add(
            Attachment(
                id=its_id,
                application_id=copy.id,
                name=row.name,
                media_type=row.media_type,
                size=row.size,
                sha256=row.sha256,
                added_at=at,
                added_by=row.added_by,
                stored_as=row.stored_as or row.id,
            )
        )
        pieces.append({**piece, "id": str(its_id)})
    return pieces


async def _copy_members(session: AsyncSession, source: UUID, copy: UUID) -> None:
    rows = await session.execute(select(Member).where(col(Member.application_id) == source))
    for member in rows.scalars().all():
        await session.execute(
            insert(Member)
            .values(
                id=uuid5(copy, str(member.person_id)),
                application_id=copy,
                person_id=member.person_id,
                role=member.role,
            )
            .on_conflict_do_nothing()
        )


async def _partner_of(session: AsyncSession, application_id: UUID) -> Partner | None:
    found = await session.execute(
        select(Partner).where(col(Partner.application_id) == application_id)
    )
    return found.scalar_one_or_none()


def _partner(copy: Application, partner: Partner) -> Partner:
    """The partner countersigned once: its part goes up with the file."""
    return Partner(
        id=uuid5(copy.id, "partner"),
        application_id=copy.id,
        person_id=partner.person_id,
        name=partner.name,
        siret=partner.siret,
        kind=partner.kind,
        registry_facts=partner.registry_facts,
        status=partner.status,
        round=partner.round,
        shares=partner.shares,
        answers=partner.answers,
        invited_at=partner.invited_at,
        saved_at=partner.saved_at,
        countersigned_at=partner.countersigned_at,
        seen=partner.seen,
    )
