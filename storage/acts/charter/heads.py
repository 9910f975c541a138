"""A new head of the company signs what was promised, and takes the place of the one before."""

from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.entry import NOBODY, Holder, entry_from
from domain.charter.people import NEXT_HEAD, check_is_next_head
from domain.charter.situation import Situation
from domain.refusals import N_, Refusal
from storage.acts.charter.case import AdherenceCase, write
from storage.acts.charter.entry import fingerprint_of_entry, last_engagement
from storage.tables.charter import AdherenceMember, Engagement
from storage.tables.charter_roles import RoleChange

_CHANGED = N_(
    "Ce qui est à signer a changé depuis que vous avez ouvert cette page : relisez-le avant de signer."
)


async def take_over(session: AsyncSession, case: AdherenceCase) -> Situation:
    """Keep the signature of the new head under the promises in force, for the rest of the term."""
    adherence, request = case.adherence, case.request
    signer = request.by_person if request else None
    held = await session.scalars(
        select(col(AdherenceMember.role)).where(
            col(AdherenceMember.adherence_id) == adherence.id,
            col(AdherenceMember.person_id) == signer,
        )
    )
    check_is_next_head(frozenset(held))
    signed = await last_engagement(session, adherence)
    if request is None or signed is None or adherence.next_head is None:
        raise Refusal(_CHANGED)
    head = holder_from(adherence.next_head)
    promised = under(signed.entry, case.charter.signatory.code, head)
    mark = fingerprint_of_entry(adherence.siret, promised)
    if case.said("fingerprint") != mark:
        raise Refusal(_CHANGED)
    session.add(
        Engagement(
            adherence_id=adherence.id,
            number=signed.number + 1,
            entry=promised,
            fingerprint=mark,
            signed_at=case.at,
            signed_by=request.by_person,
            request_id=request.id,
        )
    )
    await _change_places(session, case, head)
    return case.situation


async def _change_places(session: AsyncSession, case: AdherenceCase, head: Holder) -> None:
    adherence, code = case.adherence, case.charter.signatory.code
    request = case.request
    if request is None:
        return
    before = entry_from(adherence.entry).roles.get(code, NOBODY)
    name = {"fr": case.charter.signatory.name.fr, "en": case.charter.signatory.name.en}
    at = case.at.isoformat()
    await write(
        session, case, "charter_role_left", key=at, to=(code,), roles=[name], successor=head.name
    )
    await session.execute(
        delete(AdherenceMember).where(
            col(AdherenceMember.adherence_id) == adherence.id,
            col(AdherenceMember.role).in_((code, NEXT_HEAD)),
        )
    )
    session.add(AdherenceMember(adherence_id=adherence.id, person_id=request.by_person, role=code))
    session.add(
        RoleChange(
            adherence_id=adherence.id,
            role=code,
            before=document_of(before),
            after=document_of(head),
            by_person=request.by_person,
            at=case.at,
        )
    )
    adherence.entry = under(adherence.entry, code, head)
    adherence.next_head = None
    await session.flush()
    await write(session, case, "charter_role_named", key=at, to=(code,), roles=[name])


def under(entry: dict[str, Any], role: str, holder: Holder) -> dict[str, Any]:
    """The entry with somebody else in that role."""
    typed = entry_from(entry)
    return replace(typed, roles={**typed.roles, role: holder}).to_document()


def holder_from(document: dict[str, Any]) -> Holder:
    """Who a document names."""
    return Holder(*(str(document.get(key) or "") for key in ("name", "function", "email")))


def document_of(holder: Holder) -> dict[str, Any]:
    """The same, to be kept."""
    return {"name": holder.name, "function": holder.function, "email": holder.email}
