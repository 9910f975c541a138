"""One side of the trophies: an edition in every phase at once, and files for every page."""

from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.phases import Phase
from storage.editions import create_edition, shipped_template
from storage.tables.applications import Application, ApplicationVersion, Attachment, Member
from storage.tables.corrections import Correction
from storage.tables.cycles import Cycle, Insider
from storage.tables.doubts import Doubt, DoubtPiece
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.letters import Letter
from storage.tables.mailings import Mailing
from storage.tables.partners import Partner
from storage.tables.promotions import PlaceOffer, Promotion
from storage.tables.results import Decision
from storage.tables.sessions import Hearing
from storage.tables.votes import Vote
from tests.api.pages.desk_world import a_document, a_standing, publish, running
from tests.api.pages.jury_world import ANSWERS
from tests.api.rights.rows import DAY, EVIDENCE, NOW, PDF, keep_bytes
from tests.builders import a_card, a_cycle, a_juror, a_person, an_application

TERRITORIES = {
    Phase.OPEN: "REG-11",
    Phase.EVALUATION: "REG-84",
    Phase.DELIBERATION: "REG-53",
    Phase.PUBLISHED: "REG-93",
}
COMPANY = ("owner", "editor", "signatory", "reader")


class TrophiesSide:
    """The rows of a side, and what the addresses of its pages are made of."""

    def __init__(self, session: AsyncSession, side: str, uploads: Path) -> None:
        self.session, self.side, self.uploads = session, side, uploads
        self.people: dict[str, UUID] = {}
        self.cycles: dict[Phase, Cycle] = {}
        self.seats: dict[tuple[str, Phase], Juror] = {}

    async def person(self, role: str) -> UUID:
        """Somebody of this side, known by their role."""
        if role not in self.people:
            person = await a_person(self.session, f"{role}@{self.side}.example", role.title())
            self.people[role] = person.id
        return self.people[role]

    async def build(self, year: int) -> dict[str, dict[str, str]]:
        """Write everything down: what an address says, by the beginning of its path."""
        template = shipped_template("trophees-insertion")
        assert template is not None
        self.edition = await create_edition(self.session, template.document, year)
        for phase, territory in TERRITORIES.items():
            self.cycles[phase] = await a_cycle(
                self.session,
                edition=self.edition,
                territory=territory,
                phase=phase,
                calendar=running(phase),
            )
            for role in ("juror", "chair"):
                self.seats[role, phase] = await self._seat(self.cycles[phase], role)
        final = await a_cycle(
            self.session, edition=self.edition, territory="national", phase=Phase.DELIBERATION
        )
        final_chair = await self._seat(final, "chair")
        internal = await a_cycle(self.session, edition=self.edition, territory="internal")
        insider = Insider(cycle_id=internal.id, kind="address", value=f"x@{self.side}.example")
        self.session.add(insider)
        await self._vote()
        named = await self._files()
        for role, key in (("juror", "juror_id"), ("chair", "juror_id")):
            named[role] = {key: str(self.seats[role, Phase.EVALUATION].id)}
            named[f"{role} decides"] = {key: str(self.seats[role, Phase.DELIBERATION].id)}
            named[f"{role} published"] = {key: str(self.seats[role, Phase.PUBLISHED].id)}
        return named | {
            "edition": {"edition_code": self.edition.code, "edition": self.edition.code},
            "final": {"juror_id": str(final_chair.id)},
            "internal": {"cycle_code": internal.code, "insider": str(insider.id)},
            "calls": {"cycle_code": self.cycles[Phase.OPEN].code},
        }

    async def _seat(self, cycle: Cycle, role: str) -> Juror:
        person = await self.person(role)
        juror = await a_juror(
            self.session, cycle, email=f"{role}@{self.side}.example", is_chair=role == "chair"
        )
        assert juror.person_id == person
        juror.invited_at = juror.conflicts_declared_at = NOW
        await self.session.flush()
        return juror

    async def _vote(self) -> None:
        vote = Vote(
            edition_id=self.edition.id,
            phase="open",
            opens_at=NOW - DAY,
            closes_at=NOW + DAY,
            publishes_at=NOW + 2 * DAY,
        )
        self.session.add(vote)
        await self.session.flush()

    async def _files(self) -> dict[str, dict[str, str]]:
        draft = await self.file(Phase.OPEN, Status.DRAFT)
        joined = await self._attachment(draft)
        partnership = await self.file(Phase.OPEN, Status.DRAFT, category="PAR")
        withdrawn = await self.file(Phase.OPEN, Status.WITHDRAWN, category="COL")
        partner = Partner(
            application_id=partnership.id,
            person_id=await self.person("partner"),
            siret="00021202700015",
            kind="EI",
            invited_at=NOW,
        )
        self.session.add(partner)
        judged = await self.file(Phase.EVALUATION, Status.ADMITTED)
        cards = {role: await self._card(role, judged) for role in ("juror", "chair")}
        read = await self._attachment(judged)
        doubt, piece = await self._doubt(judged)
        conflict = Conflict(
            juror_id=self.seats["juror", Phase.EVALUATION].id,
            application_id=judged.id,
            kind="candidate",
            standing="dismissed",
            at=NOW,
        )
        self.session.add(conflict)
        decided = await self.file(Phase.DELIBERATION, Status.ADMITTED)
        await a_standing(self.session, decided, 1)
        self.session.add(Hearing(cycle_id=decided.cycle_id, application_id=decided.id))
        published = await self._published()
        letter = Letter(
            key=str(uuid4()),
            kind="receipt",
            subject=f"application:{judged.id}",
            cycle_id=judged.cycle_id,
            person_id=self.people["owner"],
            state="sent",
        )
        self.session.add(letter)
        await self.session.flush()
        member = await self._member(draft, "colleague", "editor")
        return {
            "draft": {
                "application_id": str(draft.id),
                "attachment_id": str(joined),
                "member_id": str(member),
            },
            "partnership": {"application_id": str(partnership.id), "partner_id": str(partner.id)},
            "withdrawn": {"application_id": str(withdrawn.id)},
            "judged": {
                "cycle_code": self.cycles[Phase.EVALUATION].code,
                "cycle": self.cycles[Phase.EVALUATION].code,
                "application_id": str(judged.id),
                "application": str(judged.id),
                "attachment_id": str(read),
                "file_id": str(read),
                "piece_id": str(piece),
                "conflict_id": str(conflict.id),
                "doubt_id": str(doubt),
                "letter_id": str(letter.id),
                "version": "1",
            },
            "juror card": {"card_id": str(cards["juror"])},
            "chair card": {"card_id": str(cards["chair"])},
            "decided": {"cycle_code": self.cycles[Phase.DELIBERATION].code},
            "published": published,
        }

    async def file(self, phase: Phase, status: Status, category: str = "QUA") -> Application:
        """A file of the company of this side, in the cycle of that phase."""
        cycle = self.cycles[phase]
        file = await an_application(
            self.session,
            cycle,
            status=status,
            category=category,
            answers=ANSWERS,
            company=f"Menuiserie {self.side}",
            number=None if status is Status.DRAFT else f"{cycle.code}-{uuid4().hex[:6]}",
        )
        for role in COMPANY:
            await self._member(file, role, role)
        if status is not Status.DRAFT:
            file.version, file.admissible, file.submitted_at = 1, True, NOW
            self.session.add(
                ApplicationVersion(
                    application_id=file.id,
                    version=1,
                    category=category,
                    answers=ANSWERS,
                    fingerprint="ab" * 32,
                    arrived_at=NOW,
                    by_person=self.people["owner"],
                    request_id=uuid4(),
                )
            )
        await self.session.flush()
        return file

    async def _member(self, file: Application, person: str, role: str) -> UUID:
        member = Member(application_id=file.id, person_id=await self.person(person), role=role)
        self.session.add(member)
        await self.session.flush()
        return member.id

    async def _card(self, role: str, file: Application) -> UUID:
        card: Card = await a_card(self.session, self.seats[role, Phase.EVALUATION], file)
        return card.id

    async def _attachment(self, file: Application) -> UUID:
        row = Attachment(
            application_id=file.id,
            name="lettre.pdf",
            media_type="application/pdf",
            size=len(PDF),
            sha256="0" * 64,
            added_by=self.people["owner"],
        )
        self.session.add(row)
        await self.session.flush()
        keep_bytes(self.uploads, row.id)
        kept = {"id": str(row.id)} | {
            name: getattr(row, name) for name in ("name", "media_type", "size", "sha256")
        }
        await self.session.execute(
            update(ApplicationVersion)
            .where(col(ApplicationVersion.application_id) == file.id)
            .values(attachments=[kept])
        )
        return row.id

    async def _doubt(self, file: Application) -> tuple[UUID, UUID]:
        doubt = Doubt(
            application_id=file.id,
            rules=["R02"],
            reason="Fermé ?",
            opened_at=NOW,
            opened_by=self.people["owner"],
            until=NOW + 5 * DAY,
        )
        self.session.add(doubt)
        await self.session.flush()
        piece = DoubtPiece(
            application_id=file.id,
            doubt_id=doubt.id,
            part="doubt",
            name="avis.pdf",
            media_type="application/pdf",
            size=len(PDF),
            sha256="0" * 64,
            request_id=uuid4(),
            added_by=self.people["owner"],
            sent_at=NOW,
        )
        self.session.add(piece)
        await self.session.flush()
        keep_bytes(self.uploads, piece.id)
        return doubt.id, piece.id

    async def _published(self) -> dict[str, str]:
        cycle = self.cycles[Phase.PUBLISHED]
        file = await self.file(Phase.PUBLISHED, Status.ADMITTED)
        await a_standing(self.session, file, 1)
        self.session.add(Decision(cycle_id=cycle.id, category="QUA", laureate_id=file.id))
        document = a_document(cycle)
        document["categories"][0]["laureate"]["application"] = str(file.id)
        await publish(self.session, cycle, document)
        promotion = Promotion(cycle_id=cycle.id, category="QUA", threshold=50)
        correction = Correction(
            cycle_id=cycle.id,
            kind="laureate_removed",
            category="QUA",
            application_id=file.id,
            reason="Fermé",
            based_on=1,
            proposed_by=await self.person("proposer"),
            until=NOW + DAY,
        )
        self.session.add_all([promotion, correction])
        self.session.add(Mailing(key=f"results:{cycle.id}", cycle_id=cycle.id))
        await self.session.flush()
        offer = PlaceOffer(
            promotion_id=promotion.id,
            application_id=file.id,
            rank=1,
            offered_at=NOW,
            until=NOW + DAY,
            evidence=EVIDENCE,
            fingerprint="0" * 64,
        )
        self.session.add(offer)
        await self.session.flush()
        return {
            "cycle_code": cycle.code,
            "cycle": cycle.code,
            "application_id": str(file.id),
            "offer_id": str(offer.id),
            "correction_id": str(correction.id),
            "version": "1",
        }
