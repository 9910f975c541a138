"""A juror at work on one card: the file, the grid, and where this card stands among the others."""

from dataclasses import dataclass
from hashlib import sha256

from api.errors import NotFound
from api.pages.jury.grid import Written, kept_in
from api.pages.jury.shut import SHUT_BY_CARD, SHUT_BY_JUROR, SHUT_BY_PHASE, Shut, undeclared
from api.pages.jury.visit import CardVisit
from api.rights import juror_of
from domain.judging import Category, Scale
from domain.jurors import CardStatus
from domain.phases import Phase
from storage.reads.extensions import MoreTime, extension_of
from storage.reads.jury import Seat, seat_of
from storage.reads.jury_cards import Neighbours, neighbours_of
from storage.reads.jury_file import Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the page of a card is made of."""

    seat: Seat
    sheet: Sheet
    neighbours: Neighbours
    extension: MoreTime | None = None

    @property
    def category(self) -> Category:
        """The grid of this card."""
        return self.seat.template.category(self.sheet.category)

    @property
    def scale(self) -> Scale:
        """The scale of this card."""
        return self.seat.template.scale

    @property
    def is_open(self) -> bool:
        """Whether the card still takes marks."""
        return self.sheet.status is CardStatus.TO_SCORE and self.seat.phase is Phase.EVALUATION

    @property
    def written(self) -> Written:
        """The marks and comments that are kept."""
        return kept_in(self.sheet.marks, self.sheet.comments)

    @property
    def revision(self) -> str:
        """When the draft was last kept, so that an older page does not overwrite it unseen."""
        return self.sheet.saved_at.isoformat() if self.sheet.saved_at else ""

    @property
    def jury(self) -> str:
        """The address of the juror's own page."""
        return f"/jury/{self.seat.juror.id}"

    @property
    def base(self) -> str:
        """The address of the card."""
        return f"{self.jury}/fiches/{self.sheet.card_id}"


async def desk_of(visit: CardVisit) -> Desk | Shut:
    """The desk of a card of one's own, or the sentence that says why it stays shut."""
    async with visit.db.transaction() as session:
        seat = await seat_of(session, await juror_of(session, visit.viewer, visit.juror_id))
        sheet = await sheet_of(session, seat.juror, visit.card_id)
        if sheet is None:
            raise NotFound
        shut = _shut(seat, sheet)
        if shut is not None:
            return shut
        return Desk(
            seat,
            sheet,
            await neighbours_of(session, seat.juror.id, visit.card_id, sheet.category),
            await extension_of(session, sheet.application_id),
        )


def fingerprint(written: Written) -> str:
    """What tells whether a draft is still the one that was read through."""
    parts = (sorted(written.marks.items()), sorted(written.comments.items()))
    return sha256(repr(parts).encode()).hexdigest()


def _shut(seat: Seat, sheet: Sheet) -> Shut | None:
    """Why the file may not be read: nothing is shown unless everything allows it."""
    if seat.status in SHUT_BY_JUROR:
        return SHUT_BY_JUROR[seat.status]
    if seat.phase in SHUT_BY_PHASE:
        return SHUT_BY_PHASE[seat.phase]
    if not seat.has_declared:
        return undeclared(seat)
    if sheet.is_aside:
        return SHUT_BY_CARD[CardStatus.RECUSED]
    return SHUT_BY_CARD.get(sheet.status)
