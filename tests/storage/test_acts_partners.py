"""A partner is invited, let go, or countersigns: state, trace, letters and rule, together and once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from domain.applications import Act, Status
from domain.partners import PartnerAct, PartnerStatus, print_of
from domain.refusals import Refusal
from domain.wire.application import SettleApplication
from domain.wire.partner import Tended, TendPartner
from storage.acts import applications, partner_delay
from storage.database import Database
from storage.requests import write_request
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.records import JournalLine
from storage.templates import calendar_document, calendar_in
from tests.api.pages.company_world import EDITOR, OWNER, a_call, a_member, fresh
from tests.api.pages.partner_world import (
    CAP,
    PARTNER,
    PARTNERSHIP,
    SIGNED,
    a_partnership,
    done,
    invited,
    the_partner,
)
from tests.builders import a_person

DESCRIBED = print_of(PARTNERSHIP)


@pytest.fixture
async def row(database: Database) -> Application:
    return await a_partnership(database)


async def answered(database: Database, row: Application) -> None:
    async with database.transaction() as session:
        partner = await the_partner(database, row)
        session.add(partner)
        partner.answers = dict(SIGNED)


async def countersigned(database: Database, row: Application) -> None:
    await answered(database, row)
    await done(database, row, PartnerAct.COUNTERSIGN, PARTNER, {"seen": DESCRIBED})


async def sent(database: Database, row: Application) -> None:
    async with database.transaction() as session:
        owner = await a_person(session, OWNER)
        asked = await write_request(
            session,
            request_id=row.id,
            kind=Act.SUBMIT,
            subject=f"application:{row.id}",
            by_person=owner.id,
        )
    async with database.transaction() as session:
        await applications.settle(
            session, SettleApplication(str(row.id), Act.SUBMIT, asked.request, asked.arrived_at)
        )


async def kinds(database: Database) -> list[str]:
    async with database.transaction() as session:
        rows = await session.execute(select(col(Letter.kind)).order_by(col(Letter.planned_at)))
        return list(rows.scalars())


async def journal(database: Database) -> list[tuple[str, str, str]]:
    async with database.transaction() as session:
        rows = await session.execute(select(JournalLine).order_by(col(JournalLine.id)))
        return [(line.act, line.before, line.after) for line in rows.scalars()]


async def rule(database: Database, row: Application) -> tuple[str, str]:
    verdicts = (await fresh(database, row)).verdicts or []
    found = next(each for each in verdicts if each["rule"] == "R10")
    return found["outcome"], found["sentence"]


async def versions(database: Database) -> list[ApplicationVersion]:
    async with database.transaction() as session:
        rows = await session.execute(
            select(ApplicationVersion).order_by(col(ApplicationVersion.version))
        )
        return list(rows.scalars())


async def closes(database: Database, row: Application, at: datetime) -> None:
    async with database.transaction() as session:
        cycle = await session.get_one(Cycle, row.cycle_id)
        cycle.calendar = calendar_document(replace(calendar_in(cycle), closes_at=at))


async def tended(database: Database, row: Application, at: datetime) -> Tended:
    async with database.transaction() as session:
        return await partner_delay.tend(session, TendPartner(str(row.id), at))


async def test_an_invitation_writes_one_letter_one_line_and_names_the_partner(
    row: Application, database: Database
) -> None:
    partner = await invited(database, row)

    assert partner.status == PartnerStatus.INVITED
    assert (partner.siret, partner.kind, partner.round) == (CAP, "EI", 1)
    assert await kinds(database) == ["partner_invited"]
    assert await journal(database) == [
        ("open_application", "", "draft"),
        ("invite_partner", "", "partner_invited"),
    ]
    assert (await fresh(database, row)).answers["partner_email"] == PARTNER


async def test_inviting_again_is_another_letter_and_another_delay(
    row: Application, database: Database
) -> None:
    first = await invited(database, row)
    await answered(database, row)
    second = await invited(database, row, email="direction@ateliers-cap.example")

    assert (first.id, second.round) == (second.id, 2)
    assert second.answers == SIGNED
    assert second.invited_at > first.invited_at
    assert await kinds(database) == ["partner_invited"] * 2


async def test_another_establishment_starts_from_a_blank_part(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await answered(database, row)

    partner = await invited(database, row, siret="00021072400019")

    assert (partner.siret, partner.answers) == ("00021072400019", {})


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"siret": "00010007300022"}, "une autre structure que la vôtre"),
        ({"email": EDITOR}, "travaille déjà au dossier"),
    ],
    ids=["the company itself", "a colleague"],
)
async def test_a_company_cannot_countersign_for_its_partner(
    row: Application, database: Database, more: dict[str, object], sentence: str
) -> None:
    await a_member(database, row, EDITOR, "editor")

    with pytest.raises(Refusal, match=sentence):
        await invited(database, row, **more)  # type: ignore[arg-type]  (one of them is the address)


async def test_a_reader_invites_nobody(row: Application, database: Database) -> None:
    await a_member(database, row, EDITOR, "reader")

    with pytest.raises(Refusal):
        await done(database, row, PartnerAct.INVITE, EDITOR, {"siret": CAP, "kind": "EI"})

    assert await kinds(database) == []


async def test_an_invitation_is_withdrawn_once_and_the_person_told(
    row: Application, database: Database
) -> None:
    await invited(database, row)

    await done(database, row, PartnerAct.WITHDRAW, OWNER)

    assert (await the_partner(database, row)).status == PartnerStatus.WITHDRAWN
    assert await kinds(database) == ["partner_invited", "partner_released"]
    with pytest.raises(Refusal, match="rien à retirer"):
        await done(database, row, PartnerAct.WITHDRAW, OWNER)


async def test_what_was_countersigned_is_neither_withdrawn_nor_replaced(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await countersigned(database, row)

    for act in (PartnerAct.WITHDRAW, PartnerAct.INVITE):
        with pytest.raises(Refusal, match="a déjà contresigné"):
            await done(database, row, act, OWNER, {"siret": CAP})


async def test_nobody_countersigns_in_the_place_of_the_person_invited(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await answered(database, row)

    with pytest.raises(Refusal, match="Seule la personne invitée"):
        await done(database, row, PartnerAct.COUNTERSIGN, OWNER, {"seen": DESCRIBED})


async def test_a_countersignature_before_the_sending_is_in_its_fingerprint(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await countersigned(database, row)

    await sent(database, row)

    version = (await versions(database))[0]
    partner = await the_partner(database, row)
    assert version.answers == row.answers | SIGNED
    assert version.partner == {
        "siret": CAP,
        "kind": "EI",
        "countersigned_at": partner.countersigned_at.isoformat()
        if partner.countersigned_at
        else "",
        "answers": sorted(SIGNED),
        "signed": DESCRIBED,
    }
    assert await rule(database, row) == ("pass", "Le partenaire est identifié et a contresigné.")
    assert (await fresh(database, row)).admissible is True
    assert await kinds(database) == ["partner_invited", "partner_countersigned", "receipt"]


async def test_a_countersignature_after_the_sending_makes_a_version_with_the_same_answers(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await sent(database, row)
    before = await rule(database, row)
    async with database.transaction() as session:
        draft = await session.get_one(Application, row.id)
        draft.answers = draft.answers | {"lessons": "Une phrase pas encore renvoyée."}

    await countersigned(database, row)

    first, second = await versions(database)
    assert before == ("to_check", "Le partenaire n’a pas encore contresigné.")
    assert second.answers == first.answers | SIGNED
    assert (first.fingerprint != second.fingerprint, second.by_person) == (True, first.by_person)
    assert (await rule(database, row))[0] == "pass"
    assert (await fresh(database, row)).admissible is True


async def test_a_text_changed_afterwards_leaves_the_countersignature_on_the_text_of_that_day(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await countersigned(database, row)
    async with database.transaction() as session:
        draft = await session.get_one(Application, row.id)
        draft.answers = draft.answers | {"agreement": "Dix ans."}

    await sent(database, row)

    version = (await versions(database))[0]
    assert version.answers["agreement"] == "Dix ans."
    assert version.partner is not None
    assert version.partner["signed"] == DESCRIBED
    assert (await the_partner(database, row)).seen == PARTNERSHIP
    assert (await rule(database, row))[0] == "pass"


async def test_another_siret_in_the_file_is_not_the_one_that_countersigned(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await countersigned(database, row)
    async with database.transaction() as session:
        draft = await session.get_one(Application, row.id)
        draft.answers = draft.answers | {"partner_siret": "00021072400019"}

    await sent(database, row)

    assert (await rule(database, row))[0] == "fail"


async def test_a_register_that_did_not_answer_leaves_the_rule_to_a_person(
    row: Application, database: Database
) -> None:
    await invited(database, row, registry={"found": False, "verified": False, "answered": False})
    await countersigned(database, row)

    await sent(database, row)

    assert (await rule(database, row))[0] == "to_check"


async def test_a_countersignature_after_the_closing_is_refused(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await answered(database, row)
    await closes(database, row, datetime.now(UTC) - timedelta(seconds=1))

    with pytest.raises(Refusal, match="Les candidatures sont closes"):
        await done(database, row, PartnerAct.COUNTERSIGN, PARTNER, {"seen": DESCRIBED})


async def test_complements_open_the_door_again(row: Application, database: Database) -> None:
    await invited(database, row)
    await sent(database, row)
    now = datetime.now(UTC)
    await closes(database, row, now - timedelta(seconds=1))
    async with database.transaction() as session:
        file = await session.get_one(Application, row.id)
        file.status = Status.COMPLEMENTS
        file.complements_until = now + timedelta(days=14)

    await countersigned(database, row)

    assert (await rule(database, row))[0] == "pass"


async def test_one_reminder_leaves_three_days_before_the_end(database: Database) -> None:
    row = await a_partnership(database, cycle=await a_call(database, left=timedelta(days=9)))
    partner = await invited(database, row)
    end = partner.invited_at + timedelta(days=9)

    early = await tended(database, row, end - timedelta(days=4))
    await tended(database, row, end - timedelta(days=2))
    await tended(database, row, end - timedelta(days=1))

    assert early.letters == 0
    assert await kinds(database) == ["partner_invited", "partner_reminder"]


async def test_after_the_closing_the_rule_says_that_nobody_countersigned(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await sent(database, row)

    found = await tended(database, row, datetime.now(UTC) + timedelta(days=30))

    assert found == Tended(None, 0, 1)
    assert await rule(database, row) == ("fail", "Le partenaire n’a pas contresigné dans le délai.")
    assert (await fresh(database, row)).admissible is False


async def test_a_countersignature_that_arrived_in_time_counts_when_it_is_found_late(
    row: Application, database: Database
) -> None:
    await invited(database, row)
    await answered(database, row)
    async with database.transaction() as session:
        person = await a_person(session, PARTNER)
        await write_request(
            session,
            request_id=person.id,
            kind=PartnerAct.COUNTERSIGN,
            subject=f"application:{row.id}",
            by_person=person.id,
            payload={"seen": DESCRIBED},
        )

    await tended(database, row, datetime.now(UTC) + timedelta(days=30))

    assert (await the_partner(database, row)).status == PartnerStatus.COUNTERSIGNED
