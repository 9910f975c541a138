"""What ran yesterday must still be understood today: recorded histories, replayed."""

import json
import re
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from activities.payloads import data_converter
from tests.workflows.record import FOLDER, NOBODY
from worker import WORKFLOWS
from workflows.sandbox import sandboxed

HERE = Path(__file__).resolve().parents[2]
RECORDED = sorted(FOLDER.glob("*.json"))
KINDS = (
    "AdherenceWorkflow",
    "AlertWorkflow",
    "CorrectionWorkflow",
    "ApplicationWorkflow",
    "CycleWorkflow",
    "EditionWorkflow",
    "JurorWorkflow",
    "LetterWorkflow",
    "MailingWorkflow",
    "PrepareEditionWorkflow",
    "PromotionWorkflow",
    "PublicationWorkflow",
    "PurgeWorkflow",
    "RetentionWorkflow",
    "SweepWorkflow",
    "VoteWorkflow",
)


async def test_every_recorded_history_replays() -> None:
    replayer = Replayer(
        workflows=WORKFLOWS,
        data_converter=data_converter,
        workflow_runner=sandboxed(),
    )

    failures = {
        path.stem: (
            await replayer.replay_workflow(
                WorkflowHistory.from_json(path.stem, path.read_text(encoding="utf-8")),
                raise_on_replay_failure=False,
            )
        ).replay_failure
        for path in RECORDED
    }

    assert failures == dict.fromkeys((path.stem for path in RECORDED), None)


def test_every_kind_of_workflow_is_recorded() -> None:
    started = {_first_event(path)["workflowType"]["name"] for path in RECORDED}

    assert started == {*KINDS}
    assert {workflow.__name__ for workflow in WORKFLOWS} == {*KINDS}


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in RECORDED])
def test_a_recorded_history_says_nothing_of_the_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert {*re.findall(r'"identity": "([^"]*)"', text)} == {NOBODY}
    assert [word for word in (str(HERE), "/home/", "site-packages", "@") if word in text] == []


def _first_event(path: Path) -> dict[str, dict[str, str]]:
    history = json.loads(path.read_text(encoding="utf-8"))
    return history["events"][0]["workflowExecutionStartedEventAttributes"]
