"""Raw and adjusted rankings side by side: for the chair and the organiser, never for another juror."""

from domain.phases import Phase
from storage.acts.ranking import freeze_ranking
from storage.database import Database
from storage.tables.applications import Application
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER
from tests.api.pages.jury_world import CHAIR, Bench, a_bench, a_conflict, a_file, a_sealed_card
from tests.builders import NOON, a_juror, an_organiser
from tests.conftest import SignIn

NAMES = ("Première", "Deuxième", "Troisième", "Quatrième")


async def an_equalised_ranking(database: Database) -> tuple[Bench, list[Application]]:
    """Four files read by three jurors, ranked, the last one by the chair's former employer."""
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.DELIBERATION, email=CHAIR, is_chair=True)
        others = [await a_juror(session, bench.cycle, name=name) for name in ("Anne", "Basile")]
        files = [await a_file(session, bench.cycle, company=name) for name in NAMES]
        for file in files:
            for juror in (bench.juror, *others):
                await a_sealed_card(session, juror, file)
        await a_conflict(session, bench.juror, files[3])
        await freeze_ranking(session, bench.cycle, NOON)
    return bench, files


async def test_the_chair_reads_both_rankings_less_the_file_they_stand_aside_from(
    signed_in: SignIn, database: Database
) -> None:
    bench, _ = await an_equalised_ranking(database)
    browser = await signed_in(CHAIR, name="Claire Chair")

    shown = await browser.get(f"{bench.url}/deliberation/QUA/perequation")

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "Classement brut et classement ajusté" in words
    assert "Sévérité estimée des jurés" in words
    assert [name for name in NAMES if name in words] == list(NAMES[:3])


async def test_the_organiser_reads_them_too_and_another_juror_does_not(
    signed_in: SignIn, database: Database
) -> None:
    bench, _ = await an_equalised_ranking(database)
    async with database.transaction() as session:
        await an_organiser(session, bench.cycle, ORGANISER)
    page = f"/organisation/{bench.cycle.code}/resultats/perequation?categorie=QUA"

    organiser = await signed_in(ORGANISER)
    seen = await organiser.get(page)
    stranger = await signed_in("autre@exemple.fr")
    refused = [
        await stranger.get(each) for each in (page, f"{bench.url}/deliberation/QUA/perequation")
    ]

    assert [name for name in NAMES if name in words_of(seen.text)] == list(NAMES)
    assert {each.status_code for each in refused} <= {403, 404}
