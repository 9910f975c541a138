"""When something is to be looked at again about an application: its partner, or a doubt about it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage.acts.case import Case
from storage.acts.doubt_file import doubt_look
from storage.acts.partner_file import partner_look


async def next_look(session: AsyncSession, case: Case) -> datetime | None:
    """The first instant at which there is something to do, if there is one."""
    looks = (await partner_look(session, case), await doubt_look(session, case))
    return min((each for each in looks if each is not None), default=None)
