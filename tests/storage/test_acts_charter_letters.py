"""What acts and dates of an adherence plan is written whole, in both languages, to whom it concerns."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlmodel import col

from activities.letters.rendering import Writer
from activities.letters.samples import SAMPLES
from domain.charter.states import Act
from domain.charter.timetable import Due, Timer, next_due
from domain.wire import names
from domain.wire.adherence import FallDue, SettleAdherence
from settings import Settings
from storage.acts.charter import adherences
from storage.acts.charter.situations import last_report, situation_of
from storage.charters import charter_by_id
from storage.database import Database
from storage.requests import write_request
from storage.tables.charter import Adherence, Alert
from storage.tables.letters import Letter
from tests.builders import an_organiser
from tests.charters import a_draft, a_report, a_signatory, an_entry

WRITER = Writer(Settings(base_url="https://trophees.example/"))
DAY = timedelta(days=1)
ACCEPTED = datetime(2026, 9, 15, 9, tzinfo=UTC)
SUCCESSOR = "55210055400047"


@dataclass
class Life:
    """An adherence to which things happen, one after the other."""

    database: Database
    id: UUID
    head: UUID
    now: datetime
    done: set[Due] = field(default_factory=set[Due])

    async def asks(self, act: Act, **payload: object) -> None:
        """Something asked and settled, an hour later."""
        self.now += timedelta(hours=1)
        async with self.database.transaction() as session:
            asked = await write_request(
                session,
                request_id=uuid4(),
                kind=str(act),
                subject=names.adherence_subject(str(self.id)),
                by_person=self.head,
                payload=payload,
            )
        async with self.database.transaction() as session:
            await adherences.settle(
                session, SettleAdherence(str(self.id), act, asked.request, self.now)
            )

    async def waits(self, until: datetime) -> None:
        """Every date of the calendar up to an instant, each on its own day."""
        last = Due(self.now, Timer.OPEN_WINDOW)
        while (due := await self._next(last)) and due.at <= until:
            async with self.database.transaction() as session:
                if due.what is not Timer.CHECK_REGISTRY:
                    await adherences.fall_due(session, FallDue(str(self.id), due, due.at))
            self.done.add(due)
            last = due
        self.now = until

    async def reports(self) -> None:
        """The report of the year, complete and sent."""
        async with self.database.transaction() as session:
            report = await last_report(session, await session.get_one(Adherence, self.id))
            assert report is not None
            session.add(report)
            report.answers = a_report()
        await self.asks(Act.FILE_REPORT)

    async def is_accused(self) -> None:
        """A complaint, to which it has answered."""
        async with self.database.transaction() as session:
            session.add(Alert(adherence_id=self.id, step="instruction", replied_at=self.now))

    async def closes(self) -> None:
        """The register says that the establishment is closed."""
        self.now += timedelta(hours=1)
        closed = FallDue(str(self.id), Due(self.now, Timer.CHECK_REGISTRY), self.now)
        async with self.database.transaction() as session:
            await adherences.cease(session, closed)

    async def told(self) -> list[str]:
        """The kinds planned since the beginning; each is written, with the facts of a sample."""
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(Letter).order_by(col(Letter.planned_at), col(Letter.key))
            )
            letters = list(rows)
        for letter in letters:
            for language in ("fr", "en"):
                assert WRITER.write(letter.kind, language, "Ada Martin", letter.facts).subject
            assert letter.facts.keys() in [facts.keys() for facts in SAMPLES[letter.kind]]
        return [letter.kind.removeprefix("charter_") for letter in letters]

    async def facts(self, kind: str) -> dict[str, object]:
        """What the last letter of a kind says."""
        async with self.database.transaction() as session:
            rows = await session.scalars(
                select(Letter).where(col(Letter.kind) == kind).order_by(col(Letter.planned_at))
            )
            return list(rows)[-1].facts

    async def _next(self, last: Due) -> Due | None:
        async with self.database.transaction() as session:
            row = await session.get_one(Adherence, self.id)
            situation = situation_of(row, await last_report(session, row))
            periods = (await charter_by_id(session, row.charter_id)).periods
        return next_due(situation, periods, last, frozenset(self.done))


@pytest.fixture
async def draft(database: Database) -> Life:
    async with database.transaction() as session:
        await an_organiser(session, None, "camille@organisateur.example")
        adherent = await a_draft(session)
        adherent.adherence.since = ACCEPTED
    return Life(database, adherent.adherence.id, adherent.head.id, ACCEPTED)


@pytest.fixture
async def signatory(database: Database) -> Life:
    async with database.transaction() as session:
        await an_organiser(session, None, "camille@organisateur.example")
        adherent = await a_signatory(session, accepted=ACCEPTED)
    return Life(database, adherent.adherence.id, adherent.head.id, ACCEPTED)


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


async def test_a_draft_is_reminded_then_closed(draft: Life) -> None:
    await draft.waits(ACCEPTED + 70 * DAY)

    assert await draft.told() == ["draft_reminder", "draft_reminder", "draft_expired"]
    said = await draft.facts("charter_draft_reminder")
    assert said["expires_until"] == "2026-11-16T17:00:00+00:00"


async def test_a_draft_is_given_up(draft: Life) -> None:
    await draft.asks(Act.ABANDON)

    assert await draft.told() == ["abandoned"]


async def test_a_file_is_late_completed_then_refused(draft: Life) -> None:
    await draft.asks(Act.SIGN)
    await draft.waits(draft.now + 22 * DAY)
    await draft.asks(Act.ASK_COMPLEMENTS, reason="Une cible manque.")
    await draft.waits(draft.now + 22 * DAY)
    await draft.asks(Act.COMPLETE)
    await draft.asks(Act.REFUSE, reason="L’activité a cessé.")

    assert await draft.told() == [
        "receipt",
        "review_due",
        "review_due",
        "complements_requested",
        "complements_reminder",
        "complements_received",
        "refused",
    ]
    assert (await draft.facts("charter_refused"))["again_on"] == "2027-01-29"


async def test_complements_that_never_come_close_the_file(draft: Life) -> None:
    await draft.asks(Act.SIGN)
    await draft.asks(Act.ASK_COMPLEMENTS, reason="Une cible manque.")
    await draft.waits(draft.now + 40 * DAY)

    assert (await draft.told())[-1] == "draft_expired"
    assert (await draft.facts("charter_draft_expired"))["complements"] is True


async def test_an_acceptance_says_when_the_first_report_opens(draft: Life) -> None:
    await draft.asks(Act.SIGN)
    await draft.asks(Act.ACCEPT)

    assert await draft.told() == ["receipt", "accepted"]
    said = await draft.facts("charter_accepted")
    assert (said["first_window_at"], said["term_on"]) == ("2027-02-01T08:00:00+00:00", "2029-09-30")


async def test_a_report_is_extended_returned_and_accepted(signatory: Life) -> None:
    await signatory.waits(on(2027, 2, 10))
    await signatory.asks(Act.EXTEND, days="10", reason="Inondation de l’atelier.")
    await signatory.waits(on(2027, 3, 2))
    await signatory.reports()
    await signatory.asks(Act.RETURN_REPORT, reason="Il manque une preuve.")
    await signatory.waits(on(2027, 3, 24))
    await signatory.reports()
    await signatory.asks(Act.VALIDATE_REPORT, level="justifie")

    assert await signatory.told() == [
        "window_open",
        "extension_granted",
        "report_reminder",
        "report_receipt",
        "report_returned",
        "report_reminder",
        "report_receipt",
        "report_accepted",
    ]
    assert (await signatory.facts("charter_report_accepted"))["state"] == "active"


async def test_silence_is_told_with_the_day_on_which_it_ends(signatory: Life) -> None:
    await signatory.waits(on(2027, 12, 31))

    assert (await signatory.told())[5:] == [
        "report_missed",
        "missed_notice",
        "missed_notice",
        "formal_notice",
        "removed",
    ]
    # The 1st of November is a holiday: the letter says the day on which it really ends.
    for kind in ("charter_report_missed", "charter_missed_notice", "charter_formal_notice"):
        assert (await signatory.facts(kind))["removal_until"] == "2027-11-02T17:00:00+00:00"
    said = await signatory.facts("charter_removed")
    assert (said["digital_on"], said["print_on"]) == ("2027-12-02", "2028-01-31")


async def test_a_suspended_company_that_misses_its_report_is_told_no_day_of_removal(
    signatory: Life,
) -> None:
    await signatory.waits(on(2027, 4, 1))
    await signatory.is_accused()
    await signatory.asks(Act.SUSPEND, reason="Insigne sur un emballage.", remedy="Le retirer.")
    await signatory.waits(on(2027, 7, 15))

    assert (await signatory.told())[-4:] == [
        "report_missed",
        "missed_notice",
        "missed_notice",
        "formal_notice",
    ]
    assert (await signatory.facts("charter_formal_notice"))["removal_until"] is None


async def test_a_suspension_is_to_be_decided_with_what_was_promised(signatory: Life) -> None:
    await signatory.waits(on(2026, 9, 16))
    await signatory.is_accused()
    await signatory.asks(Act.SUSPEND, reason="Insigne sur un emballage.", remedy="Le retirer.")
    await signatory.waits(on(2027, 3, 20))
    await signatory.asks(Act.LIFT, reason="Retiré.")

    told = [kind for kind in await signatory.told() if "suspen" in kind]
    assert told == [
        "suspended",
        "suspension_to_decide",
        "suspension_to_decide",
        "suspension_lifted",
    ]
    said = await signatory.facts("charter_suspension_to_decide")
    assert (said["suspended_on"], said["decide_on"]) == ("2026-09-16", "2027-03-16")
    assert said["remedy"] == "Le retirer."


async def test_a_removal_for_fault_says_when_one_may_come_back(signatory: Life) -> None:
    await signatory.is_accused()
    await signatory.asks(Act.REMOVE, reason="Attestation falsifiée.")

    assert await signatory.told() == ["removed"]
    said = await signatory.facts("charter_removed")
    assert (said["again_on"], said["reason"]) == ("2028-09-15", "Attestation falsifiée.")


async def test_a_withdrawal_is_confirmed(signatory: Life) -> None:
    await signatory.asks(Act.WITHDRAW, reason="")

    assert await signatory.told() == ["withdrawn"]


async def test_a_closed_establishment_passes_to_its_successor(signatory: Life) -> None:
    await signatory.closes()
    await signatory.asks(Act.NAME_SUCCESSOR, siret=SUCCESSOR)
    await signatory.asks(Act.TRANSFER, reason="Même activité.")

    assert await signatory.told() == ["ceased", "successor_named", "transferred"]
    said = await signatory.facts("charter_successor_named")
    assert (said["ceased_on"], said["successor"]) == ("2026-09-15", SUCCESSOR)
    assert said["successor_until"] == "2026-10-15T16:00:00+00:00"


async def test_a_closed_establishment_without_successor_is_a_former_signatory(
    signatory: Life,
) -> None:
    await signatory.closes()
    await signatory.waits(signatory.now + 40 * DAY)

    assert await signatory.told() == ["ceased", "former"]


@pytest.fixture
async def at_its_term(signatory: Life) -> Life:
    """A signatory whose reports are all accepted, in the last weeks of its term."""
    for year in (2027, 2028, 2029):
        await signatory.waits(on(year, 2, 10))
        await signatory.reports()
        await signatory.asks(Act.VALIDATE_REPORT, level="atteste")
    await signatory.waits(on(2029, 9, 10))
    return signatory


async def test_a_term_is_announced_then_ends_after_its_grace(at_its_term: Life) -> None:
    await at_its_term.waits(on(2030, 1, 31))

    assert (await at_its_term.told())[-7:] == [
        "renewal_reminder",
        "renewal_reminder",
        "renewal_reminder",
        "term_reached",
        "renewal_reminder",
        "renewal_reminder",
        "former",
    ]
    # The 30th of September is a Sunday.
    said = await at_its_term.facts("charter_term_reached")
    assert (said["term_on"], said["renew_until"]) == ("2029-09-30", "2029-12-31T17:00:00+00:00")


async def test_a_renewal_is_confirmed_with_its_new_term(at_its_term: Life) -> None:
    async with at_its_term.database.transaction() as session:
        row = await session.get_one(Adherence, at_its_term.id)
        row.entry = an_entry(by="2031-12-31")

    await at_its_term.asks(Act.RENEW)

    assert (await at_its_term.told())[-1] == "renewed"
    assert (await at_its_term.facts("charter_renewed"))["term_on"] == "2032-09-30"
