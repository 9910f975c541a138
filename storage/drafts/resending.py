"""A letter that a person decides to send again, and why."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from storage.journal import write_line
from storage.ledger import LetterState
from storage.post import plan_again
from storage.requests import the_request, write_request

ACT = "resend_letter"
RESENDABLE = frozenset({LetterState.FAILED, LetterState.BOUNCED, LetterState.UNCERTAIN})


async def resend(  # noqa: PLR0913  (which letter, who asks, and why)
    session: AsyncSession,
    *,
    letter_id: UUID,
    cycle_id: UUID | None,
    by_person: UUID,
    request_id: UUID,
    reason: str,
) -> bool:
    """Plan it anew with a line in the journal; tells whether it waited for that."""
    asked = await write_request(
        session,
        request_id=request_id,
        kind=ACT,
        subject=f"letter:{letter_id}",
        by_person=by_person,
        payload={"reason": reason},
    )
    request = await the_request(session, asked.request)
    if request.settled:
        return True
    request.settled = True
    is_planned = await plan_again(session, letter_id)
    if is_planned:
        write_line(
            session,
            subject=f"letter:{letter_id}",
            act=ACT,
            after=LetterState.PLANNED,
            reason=reason,
            request=request,
            cycle_id=cycle_id,
        )
    return is_planned
