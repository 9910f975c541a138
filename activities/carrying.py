"""How each kind of request is carried to its workflow, as the page that wrote it would."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from activities.engine import Engine
from domain.applications import BY_TIME, REVIVING, Act
from domain.charter.alerts import AlertAct
from domain.charter.states import Act as CharterAct
from domain.corrections import CorrectionAct
from domain.editions import EditionAct
from domain.jurors import CardAct
from domain.mailings import MailingAct
from domain.partners import PartnerAct
from domain.phases import CycleAct, Phase
from domain.promotion import PromotionAct
from domain.votes import VoteAct
from domain.wire import names
from domain.wire.adherence import AskOfAdherence
from domain.wire.alert import AskOfAlert, RunAlert
from domain.wire.application import AskOfApplication, RunApplication
from domain.wire.asked import Asked
from domain.wire.correction import AskOfCorrection, RunCorrection
from domain.wire.cycle import AskOfCycle, EndPhase
from domain.wire.edition import AskOfEdition
from domain.wire.juror import AnswerInvitation, CloseCard, RunJuror
from domain.wire.mailing import AskOfMailing
from domain.wire.partner import AskOfPartner
from domain.wire.promotion import AskOfPromotion
from domain.wire.vote import AskOfVote
from storage.acts.charter.adherences import ACTS as ASKED
from storage.acts.charter.starts import AdherenceToRun
from storage.acts.promotion_starts import PromotionToRun, place_of
from storage.acts.unstarted import EditionToRun, ToRun, application_again
from storage.acts.vote_start import VoteToRun, edition_of_vote
from storage.acts.waiting import Waiting
from storage.tables.charter import Adherence
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Card, Juror
from storage.tables.mailings import Mailing


@dataclass(frozen=True, slots=True)
class Parcel:
    """A request, and the names under which its workflow is found; ``cycle`` is an edition's code too."""

    request: Waiting
    about: str
    cycle: str = ""
    juror: str = ""
    workflow: str = ""
    again: RunApplication | None = None

    @property
    def asked(self) -> Asked:
        """What travels of every request."""
        return Asked(str(self.request.id), self.request.arrived_at)


# Their workflows are found by their codes.
CODED: Mapping[str, type[Cycle | Edition]] = {"cycle": Cycle, "edition": Edition}

Carry = Callable[[Engine, Parcel], Awaitable[object]]


async def addressed(  # noqa: PLR0911  (one way out for each kind of subject)
    session: AsyncSession, request: Waiting
) -> Parcel:
    """The request with the names of its workflow."""
    kind, _, about = request.subject.partition(":")
    if kind in CODED:
        return Parcel(request, about, (await session.get_one(CODED[kind], UUID(about))).code)
    if kind == "juror":
        juror = await session.get_one(Juror, UUID(about))
        return Parcel(request, about, str(juror.cycle_id), about)
    if kind == "card":
        card = await session.get_one(Card, UUID(about))
        return Parcel(request, about, str(card.cycle_id), str(card.juror_id))
    if kind == "promotion":
        place = await place_of(session, about)
        return Parcel(request, about, workflow=names.promotion_id(place.cycle, place.category))
    if kind == "adherence":
        workflow = (await session.get_one(Adherence, UUID(about))).workflow
        return Parcel(request, about, workflow=workflow)
    if kind == "mailing":
        return Parcel(request, about, workflow=(await session.get_one(Mailing, UUID(about))).key)
    if request.kind in REVIVING:
        return Parcel(request, about, again=await application_again(session, UUID(about)))
    edition = await edition_of_vote(session, UUID(about)) if kind == "vote" else ""
    return Parcel(request, about, edition)


async def start(engine: Engine, run: ToRun) -> None:
    """Start a workflow whose row is there, or find it already running."""
    if isinstance(run, RunApplication):
        await engine.run_application(run)
    elif isinstance(run, RunJuror):
        await engine.run_juror(run)
    elif isinstance(run, AdherenceToRun):
        await engine.run_adherence(run.workflow, run.run)
    elif isinstance(run, RunAlert):
        await engine.run_alert(run)
    elif isinstance(run, VoteToRun):
        await engine.run_vote(run.edition, run.run)
    elif isinstance(run, PromotionToRun):
        await engine.run_promotion(names.promotion_id(run.cycle, run.category), run.run)
    elif isinstance(run, RunCorrection):
        await engine.run_correction(run)
    elif isinstance(run, EditionToRun):
        await engine.run_edition(run.code, run.run)
    else:
        await engine.run_cycle(run.code, run.run)


async def _application(engine: Engine, parcel: Parcel) -> object:
    act, asked = Act(parcel.request.kind), parcel.asked
    return await engine.ask_application(
        parcel.about, AskOfApplication(act, asked.request, asked.arrived_at)
    )


async def _revived(engine: Engine, parcel: Parcel) -> object:
    if parcel.again:
        await engine.run_application(parcel.again)
    return await _application(engine, parcel)


async def _partner(engine: Engine, parcel: Parcel) -> object:
    act, asked = PartnerAct(parcel.request.kind), parcel.asked
    return await engine.ask_partner(
        parcel.about, AskOfPartner(act, asked.request, asked.arrived_at)
    )


async def _answer(engine: Engine, parcel: Parcel) -> object:
    accepts, asked = bool(parcel.request.payload.get("accepts")), parcel.asked
    return await engine.answer_invitation(
        parcel.cycle, parcel.juror, AnswerInvitation(asked.request, asked.arrived_at, accepts)
    )


async def _conflicts(engine: Engine, parcel: Parcel) -> object:
    return await engine.declare_conflicts(parcel.cycle, parcel.juror, parcel.asked)


async def _card(engine: Engine, parcel: Parcel) -> object:
    act, asked = CardAct(parcel.request.kind), parcel.asked
    return await engine.close_card(
        parcel.cycle, parcel.juror, CloseCard(asked.request, asked.arrived_at, parcel.about, act)
    )


async def _end_phase(engine: Engine, parcel: Parcel) -> object:
    # The phase that the person saw: once the cycle has left it, there is nothing more to end.
    phase, asked = Phase(parcel.request.payload["phase"]), parcel.asked
    return await engine.end_phase(parcel.cycle, EndPhase(asked.request, asked.arrived_at, phase))


async def _move_dates(engine: Engine, parcel: Parcel) -> object:
    return await engine.move_dates(parcel.cycle, parcel.asked)


async def _repair(engine: Engine, parcel: Parcel) -> object:
    return await engine.repair_deal(parcel.cycle, parcel.asked)


async def _cancel(engine: Engine, parcel: Parcel) -> object:
    return await engine.cancel_cycle(parcel.cycle, parcel.asked)


async def _sign(engine: Engine, parcel: Parcel) -> object:
    return await engine.sign_minutes(parcel.cycle, parcel.asked)


async def _cycle(engine: Engine, parcel: Parcel) -> object:
    act, asked = CycleAct(parcel.request.kind), parcel.asked
    return await engine.ask_cycle(parcel.cycle, AskOfCycle(act, asked.request, asked.arrived_at))


async def _adherence(engine: Engine, parcel: Parcel) -> object:
    act, asked = CharterAct(parcel.request.kind), parcel.asked
    return await engine.ask_adherence(
        parcel.workflow, AskOfAdherence(act, asked.request, asked.arrived_at)
    )


async def _alert(engine: Engine, parcel: Parcel) -> object:
    act, asked = AlertAct(parcel.request.kind), parcel.asked
    return await engine.ask_alert(parcel.about, AskOfAlert(act, asked.request, asked.arrived_at))


async def _vote(engine: Engine, parcel: Parcel) -> object:
    act, asked = VoteAct(parcel.request.kind), parcel.asked
    return await engine.ask_vote(parcel.cycle, AskOfVote(act, asked.request, asked.arrived_at))


async def _promotion(engine: Engine, parcel: Parcel) -> object:
    act, asked = PromotionAct(parcel.request.kind), parcel.asked
    return await engine.ask_promotion(
        parcel.workflow, AskOfPromotion(act, asked.request, asked.arrived_at)
    )


async def _correction(engine: Engine, parcel: Parcel) -> object:
    act, asked = CorrectionAct(parcel.request.kind), parcel.asked
    return await engine.ask_correction(
        parcel.about, AskOfCorrection(act, asked.request, asked.arrived_at)
    )


async def _mailing(engine: Engine, parcel: Parcel) -> object:
    act, asked = MailingAct(parcel.request.kind), parcel.asked
    return await engine.ask_mailing(
        parcel.workflow, AskOfMailing(act, asked.request, asked.arrived_at)
    )


async def _edition(engine: Engine, parcel: Parcel) -> object:
    act, asked = EditionAct(parcel.request.kind), parcel.asked
    return await engine.ask_edition(
        parcel.cycle, AskOfEdition(act, asked.request, asked.arrived_at)
    )


CARRIED: Mapping[str, Carry] = {
    **dict.fromkeys([act for act in Act if act not in BY_TIME], _application),
    **dict.fromkeys(REVIVING, _revived),
    **dict.fromkeys(PartnerAct, _partner),
    **dict.fromkeys(CardAct, _card),
    **dict.fromkeys(ASKED, _adherence),
    **dict.fromkeys(AlertAct, _alert),
    **dict.fromkeys(VoteAct, _vote),
    **dict.fromkeys(PromotionAct, _promotion),
    **dict.fromkeys(CorrectionAct, _correction),
    **dict.fromkeys(EditionAct, _edition),
    **dict.fromkeys(MailingAct, _mailing),
    **dict.fromkeys(CycleAct, _cycle),
    "answer": _answer,
    "declare_conflicts": _conflicts,
    "end_phase": _end_phase,
    "move_dates": _move_dates,
    "repair_deal": _repair,
    "cancel": _cancel,
    "sign_minutes": _sign,
}
