"""The moves of a partner: invited by the company, let go, or countersigning."""

from collections.abc import Awaitable, Callable
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.drafting import check_writable
from domain.edition import Filler
from domain.extensions import phase_for
from domain.final_files import Entry
from domain.form import check_submission
from domain.members import Role, check_may_write
from domain.partners import (
    EMAIL,
    KIND,
    SIRET,
    PartnerAct,
    PartnerStatus,
    check_alive,
    check_in_time,
    moved,
    partner_sections,
    print_of,
    text_seen,
)
from domain.phases import Phase, check_reason
from domain.refusals import N_, Refusal
from domain.wire.partner import PartnerState, SettlePartner
from storage.acts.case import Case, opened, write
from storage.acts.countersigned import send_with_countersignature
from storage.acts.looks import next_look
from storage.acts.partner_file import delay_in, partner_on
from storage.acts.partner_letters import name_of, write_to_partner
from storage.acts.partner_rule import look_again
from storage.identity import person_called
from storage.journal import write_line
from storage.tables.applications import Member
from storage.tables.partners import Partner
from storage.tables.records import Request
from storage.templates import calendar_in, template_of


async def settle(session: AsyncSession, asked: SettlePartner) -> PartnerState:
    """Do what was asked, once: the same request again gives the state that it led to."""
    case = await opened(session, asked.application, asked.request, asked.arrived_at)
    partner = await partner_on(session, case.application.id)
    request = case.request
    if request is None:
        raise Refusal(N_("Cet envoi n’a pas de demande écrite."))
    if request.settled and partner is not None:
        return await _state(session, case, partner)
    check_alive(Status(case.application.status))
    before = PartnerStatus(partner.status) if partner else None
    after = moved(before, asked.act)
    partner = await ACTS[asked.act](session, case, request, partner)
    partner.status = after
    request.settled = True
    write_line(
        session,
        subject=case.subject,
        act=asked.act,
        at=case.at,
        before=before or "",
        after=after,
        reason=str(request.payload.get("reason", "")),
        request=request,
        cycle_id=case.cycle.id,
        calendar_version=case.cycle.calendar_version,
    )
    await session.flush()
    await _tell(session, case, partner, asked.act)
    return await _state(session, case, partner)


async def _invite(
    session: AsyncSession, case: Case, request: Request, partner: Partner | None
) -> Partner:
    """Write down whom the company invites; another establishment starts from a blank part."""
    await _check_company(session, case, request)
    given, application = request.payload, case.application
    siret, kind = str(given["siret"]), str(given["kind"])
    if siret[:9] == application.siren:
        raise Refusal(N_("Le partenaire est une autre structure que la vôtre."))
    person = await person_called(session, str(given["email"]), name=str(given["name"]))
    if await _role(session, case, person.id) is not None:
        raise Refusal(
            N_("Cette personne travaille déjà au dossier : le partenaire répond pour lui-même.")
        )
    partner = partner or Partner(
        application_id=application.id,
        person_id=person.id,
        siret=siret,
        kind=kind,
        invited_at=case.at,
        round=0,
    )
    if partner.siret != siret:
        partner.answers = {}
    partner.person_id, partner.name = person.id, str(given["name"])
    partner.siret, partner.kind = siret, kind
    partner.registry_facts = given.get("registry")
    partner.shares = [str(code) for code in given.get("shares", [])]
    partner.round += 1
    partner.invited_at = case.at
    session.add(partner)
    await _name_in_the_file(session, case, siret, kind, person.email)
    return partner


async def _withdraw(
    session: AsyncSession, case: Case, request: Request, partner: Partner | None
) -> Partner:
    await _check_company(session, case, request)
    return _there(partner)


async def _countersign(
    session: AsyncSession, case: Case, request: Request, partner: Partner | None
) -> Partner:
    """Seal the partner's part, with the text of the company that its page showed."""
    partner, application = _there(partner), case.application
    if request.by_person != partner.person_id:
        raise Refusal(N_("Seule la personne invitée peut contresigner."))
    check_in_time(await delay_in(session, case), partner.invited_at, case.at)
    template = await template_of(session, case.cycle)
    if check_submission(template, application.category, partner.answers, Filler.PARTNER):
        raise Refusal(
            N_("Il manque des réponses, ou certaines sont à corriger : relisez votre volet.")
        )
    seen = text_seen(template, application.category, application.answers)
    if print_of(seen) != request.payload.get("seen"):
        raise Refusal(
            N_(
                "L'entreprise vient de modifier ce qu'elle dit du partenariat : relisez-le, puis "
                "contresignez."
            )
        )
    partner.seen = seen
    partner.countersigned_at = case.at
    return partner


async def _decline(
    session: AsyncSession,  # noqa: ARG001  (every act is given the same)
    case: Case,  # noqa: ARG001  (every act is given the same)
    request: Request,
    partner: Partner | None,
) -> Partner:
    """The organisation says no, with its reason; late is as good as in time, and nothing is signed."""
    partner = _there(partner)
    if request.by_person != partner.person_id:
        raise Refusal(N_("Seule la personne invitée peut décliner."))
    check_reason(str(request.payload.get("reason", "")))
    return partner


ACTS: dict[
    PartnerAct, Callable[[AsyncSession, Case, Request, Partner | None], Awaitable[Partner]]
] = {
    PartnerAct.INVITE: _invite,
    PartnerAct.WITHDRAW: _withdraw,
    PartnerAct.COUNTERSIGN: _countersign,
    PartnerAct.DECLINE: _decline,
}


async def _tell(session: AsyncSession, case: Case, partner: Partner, act: PartnerAct) -> None:
    """The letters that a move causes; what was sent already is sent again with the countersignature."""
    if act is PartnerAct.INVITE and case.request is not None:
        invited_by = await name_of(session, case.request.by_person)
        await write_to_partner(session, case, partner, "partner_invited", invited_by=invited_by)
    if act is PartnerAct.WITHDRAW:
        await write_to_partner(session, case, partner, "partner_released", link="/mon-espace")
    if act is PartnerAct.DECLINE and case.request is not None:
        await write(
            session,
            case,
            "partner_declined",
            key=f"partner_declined:{case.application.id}:{partner.round}",
            partner_name=partner.name,
            reason=str(case.request.payload.get("reason", "")),
        )
    if act is PartnerAct.COUNTERSIGN:
        version = await send_with_countersignature(session, case, partner)
        await write(
            session,
            case,
            "partner_countersigned",
            key=f"partner_countersigned:{case.application.id}:{partner.round}",
            partner_name=partner.name,
            countersigned_at=case.at,
            version=version.version if version else 0,
            fingerprint=version.fingerprint if version else "",
        )
    if case.application.version:
        await look_again(session, case)


async def _check_company(session: AsyncSession, case: Case, request: Request) -> None:
    """Refuse whoever may not write in the file, and any hour at which nobody may."""
    role = await _role(session, case, request.by_person)
    check_may_write(role or Role.READER)
    application, cycle = case.application, case.cycle
    check_writable(
        Status(application.status),
        phase_for(Phase(cycle.phase), calendar_in(cycle), application.extended_until, case.at),
        case.calendar,
        application.complements_until,
        case.at,
        Entry(application.entry),
    )
    template = await template_of(session, cycle)
    if not partner_sections(template, application.category):
        raise Refusal(N_("Cette catégorie ne demande pas de partenaire."))


async def _role(session: AsyncSession, case: Case, person_id: UUID) -> Role | None:
    found = await session.execute(
        select(col(Member.role)).where(
            col(Member.application_id) == case.application.id, col(Member.person_id) == person_id
        )
    )
    role = found.scalar_one_or_none()
    return Role(role) if role else None


async def _name_in_the_file(
    session: AsyncSession, case: Case, siret: str, kind: str, email: str
) -> None:
    """The questions that name the partner say the same as the invitation."""
    template = await template_of(session, case.cycle)
    asked = {
        question.code
        for section in template.sections_for(case.application.category)
        for question in section.questions
    }
    named = {SIRET: siret, KIND: kind, EMAIL: email}
    known = {code: answer for code, answer in named.items() if code in asked}
    case.application.answers = cast("dict[str, object]", case.application.answers) | known


async def _state(session: AsyncSession, case: Case, partner: Partner) -> PartnerState:
    return PartnerState(
        PartnerStatus(partner.status), case.application.version, await next_look(session, case)
    )


def _there(partner: Partner | None) -> Partner:
    if partner is None:
        raise Refusal(N_("Aucun partenaire n'a été invité."))
    return partner
