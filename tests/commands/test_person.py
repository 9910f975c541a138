"""`trophees person`: what an operator gives or erases for somebody who wrote."""

import json

from storage.database import Database
from tests.builders import a_cycle, a_juror, a_person
from tests.commands.conftest import Trophees


async def test_a_person_is_exported_then_erased_then_unknown(
    trophees: Trophees, database: Database
) -> None:
    async with database.transaction() as session:
        await a_person(session, "ada@exemple.fr", "Ada Lovelace")

    exported = await trophees("person", "export", "ADA@exemple.fr")
    erased = await trophees("person", "erase", "ada@exemple.fr", "--yes")
    again = await trophees("person", "erase", "ada@exemple.fr", "--yes")

    assert json.loads(exported.stdout)["person"][0]["name"] == "Ada Lovelace"
    assert (erased.exit_code, again.exit_code) == (0, 1)
    assert "Erased. Rows that no longer name them: 1." in erased.stdout
    assert "Nobody has the address ada@exemple.fr." in again.stderr


async def test_whom_others_count_on_is_not_erased(trophees: Trophees, database: Database) -> None:
    async with database.transaction() as session:
        await a_juror(session, await a_cycle(session), email="ines@exemple.fr")

    refused = await trophees("person", "erase", "ines@exemple.fr", "--yes")

    assert refused.exit_code == 1
    assert "Others still count on this person (judges): settle that first." in refused.stderr
