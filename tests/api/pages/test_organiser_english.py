"""The desk, my space and the public pages in English: no state, act or date keeps its French name."""

import pytest

from api.pages.organiser.desk import TABS
from api.pages.organiser.letter_words import KINDS, STATES
from api.pages.organiser.results import FLAGS
from api.pages.organiser.trace_words import ABOUT, ACTS
from api.pages.public.steps import NAMES as STEPS
from domain import applications, jurors, phases
from domain.applications import Status
from domain.phases import Phase
from domain.rules_text.judging import TIES
from storage.database import Database
from storage.ledger import LetterState
from storage.tables.cycles import Cycle
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import (
    ORGANISER,
    a_cycle_in,
    a_jury,
    a_letter,
    a_line,
    a_sent_file,
    a_standing,
)
from tests.conftest import SignIn
from wording.translations import translate

PAGES = (
    "/organisation/{code}",
    "/organisation/{code}/candidatures",
    "/organisation/{code}/candidatures/{file}",
    "/organisation/{code}/jury",
    "/organisation/{code}/attribution",
    "/organisation/{code}/resultats?categorie=QUA",
    "/organisation/{code}/lettres",
    "/organisation/{code}/journal",
    "/organisation/{code}/clore-la-phase",
    "/organisation",
    "/organisation/ouvrir/calendrier?edition=new:trophees-insertion&annee=2031&territoire=REG-04",
    "/mon-espace",
    "/",
    "/reglement/{code}",
)
SAID = {
    *(label for _, label in TABS),
    *(
        name
        for names in (KINDS, STATES, FLAGS, ACTS, ABOUT, TIES, STEPS)
        for name in names.values()
    ),
    *applications.NAMES.values(),
    *jurors.JUROR_NAMES.values(),
    *phases.NAMES.values(),
}
# The words that English keeps, or that are part of others.
FRENCH = {each for each in SAID if translate("en", each) != translate("fr", each)}


async def _filled(database: Database, phase: Phase) -> tuple[Cycle, str]:
    cycle = await a_cycle_in(database, phase)
    async with database.transaction() as session:
        file = await a_sent_file(session, cycle, status=Status.ADMITTED)
        await a_standing(session, file, 1)
        await a_line(session, cycle, file)
        await a_jury(session, cycle, 2)
        for state in LetterState:
            await a_letter(session, cycle, state=state)
    return cycle, str(file.id)


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_read_in_english_keeps_no_french_name(
    signed_in: SignIn, database: Database, page: str
) -> None:
    cycle, file = await _filled(database, Phase.DELIBERATION)
    browser = await signed_in(ORGANISER, organises_everything=True)
    browser.cookies.set("language", "en")

    shown = await browser.get(page.format(code=cycle.code, file=file))

    words = f" {words_of(shown.text)} "
    assert shown.status_code == 200
    assert sorted(name for name in FRENCH if f" {_plain(name)} " in words) == []


def _plain(sentence: str) -> str:
    return sentence.replace("\u2019", "'").replace("\u00a0", " ")
