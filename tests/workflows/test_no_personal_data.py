"""Temporal holds what is waited for, never what people wrote: the first law, on a whole cycle."""

import json
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator

from temporalio.client import Client

from settings import Settings
from storage.database import Database
from tests.workflows.charter_story import TYPED as TYPED_OF_THE_CHARTER
from tests.workflows.charter_story import play_charter
from tests.workflows.postbox import Postbox
from tests.workflows.story import COMPANIES, TYPED, histories, palmares, play
from worker import workers


async def test_no_history_of_a_whole_cycle_holds_what_people_wrote(
    temporal_client: Client, database: Database, configured: Settings, postbox: Postbox
) -> None:
    posted = configured.model_copy(update={"smtp_host": postbox.host, "smtp_port": postbox.port})

    async with workers(temporal_client, database, posted):
        story = await play(temporal_client, database)
    told = [(kind, readable(history)) async for kind, _, history in histories(temporal_client)]

    assert await palmares(database) == [COMPANIES[0]]
    assert {*Counter(kind for kind, _ in told)} == {
        "ApplicationWorkflow",
        "CycleWorkflow",
        "JurorWorkflow",
        "LetterWorkflow",
        "MailingWorkflow",
        "PublicationWorkflow",
    }
    whole = "\n".join(text for _, text in told)
    assert [word for word in TYPED if word in whole] == []
    assert str(story.cycle.id) in whole
    assert "application:" in whole


async def test_no_history_of_the_charter_holds_what_people_wrote(
    temporal_client: Client, database: Database, configured: Settings, postbox: Postbox
) -> None:
    posted = configured.model_copy(update={"smtp_host": postbox.host, "smtp_port": postbox.port})

    async with workers(temporal_client, database, posted):
        story = await play_charter(temporal_client, database)
    told = [(kind, readable(history)) async for kind, _, history in histories(temporal_client)]

    assert {kind for kind, _ in told} == {"AdherenceWorkflow", "AlertWorkflow", "PurgeWorkflow"}
    whole = "\n".join(text for _, text in told)
    assert [word for word in TYPED_OF_THE_CHARTER if word in whole] == []
    assert story.adherence in whole


def readable(history: str) -> str:
    """The JSON of a history, followed by all that its payloads carry, decoded."""
    return "\n".join([history, *decoded(json.loads(history))])


def decoded(part: object) -> Iterator[str]:
    """Everything under a key ``data``, read as bytes in base 64."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "data" and isinstance(value, str):
                yield b64decode(value).decode("utf-8", errors="replace")
            else:
                yield from decoded(value)
    elif isinstance(part, list):
        for each in part:
            yield from decoded(each)
