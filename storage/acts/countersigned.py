"""A countersignature that comes after the file was sent: the same file, with the partner's part."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.acts.case import Case
from storage.acts.partner_file import countersignature
from storage.acts.submission import fingerprint
from storage.tables.applications import ApplicationVersion
from storage.tables.partners import Partner


async def send_with_countersignature(
    session: AsyncSession, case: Case, partner: Partner
) -> ApplicationVersion | None:
    """A version more: what the company sent last, unchanged, and the part of its partner.

    Nothing when the company has sent nothing yet: its own submission will carry it.
    """
    application, request = case.application, case.request
    sent = await _last_sent(session, case)
    if sent is None or request is None:
        return None
    application.version += 1
    answers, signed = sent.answers | partner.answers, countersignature(partner)
    version = ApplicationVersion(
        application_id=application.id,
        version=application.version,
        category=application.category,
        answers=answers,
        attachments=sent.attachments,
        partner=signed,
        fingerprint=fingerprint(application, answers, sent.attachments, signed),
        arrived_at=case.at,
        in_tolerance=False,
        # Whoever answers for the company's half still does.
        by_person=sent.by_person,
        request_id=request.id,
    )
    session.add(version)
    return version


async def _last_sent(session: AsyncSession, case: Case) -> ApplicationVersion | None:
    found = await session.execute(
        select(ApplicationVersion).where(
            col(ApplicationVersion.application_id) == case.application.id,
            col(ApplicationVersion.version) == case.application.version,
        )
    )
    return found.scalar_one_or_none()
