"""Keeping the draft of a card, unless it is closed, or was written elsewhere meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from api.pages.jury.complaints import Complaints, only
from api.pages.jury.desk import Desk
from api.pages.jury.grid import Written, written_in
from api.posted import PostedForm
from domain.refusals import N_
from storage.database import Database
from storage.drafts.cards import CardDraft, save_card

CLOSED = N_("Cette fiche est close : ce que vous venez d'envoyer n'a pas été gardé.")
CHANGED = N_(
    "Cette fiche a changé entre-temps, dans une autre fenêtre ou sur un autre appareil. "
    "Rien n'a été remplacé : relisez ci-dessous, puis enregistrez de nouveau pour garder ceci."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written, and what kept it from being kept, if anything did."""

    written: Written
    revision: str = ""
    complaints: Complaints | None = None
    status: int = 200


async def keep(db: Database, desk: Desk, form: PostedForm) -> Kept:
    """Keep the marks and comments of the form as the draft of the card."""
    written, complaints = written_in(form, desk.category, desk.scale)
    if not desk.is_open:
        return Kept(written, complaints=only("", CLOSED), status=409)
    if complaints:
        return Kept(written, complaints=complaints, status=422)
    async with db.transaction() as session:
        saved_at = await save_card(session, _draft(desk, written, form.get("revision")))
    if saved_at is None:
        return Kept(written, complaints=only("", CHANGED), status=409)
    return Kept(written, saved_at.isoformat())


def _draft(desk: Desk, written: Written, revision: str) -> CardDraft:
    return CardDraft(
        juror_id=desk.seat.juror.id,
        card_id=desk.sheet.card_id,
        marks=written.marks,
        comments=written.comments,
        over=_instant(revision),
    )


def _instant(revision: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(revision)
    except ValueError:
        return None
    return instant if instant.tzinfo else None
