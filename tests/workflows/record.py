"""Records the histories that ``test_replay`` replays: ``python -m tests.workflows.record``.

Run it after a change of a workflow that old runs need not survive, and read the difference; a
change that running cycles must survive comes with ``workflow.patched`` and the old files kept.
"""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from activities.payloads import data_converter
from domain.corrections import CorrectionAct
from domain.wire import names
from embedded import postgres, temporal
from settings import Settings
from storage.database import Database
from storage.migrate import migrate
from tests.workflows.charter_story import CharterStory, play_charter
from tests.workflows.corrections import a_correction
from tests.workflows.edition_story import EditionStory, play_edition
from tests.workflows.postbox import Postbox
from tests.workflows.promotion_story import play_promotion
from tests.workflows.story import Story, histories, play
from tests.workflows.vote_story import RunningVote, play_vote
from worker import workers
from workflows.retaining import RetentionWorkflow
from workflows.sweeping import SweepWorkflow

FOLDER = Path(__file__).resolve().parent / "histories"
# In place of the process and the machine, which no replay reads.
NOBODY = "recorder"


def main() -> None:
    """Play the small cycle and the charter, and keep one history of each kind of workflow."""
    with TemporaryDirectory() as folder:
        server = postgres.start(Path(folder) / "postgres", postgres.THROWAWAY)
        try:
            kept = asyncio.run(_record(server.url))
        finally:
            server.stop()
    FOLDER.mkdir(exist_ok=True)
    for name, history in kept.items():
        path = FOLDER / f"{name}.json"
        events = json.loads(history, object_hook=_without_paths)
        text = json.dumps(events, indent=1, sort_keys=True, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


def _without_paths(part: dict[str, object]) -> dict[str, object]:
    """A letter that came while others left is asked for again; where that was raised says nothing."""
    return {name: value for name, value in part.items() if name != "stackTrace"}


async def _record(server: str) -> Mapping[str, str]:
    url = await postgres.create_database(server, "recorded")
    await migrate(url)
    database, postbox = Database(url), Postbox()
    settings = Settings(
        database_url=url,
        smtp_host=postbox.host,
        smtp_port=postbox.port,
        api_token=SecretStr("recorder"),
    )
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(temporal.program()), dev_server_log_level="error"
    ) as environment:
        client = await Client.connect(
            environment.client.service_client.config.target_host,
            data_converter=data_converter,
            identity=NOBODY,
        )
        async with workers(client, database, settings):
            story = await play(client, database)
            await client.execute_workflow(
                SweepWorkflow.run, id=names.SWEEP, task_queue=names.CYCLES
            )
            await client.execute_workflow(
                RetentionWorkflow.run, id=names.RETENTION, task_queue=names.CYCLES
            )
            charter = await play_charter(client, database)
            vote = await play_vote(client, database)
            promotion = await play_promotion(client, database)
            correction = await a_correction(client, database)
            await correction.asks(CorrectionAct.CONFIRM)
            await correction.handle.result()
            others = (promotion, names.correction_id(correction.id))
            edition = await play_edition(client, database)
            kept = await _one_of_each(client, (story, charter, vote, edition), others)
    await database.close()
    postbox.stop()
    return kept


async def _one_of_each(
    client: Client,
    played: tuple[Story, CharterStory, RunningVote, EditionStory],
    others: tuple[str, str],
) -> dict[str, str]:
    story, charter, vote, edition = played
    cycle = story.cycle.id
    wanted = {
        f"cycle:{story.cycle.code}": "cycle",
        f"application:{story.applications[0].id}": "application",
        f"application:{story.applications[2].id}": "application-withdrawn",
        f"juror:{cycle}:{story.jurors[0].id}": "juror",
        f"juror:{cycle}:{story.jurors[2].id}": "juror-declined",
        f"publication:{cycle}": "publication",
        f"mailing:results:{cycle}": "mailing",
        "letter:login_link:story": "letter",
        names.SWEEP: "sweep",
        names.RETENTION: "retention",
        charter.adherence: "adherence",
        charter.alert: "alert",
        charter.purge: "purge",
        vote.handle.id: "vote",
        others[0]: "promotion",
        others[1]: "correction",
        edition.edition: "edition",
        edition.preparation: "prepare-edition",
    }
    return {
        wanted[workflow_id]: history
        async for _, workflow_id, history in histories(client)
        if workflow_id in wanted
    }


if __name__ == "__main__":
    main()
