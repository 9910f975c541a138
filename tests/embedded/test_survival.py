"""A machine that goes dark loses nothing, and a stop leaves nothing behind."""

import os
import signal
import smtplib
from datetime import timedelta
from email.message import EmailMessage

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client, WorkflowExecutionStatus

from embedded import postgres
from embedded.catalogue import SERVERS
from embedded.state import StateFolder
from settings import Settings
from tests.embedded.conftest import Up, processes_of, wait_for

PARTS = [word for name in SERVERS for word in ("--part", name)]


async def test_everything_killed_at_once_keeps_rows_workflows_and_letters(
    installation: Settings, up: Up
) -> None:
    first = up(*PARTS)
    _wait_until_up(installation)
    await _write_a_row(installation)
    await _start_a_workflow(installation)
    _send_a_letter(installation)

    for pid in [first.pid, *processes_of(installation)]:
        _kill(pid)
    first.wait()
    (installation.state_dir / "running.json").unlink()
    up(*PARTS)
    _wait_until_up(installation)

    assert await _rows(installation) == ["kept"]
    assert await _workflow_status(installation) is WorkflowExecutionStatus.RUNNING
    assert _subjects(installation) == ["kept"]


def test_no_part_survives_a_supervisor_that_is_killed(installation: Settings, up: Up) -> None:
    supervisor = up(*PARTS)
    _wait_until_up(installation)
    assert len(processes_of(installation)) >= len(SERVERS)

    _kill(supervisor.pid)
    supervisor.wait()

    wait_for(lambda: processes_of(installation) == [], "the end of every part")


async def test_a_stop_says_goodbye_in_reverse_and_leaves_nothing(
    installation: Settings, up: Up
) -> None:
    supervisor = up(*PARTS)
    _wait_until_up(installation)
    second = up()
    again, _ = second.communicate()
    retention = await _retention(installation)

    supervisor.send_signal(signal.SIGTERM)
    said, _ = supervisor.communicate()

    assert second.returncode == 0
    assert f"The service already runs from {installation.state_dir}." in again
    assert f"http://localhost:{installation.mailbox_port}" in again
    assert retention == timedelta(days=90)
    assert supervisor.returncode == 0
    assert [line for line in said.splitlines() if line.startswith("Stopping")] == [
        "Stopping Company registry (stand-in)",
        "Stopping Mail and mailbox",
        "Stopping Temporal",
        "Stopping PostgreSQL",
    ]
    assert processes_of(installation) == []
    assert not (installation.state_dir / "postgres" / "postmaster.pid").exists()


def _wait_until_up(settings: Settings) -> None:
    folder = StateFolder(settings.state_dir)
    wait_for(lambda: folder.published() != {}, "the service")


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


async def _write_a_row(settings: Settings) -> None:
    await _sql(settings, "CREATE TABLE notes (words text)")
    await _sql(settings, "INSERT INTO notes VALUES ('kept')")


async def _rows(settings: Settings) -> list[str]:
    return await _sql(settings, "SELECT words FROM notes")


async def _sql(settings: Settings, statement: str) -> list[str]:
    engine = create_async_engine(postgres.url(postgres.folder(settings.state_dir), "trophees"))
    try:
        async with engine.begin() as connection:
            result = await connection.execute(text(statement))
            return [str(row[0]) for row in result] if result.returns_rows else []
    finally:
        await engine.dispose()


async def _client(settings: Settings) -> Client:
    return await Client.connect(f"127.0.0.1:{settings.temporal_port}")


async def _start_a_workflow(settings: Settings) -> None:
    client = await _client(settings)
    await client.start_workflow("Waiting", id="waiting", task_queue="nobody")


async def _workflow_status(settings: Settings) -> WorkflowExecutionStatus | None:
    client = await _client(settings)
    return (await client.get_workflow_handle("waiting").describe()).status


async def _retention(settings: Settings) -> timedelta:
    client = await _client(settings)
    request = DescribeNamespaceRequest(namespace="default")
    answer = await client.workflow_service.describe_namespace(request)
    return answer.config.workflow_execution_retention_ttl.ToTimedelta()


def _send_a_letter(settings: Settings) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.org", "b@example.org", "kept"
    with smtplib.SMTP("127.0.0.1", settings.smtp_port) as post:
        post.send_message(letter)


def _subjects(settings: Settings) -> list[str]:
    answer = httpx.get(f"http://127.0.0.1:{settings.mailbox_port}/api/messages", trust_env=False)
    return [message["subject"] for message in answer.json()]
