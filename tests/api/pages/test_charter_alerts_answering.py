"""Who of a company answers a complaint, and the files that they join to what they answer."""

import pytest
from sqlmodel import col, select
from temporalio.client import Client

from domain.charter.alerts import AlertStep
from settings import Settings
from storage.database import Database
from storage.drafts.adherence_people import silence
from storage.tables.charter import Adherence, AdherenceMember
from storage.tables.complaints import AlertEvidence
from tests.api.pages.alert_world import (
    AUTHOR,
    HEAD,
    ORGANISER,
    REPLY,
    SIRETS,
    STRANGER,
    Told,
    a_company,
    a_complaint,
    requests_about,
    the_alert,
)
from tests.api.pages.charter_world import letters_of, members_of
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.builders import a_person
from tests.conftest import SignIn
from tests.pdfs import a_pdf

PDF = a_pdf("Le lot 12 a été retiré le 3 mai.")
PAUL = "paul@exemple.fr"


@pytest.fixture
async def company(database: Database) -> Adherence:
    return await a_company(database)


@pytest.fixture
async def told(database: Database, company: Adherence) -> Told:
    return await a_complaint(database, company, step=AlertStep.INQUIRY)


@pytest.fixture
async def ada(signed_in: SignIn) -> Browser:
    return await signed_in(HEAD, name="Ada Martin")


@pytest.fixture
async def olivia(signed_in: SignIn) -> Browser:
    return await signed_in(ORGANISER, name="Olivia Charte", organises_everything=True)


@pytest.fixture
async def paul(signed_in: SignIn, database: Database, company: Adherence) -> Browser:
    """He looks after purchases: neither the head, nor the lead."""
    browser = await signed_in(PAUL, name="Paul Bois")
    await holds(database, company, browser, "purchasing")
    return browser


async def holds(database: Database, company: Adherence, browser: Browser, role: str) -> None:
    async with database.transaction() as session:
        session.add(
            AdherenceMember(adherence_id=company.id, person_id=browser.person_id, role=role)
        )


async def kept(database: Database) -> list[AlertEvidence]:
    async with database.transaction() as session:
        rows = await session.scalars(select(AlertEvidence).order_by(col(AlertEvidence.added_at)))
        return list(rows)


def on_disk(configured: Settings) -> int:
    return sum(each.is_file() for each in configured.uploads.rglob("*"))


async def test_a_colleague_reads_and_is_told_who_answers(
    ada: Browser, paul: Browser, told: Told
) -> None:
    shown = await paul.get(told.company)

    words = words_of(shown.text)
    assert 'name="reply"' not in shown.text
    assert "Vous lisez ce signalement, mais d'autres y répondent" in words
    assert ada.person_id != paul.person_id
    assert "Ada Martin Dirigeant signataire, Référent insertion" in words


@pytest.mark.parametrize("act", ["reponse", "recours"])
async def test_what_a_colleague_posts_all_the_same_is_refused(
    paul: Browser, told: Told, database: Database, act: str
) -> None:
    sent = await paul.submit(
        f"{told.company}/{act}", {"reply": REPLY, "appeal": REPLY}, {"file": ("a.pdf", PDF)}
    )

    assert sent.status_code == 403
    assert "Seules peuvent répondre à un signalement" in words_of(sent.text)
    assert await requests_about(database, told) == []
    assert await kept(database) == []


async def test_only_who_may_answer_is_asked_to_in_their_own_space(
    ada: Browser, paul: Browser, company: Adherence, database: Database
) -> None:
    await a_complaint(database, company, step=AlertStep.INQUIRY)
    spaces = [words_of((await each.get("/mon-espace")).text) for each in (ada, paul)]

    asked = [f"Répondre au signalement sur {company.company}" in each for each in spaces]
    assert asked == [True, False]


async def test_the_head_names_a_colleague_who_is_told_and_may_answer(
    ada: Browser, paul: Browser, told: Told, company: Adherence, database: Database
) -> None:
    named = await ada.submit(f"{told.company}/repondants", {"person": str(paul.person_id)})

    (letter,) = await letters_of(database, "charter_role_named")
    assert named.status_code == 303
    assert (letter.person_id, letter.facts["roles"][0]["fr"]) == (
        paul.person_id,
        "Réponse aux signalements",
    )
    assert 'name="reply"' in (await paul.get(told.company)).text
    home = words_of((await paul.get(f"/adhesions/{company.id}")).text)
    assert "Personne désignée pour répondre aux signalements" in home


async def test_the_head_takes_it_back(
    ada: Browser, paul: Browser, told: Told, company: Adherence, database: Database
) -> None:
    await ada.submit(f"{told.company}/repondants", {"person": str(paul.person_id)})

    taken = await ada.submit(f"{told.company}/repondants/{paul.person_id}/retirer")

    assert taken.status_code == 303
    assert ("speaker", paul.person_id) not in await members_of(database, company)
    assert 'name="reply"' not in (await paul.get(told.company)).text


@pytest.mark.parametrize("person", ["", "personne", "00000000-0000-4000-8000-000000000000"])
async def test_nobody_from_elsewhere_is_named(
    ada: Browser, told: Told, company: Adherence, database: Database, person: str
) -> None:
    before = await members_of(database, company)

    named = await ada.submit(f"{told.company}/repondants", {"person": person})

    assert named.status_code == 422
    assert await members_of(database, company) == before


async def test_only_the_head_names(
    paul: Browser, signed_in: SignIn, told: Told, company: Adherence, database: Database
) -> None:
    lead, stranger = await signed_in("lea@exemple.fr"), await signed_in(STRANGER)
    await holds(database, company, lead, "lead")
    page, person = f"{told.company}/repondants", {"person": str(paul.person_id)}

    answers = [(await each.submit(page, person)).status_code for each in (paul, lead, stranger)]

    assert answers == [403, 403, 404]
    assert 'name="reply"' in (await lead.get(told.company)).text


async def test_files_go_with_the_reply_and_are_read_by_both_sides_only(
    signed_in: SignIn,
    temporal_client: Client,
    database: Database,
    configured: Settings,
    ada: Browser,
    olivia: Browser,
    paul: Browser,
    told: Told,
) -> None:
    stranger = await signed_in(STRANGER)
    await a_company(database, SIRETS[1], STRANGER)
    async with working(temporal_client, database, configured):
        sent = await ada.submit(
            f"{told.company}/reponse", {"reply": REPLY}, {"file": ("retrait du lot.pdf", PDF)}
        )
    (file,) = await kept(database)
    at_company, at_desk = f"{told.company}/pieces/{file.id}", f"{told.desk}/pieces/{file.id}"

    opened = [await ada.get(at_company), await paul.get(at_company), await olivia.get(at_desk)]
    refused = [
        await stranger.get(at_company),
        await stranger.get(at_desk),
        await (await signed_in(AUTHOR)).get(at_desk),
        await olivia.get(f"{told.desk}/pieces/{told.id}"),
    ]

    assert sent.status_code == 303
    assert (await the_alert(database, told)).reply == REPLY
    assert [each.content for each in opened] == [PDF] * 3
    for each in opened:
        assert each.headers["content-disposition"].startswith("attachment")
        assert each.headers["x-content-type-options"] == "nosniff"
    assert [each.status_code for each in refused] == [404, 403, 403, 404]
    assert "retrait du lot.pdf" in words_of((await olivia.get(told.desk)).text)
    assert "retrait du lot.pdf" in words_of((await ada.get(told.company)).text)


async def test_an_organiser_reads_no_file_of_an_answer_that_has_not_arrived(
    ada: Browser, olivia: Browser, told: Told, database: Database
) -> None:
    sent = await ada.submit(
        f"{told.company}/reponse", {"reply": REPLY}, {"file": ("preuve.pdf", PDF)}
    )

    (file,) = await kept(database)
    (asked,) = await requests_about(database, told)
    assert sent.status_code == 409
    assert "est gardée avec cette heure" in words_of(sent.text)
    assert (file.sent_at, asked.payload["files"]) == (None, file.sha256)
    assert (await olivia.get(f"{told.desk}/pieces/{file.id}")).status_code == 404
    assert "preuve.pdf" not in words_of((await olivia.get(told.desk)).text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"nom;prenom", "format accepté", id="a table"),
        pytest.param(b"", "vide", id="empty"),
        pytest.param(
            a_pdf("BENALI Karim", "DUPONT Claire", "MARTIN Ada"), "liste de personnes", id="names"
        ),
        pytest.param(b"%PDF-1.7 rien", "ne peut pas être lu", id="broken"),
    ],
)
async def test_a_file_that_may_not_be_joined_leaves_the_words_typed_and_keeps_nothing(
    ada: Browser, told: Told, database: Database, configured: Settings, content: bytes, said: str
) -> None:
    sent = await ada.submit(
        f"{told.company}/reponse", {"reply": REPLY}, {"file": ("preuve.pdf", content)}
    )

    assert sent.status_code == 422
    assert said in words_of(sent.text)
    assert f"\n{REPLY}</textarea>" in sent.text
    assert await requests_about(database, told) == []
    assert (await kept(database), on_disk(configured)) == ([], 0)


async def test_an_answer_out_of_its_time_keeps_no_file(
    ada: Browser, company: Adherence, database: Database, configured: Settings
) -> None:
    closed = await a_complaint(database, company, step=AlertStep.CLOSED, outcome="classe")

    sent = await ada.submit(
        f"{closed.company}/reponse", {"reply": REPLY}, {"file": ("preuve.pdf", PDF)}
    )

    assert sent.status_code == 409
    assert (await kept(database), on_disk(configured)) == ([], 0)


async def test_whoever_leaves_the_company_speaks_no_more_for_it(
    database: Database, company: Adherence, ada: Browser, paul: Browser, told: Told
) -> None:
    await ada.submit(f"{told.company}/repondants", {"person": str(paul.person_id)})
    async with database.transaction() as session:
        person = await a_person(session, PAUL)
        rows = await session.scalars(
            select(AdherenceMember).where(
                col(AdherenceMember.person_id) == person.id,
                col(AdherenceMember.role) == "purchasing",
            )
        )
        for row in rows:
            await session.delete(row)
        await session.flush()
        await silence(session, company.id)

    assert (await paul.get(told.company)).status_code == 404
