"""Numbers in addresses that no column holds: a page that does not exist, never a failure."""

import pytest

from domain.phases import Phase
from storage.database import Database
from tests.builders import a_cycle
from tests.conftest import SignIn

BEYOND = ("99999999999999999999", "2147483648", "-9223372036854775809", "-1")
PAGES = (
    "/organisation?annee={number}",
    "/organisation/{code}/resultats?apres={number}",
    "/organisation/{code}/journal?avant={number}",
    "/organisation/{code}/jury?page={number}",
    "/palmares/{code}?page={number}",
)


@pytest.mark.parametrize("page", PAGES)
async def test_a_number_beyond_every_column_fails_no_page(
    database: Database, signed_in: SignIn, page: str
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, phase=Phase.DELIBERATION)
    browser = await signed_in("olivia@exemple.fr", organises=[cycle.id])

    answers = [await browser.get(page.format(code=cycle.code, number=each)) for each in BEYOND]

    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
