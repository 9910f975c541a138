"""Requests of programs, written down as those of people."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.identity.viewer import Viewer
from api.rest.reaching import wrong_input
from api.rest.shapes import Asking
from domain.mistakes import Mistake
from domain.phases import check_reason
from domain.refusals import N_
from domain.wire.asked import Asked
from storage.requests import the_request, write_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.templates import template_of


def check_reason_of(asking: Asking) -> None:
    """Refuse an act that gives no reason."""
    with wrong_input():
        check_reason(asking.reason)


async def check_rules(
    session: AsyncSession, application: Application, codes: Sequence[str]
) -> None:
    """Refuse a rule that the edition of the application does not have."""
    template = await template_of(session, await session.get_one(Cycle, application.cycle_id))
    known = {rule.code for rule in template.rules}
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise Mistake(
            N_("Règle inconnue : « %(code)s ». Ce règlement connaît : %(known)s."),
            code=unknown[0],
            known=", ".join(sorted(known)),
        )


async def written(
    session: AsyncSession, program: Viewer, asking: Asking, kind: str, subject: str
) -> Asked:
    """The request in the words in which it was sent, with the instant of its arrival."""
    payload = asking.model_dump(mode="json", exclude={"request_id"})
    return await written_as(session, program, asking.request_id, kind, subject, payload)


async def written_as(  # noqa: PLR0913, PLR0917  (who asks what, of what, with what words)
    session: AsyncSession,
    program: Viewer,
    request_id: UUID,
    kind: str,
    subject: str,
    payload: dict[str, Any],
) -> Asked:
    """The request, with the instant of its arrival; an id already used for something else is refused."""
    asked = await write_request(
        session,
        request_id=request_id,
        kind=kind,
        subject=subject,
        by_person=program.person_id,
        payload=payload,
    )
    kept = await the_request(session, asked.request)
    if (kept.kind, kept.subject, kept.by_person) != (kind, subject, program.person_id):
        raise Mistake(N_("Cet identifiant de demande a déjà servi à autre chose."))
    return asked
