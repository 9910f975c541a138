"""The desk of the charter in English: no state, act, letter or step keeps its French name."""

import pytest
from fastapi import FastAPI

from activities.letters import kinds
from api.pages.charter.organiser import letter_words, words
from api.pages.charter.organiser.desk import TABS
from domain.charter import states
from settings import Settings
from storage.database import Database
from tests.api.pages.charter_desk_world import (
    ACCEPTED,
    BASE,
    NOW,
    OPENED,
    Places,
    a_charter_letter,
    a_filed_file,
    a_sent_report,
    a_trace,
    an_evidence,
    an_inquiry,
    an_organiser,
)
from tests.api.pages.company_world import words_of
from tests.charters import a_signatory, an_open_report
from tests.conftest import SignIn
from wording.translations import translate

PAGES = (
    "",
    "/dossiers",
    "/dossiers/{file}",
    "/bilans",
    "/bilans?annee=2027",
    "/bilans/{report}",
    "/adherents",
    "/adherents/{file}",
    "/adherents/{signatory}",
    "/adherents/{signatory}/suspendre",
    "/lettres",
    "/lettres/registre",
    "/versions",
)
SAID = {
    *(label for _, label in TABS),
    *(
        name
        for names in (
            words.ACTS,
            words.COMING,
            words.DUE,
            words.PROGRESS,
            words.PROGRESS_OF_ONE,
            words.SIZES,
            letter_words.KINDS,
            states.NAMES,
        )
        for name in names.values()
    ),
}
# The words that English keeps, or that are part of others.
FRENCH = {each for each in SAID if translate("en", each) != translate("fr", each)}


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_read_in_english_keeps_no_french_name(
    signed_in: SignIn,
    application: FastAPI,
    database: Database,
    configured: Settings,
    page: str,
) -> None:
    places = Places()
    async with database.transaction() as session:
        filed = await a_filed_file(session, siret=places.next())
        signatory, report = await a_sent_report(session, siret=places.next())
        await an_evidence(session, configured, report)
        await an_inquiry(session, signatory)
        awaited = await a_signatory(session, accepted=ACCEPTED, siret=places.next())
        await an_open_report(session, awaited, 2027, OPENED)
        # Subjects are said in the language of who read them.
        (await session.merge(signatory.head)).language = "en"
        for kind in letter_words.KINDS:
            await a_charter_letter(session, signatory, kind=kind)
        for act in states.Act:
            await a_trace(session, signatory, act, before="deposee", after="active")
    browser = await an_organiser(signed_in, application, NOW)
    browser.cookies.set("language", "en")
    known = {
        "file": filed.adherence.id,
        "signatory": signatory.adherence.id,
        "report": report.id,
    }

    shown = await browser.get(BASE + page.format(**known))

    read = f" {words_of(shown.text)} "
    assert shown.status_code == 200
    assert sorted(name for name in FRENCH if f" {_plain(name)} " in read) == []


def test_every_letter_of_the_charter_has_a_name() -> None:
    written = {kind for kind in kinds.KINDS if kind.startswith("charter_")}

    assert written - set(letter_words.KINDS) == set()


def _plain(sentence: str) -> str:
    return sentence.replace("\u2019", "'").replace("\u00a0", " ")
