"""Call somebody to a jury, or keep them in its reserve."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import JurorStatus
from domain.phases import Phase
from domain.refusals import N_, Refusal
from storage.drafts.juror_lines import JurorLines, NewJuror, WrongLine, juror_from, read_csv
from storage.identity import person_called
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.people import Person
from storage.templates import template_of

__all__ = [
    "Added",
    "JurorLines",
    "NewJuror",
    "WrongLine",
    "add_juror",
    "juror_from",
    "read_csv",
]

# Later, nobody could read the files in time.
OPEN_TO_JURORS = frozenset({Phase.PREPARED, Phase.OPEN, Phase.SCREENING, Phase.EVALUATION})
SITTING = (JurorStatus.INVITED, JurorStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Added:
    """A juror of the cycle, and whether they were not in it before."""

    juror: Juror
    is_new: bool

    @property
    def is_to_invite(self) -> bool:
        """Whether their service is to be started."""
        return self.juror.status == JurorStatus.INVITED


async def add_juror(session: AsyncSession, cycle: Cycle, wanted: NewJuror) -> Added:
    """Write a juror down, invited or in reserve; whoever is there already stays as they are."""
    await _locked(session, cycle)
    if Phase(cycle.phase) not in OPEN_TO_JURORS:
        raise Refusal(N_("Ce jury ne peut plus accueillir personne : l'évaluation est terminée."))
    person = await person_called(session, wanted.email, name=wanted.name)
    known = await _seat_of(session, cycle, person)
    if known is not None:
        return Added(known, is_new=False)
    await _check_is_no_candidate(session, cycle, person)
    await _check_categories(session, cycle, wanted.expertise)
    if wanted.is_chair:
        await _check_has_no_chair(session, cycle)
    status = JurorStatus.INVITED if wanted.reserve_place is None else JurorStatus.RESERVE
    juror = Juror(
        cycle_id=cycle.id,
        person_id=person.id,
        organisation=wanted.organisation,
        siren=wanted.siren,
        is_chair=wanted.is_chair,
        status=status,
        reserve_place=wanted.reserve_place,
        expertise=list(wanted.expertise),
    )
    session.add(juror)
    await session.flush()
    return Added(juror, is_new=True)


async def _locked(session: AsyncSession, cycle: Cycle) -> None:
    """Take turns in one jury, so that it never gets two chairs; see the phase that holds now."""
    await session.execute(
        select(Cycle)
        .where(col(Cycle.id) == cycle.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


async def _seat_of(session: AsyncSession, cycle: Cycle, person: Person) -> Juror | None:
    seat = select(Juror).where(col(Juror.cycle_id) == cycle.id, col(Juror.person_id) == person.id)
    return (await session.execute(seat)).scalar_one_or_none()


async def _check_is_no_candidate(session: AsyncSession, cycle: Cycle, person: Person) -> None:
    works_on = (
        select(col(Member.id))
        .join(Application, col(Application.id) == col(Member.application_id))
        .where(col(Application.cycle_id) == cycle.id, col(Member.person_id) == person.id)
        .limit(1)
    )
    if (await session.execute(works_on)).first():
        raise Refusal(
            N_(
                "Cette personne travaille sur une candidature de ce cycle : elle ne peut pas la juger."
            )
        )


async def _check_categories(
    session: AsyncSession, cycle: Cycle, expertise: tuple[str, ...]
) -> None:
    known = [category.code for category in (await template_of(session, cycle)).categories]
    for code in expertise:
        if code not in known:
            raise Refusal(
                N_("« %(code)s » n'est pas un trophée de cette édition : %(known)s."),
                code=code,
                known=", ".join(known),
            )


async def _check_has_no_chair(session: AsyncSession, cycle: Cycle) -> None:
    chairs = (
        select(col(Juror.id))
        .where(
            col(Juror.cycle_id) == cycle.id,
            col(Juror.is_chair).is_(True),
            col(Juror.status).in_(SITTING),
        )
        .limit(1)
    )
    if (await session.execute(chairs)).first():
        raise Refusal(N_("Ce jury a déjà sa présidence."))
