"""A complaint from its form to the end of its appeal, on real workers, with the letters of each side."""

import asyncio
from email.message import EmailMessage

from temporalio.client import Client

from domain.charter.states import State
from domain.wire.adherence import RunAdherence
from settings import Settings
from storage.acts.charter.situations import situation_of
from storage.charters import charter_by_id
from storage.database import Database
from storage.tables.charter import Adherence
from tests.api.pages.alert_world import (
    ALLEGED,
    AUTHOR,
    AUTHOR_NAME,
    FILLED,
    HEAD,
    OF_AUTHOR,
    ORGANISER,
    REPLY,
    Told,
    a_company,
    letters_to,
    the_alert,
    the_alerts,
)
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

SUSPENSION = {"outcome": "suspension", "reason": "Emballages vus.", "remedy": "Retirer les lots."}


async def test_both_sides_are_heard_and_the_company_never_learns_who_wrote(
    signed_in: SignIn, temporal_client: Client, database: Database, configured: Settings
) -> None:
    company = await a_company(database)
    rose = await signed_in(AUTHOR, name=AUTHOR_NAME)
    ada = await signed_in(HEAD, name="Ada Martin")
    olivia = await signed_in(ORGANISER, name="Olivia Charte", organises_everything=True)
    pages: list[str] = []

    async with working(temporal_client, database, configured) as postbox:
        await _runs(rose, database, company)
        await rose.submit(f"/signataires/{company.id}/signaler", FILLED)
        (alert,) = await the_alerts(database)
        told = Told(alert.id, company.id)

        answers = [
            await olivia.submit(f"{told.desk}/recevable", {"alleged": ALLEGED}),
            await ada.submit(f"{told.company}/reponse", {"reply": "Un premier mot."}),
            await ada.submit(f"{told.company}/reponse", {"reply": REPLY}),
        ]
        pages.append((await ada.get(told.company)).text)
        answers.append(await olivia.submit(f"{told.desk}/decision", SUSPENSION))
        await _becomes(database, company, State.SUSPENDED)
        answers.append(await ada.submit(f"{told.company}/recours", {"appeal": "Tout est retiré."}))
        pages.append((await ada.get(told.company)).text)
        answer = {"granted": "yes", "answer": "Le retrait est prouvé."}
        answers.append(await olivia.submit(f"{told.desk}/recours", answer))
        await _becomes(database, company, State.ACTIVE)
        pages.append((await ada.get(told.company)).text)
        await _received(postbox, HEAD, "Le retrait est prouvé.")

    ended = await the_alert(database, told)
    assert [each.status_code for each in answers] == [303] * 6
    assert (ended.step, ended.reply, ended.outcome) == ("clos", REPLY, "suspension")
    assert [said for page in pages for said in OF_AUTHOR if said in words_of(page)] == []
    written = [_text(each) for each in postbox.letters if each["To"] == HEAD]
    planned = [str(each.facts) for each in await letters_to(database, HEAD)]
    assert len(written) >= 3
    assert [said for text in (*written, *planned) for said in OF_AUTHOR if said in text] == []
    assert [each.kind for each in await letters_to(database, AUTHOR)] == [
        "charter_alert_received",
        "charter_alert_admissible",
        "charter_alert_closed_for_author",
    ]


async def _runs(browser: Browser, database: Database, company: Adherence) -> None:
    async with database.transaction() as session:
        row = await session.get_one(Adherence, company.id)
        periods = (await charter_by_id(session, row.charter_id)).periods
        run = RunAdherence(str(row.id), periods, situation_of(row, None))
    await browser.app.state.engine.run_adherence(company.workflow, run)


async def _becomes(database: Database, company: Adherence, state: State) -> None:
    async with asyncio.timeout(20):
        while True:
            async with database.transaction() as session:
                if (await session.get_one(Adherence, company.id)).state == state:
                    return
            await asyncio.sleep(0.1)


async def _received(postbox: Postbox, email: str, words: str) -> None:
    async with asyncio.timeout(20):
        while not any(each["To"] == email and words in _text(each) for each in postbox.letters):  # noqa: ASYNC110  (the mailbox tells no other way)
            await asyncio.sleep(0.1)


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return words_of(body.get_content()) if body else ""
