"""The conflicts of a jury on the desk: named by a company, read by the organiser."""

from domain.conflicts import Source, Standing
from domain.phases import Phase
from storage.database import Database
from storage.tables.juries import Conflict
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER, a_cycle_in, a_sent_file
from tests.builders import NOON, a_juror
from tests.conftest import SignIn


async def test_a_tie_that_a_company_named_waits_for_the_organiser(
    database: Database, signed_in: SignIn
) -> None:
    cycle = await a_cycle_in(database, Phase.SCREENING)
    async with database.transaction() as session:
        file = await a_sent_file(session, cycle)
        juror = await a_juror(session, cycle)
        session.add(
            Conflict(
                juror_id=juror.id,
                application_id=file.id,
                kind=Source.CANDIDATE,
                tie="family",
                standing=Standing.SUSPECTED,
                reason="La sœur de notre directrice.",
                at=NOON,
            )
        )
    browser = await signed_in(ORGANISER, organises=[cycle.id])
    url = f"/organisation/{cycle.code}/conflits"

    shown = words_of((await browser.get(url)).text)
    none = words_of((await browser.get(f"{url}?etat=dismissed")).text)

    assert "La sœur de notre directrice." in shown
    assert "Signalé par la structure" in shown
    assert "Aucun lien ici" in none
