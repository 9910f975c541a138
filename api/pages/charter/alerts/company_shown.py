"""One complaint as its company reads it: where it stands, who may answer, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from starlette.responses import Response

from api.errors import NotFound
from api.pages.charter.alerts.paths import FILES, list_of, page_of
from api.pages.charter.alerts.words import DECIDED, GRANTED, TOLD_ACTS, TONES
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.paths import home_of
from domain.charter.alerts import ALLOWED, NAMES, SANCTIONS, AlertAct
from domain.charter.evidence import COMPLAINT_LIMITS
from domain.charter.people import LEAD, SPEAKER, may_answer
from domain.refusals import Refusal
from storage.acts.charter.alerts import LONGEST
from storage.reads.charter.alert_evidence import Colleague, colleagues_of, evidence_of
from storage.reads.charter.alert_matter import Matter, Turn, turns_of
from storage.reads.charter.alerts import told


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows again: the id of its request, what was typed where, what is wrong in it."""

    request_id: UUID
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    wrong: Mapping[str, Refusal] = field(default_factory=dict[str, Refusal])
    status: int = 200
    act: str = ""

    def refused(
        self, wrong: Mapping[str, Refusal], status: int, request_id: UUID | None = None
    ) -> "Shown":
        """The same, with what is wrong."""
        return replace(self, wrong=wrong, status=status, request_id=request_id or self.request_id)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, as the company reads it; ``who`` is of the company, or nobody."""

    at: datetime
    title: str
    who: str
    reason: str
    verdict: str


async def matter_of(desk: Desk, file: File, alert_id: UUID) -> Matter:
    """A complaint of which the company was told; not found otherwise."""
    async with desk.db.transaction() as session:
        matter = await told(session, file.id, alert_id)
    if matter is None:
        raise NotFound
    return matter


async def show_matter(desk: Desk, file: File, matter: Matter, shown: Shown) -> Response:
    """Show it, with what was typed and what is wrong in it."""
    async with desk.db.transaction() as session:
        turns = await turns_of(session, matter.id)
        people = await colleagues_of(session, file.id)
        evidence = await evidence_of(session, matter.id)
    granted = next((turn.is_granted for turn in turns if turn.is_granted is not None), None)
    url = page_of(file.id, matter.id)
    return desk.screen.show(
        "pages/charter/alerts/company.html",
        shown.status,
        file=file,
        home=home_of(file.id),
        url=url,
        files_url=f"{url}/{FILES}",
        list_url=list_of(file.id),
        matter=matter,
        name=NAMES[matter.step],
        tone=TONES[matter.step],
        decided=DECIDED,
        is_sanction=matter.situation.outcome in SANCTIONS,
        is_granted=granted,
        periods=matter.charter.periods,
        may_reply=matter.step in ALLOWED[AlertAct.REPLY],
        may_appeal=matter.step in ALLOWED[AlertAct.APPEAL],
        is_late=bool(matter.situation.until and desk.now > matter.situation.until),
        evidence={str(part): files for part, files in evidence.items()},
        Act=AlertAct,
        **_who(file, people),
        limits=COMPLAINT_LIMITS,
        accepted=",".join(COMPLAINT_LIMITS.types),
        story=_story(turns, {each.id: each.name for each in people}),
        request_id=shown.request_id,
        typed=shown.typed,
        wrong_act=shown.act,
        limit=LONGEST,
        complaints=desk.said(shown.wrong),
    )


def _who(file: File, people: Sequence[Colleague]) -> Mapping[str, object]:
    """Who may answer, and whom the head may name for it."""
    charter = file.charter
    return {
        "may_answer": may_answer(charter, file.roles),
        "is_head": charter.signatory.code in file.roles,
        "answering": [each for each in people if may_answer(charter, each.roles)],
        "others": [each for each in people if not may_answer(charter, each.roles)],
        "lead": LEAD,
        "speaker": SPEAKER,
    }


def _story(turns: Sequence[Turn], people: Mapping[UUID, str]) -> list[Told]:
    return [
        Told(
            at=turn.at,
            title=TOLD_ACTS[turn.act],
            who=people.get(turn.actor, "") if turn.actor else "",
            reason=turn.reason,
            verdict=_verdict(turn),
        )
        for turn in turns
        if turn.act in TOLD_ACTS
    ]


def _verdict(turn: Turn) -> str:
    if turn.outcome:
        return DECIDED[turn.outcome]
    return "" if turn.is_granted is None else GRANTED[turn.is_granted]
