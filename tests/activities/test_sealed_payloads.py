"""Payloads of the engine, encrypted: nothing readable in a history, and keys that rotate."""

import pytest
from pydantic import ValidationError
from temporalio.client import Client

from activities.payloads import converter_with
from activities.sealed_payloads import SealedPayloads, UnknownKeyError
from domain.wire import names
from settings import Settings
from storage.database import Database
from worker import workers

OLD, NEW = b"o" * 32, b"n" * 32


async def test_a_new_key_encrypts_what_is_new_and_the_old_one_still_reads() -> None:
    before = converter_with({"2026": OLD})
    after = converter_with({"2027": NEW, "2026": OLD})
    said = ["application:0b9a3e6c"]

    old, new = await before.encode(said), await after.encode(said)

    assert await after.decode(old) == await after.decode(new) == said
    assert [each.metadata["key"] for each in (*old, *new)] == [b"2026", b"2027"]
    assert b"application" not in old[0].SerializeToString() + new[0].SerializeToString()
    with pytest.raises(UnknownKeyError, match="No key called '2027'"):
        await before.decode(new)


async def test_what_was_in_clear_is_read_and_what_was_altered_is_not() -> None:
    sealed = converter_with({"2026": OLD})
    clear = await converter_with({}).encode(["in clear"])
    (altered,) = await sealed.encode(["sealed"])
    altered.data = altered.data[:-1] + bytes([altered.data[-1] ^ 1])

    assert await sealed.decode(clear) == ["in clear"]
    with pytest.raises(UnknownKeyError, match="not as it was encrypted"):
        await SealedPayloads({"2026": OLD}).decode([altered])


async def test_a_workflow_runs_and_its_history_says_nothing(
    temporal_client: Client, database: Database, configured: Settings
) -> None:
    config = temporal_client.config()
    config["data_converter"] = converter_with({"2026": OLD})
    client = Client(**config)

    async with workers(client, database, configured):
        handle = await client.start_workflow(
            "RetentionWorkflow", id=f"{names.RETENTION}-sealed", task_queue=names.CYCLES
        )
        found = await handle.result()

    history = (await handle.fetch_history()).to_json()
    assert set(found.values()) == {0}
    assert "jurors" not in history
    assert '"key"' in history


def test_a_key_that_is_too_short_stops_the_service_with_a_sentence() -> None:
    with pytest.raises(ValidationError, match="64 hexadecimal digits"):
        Settings(temporal_payload_keys="2026:abcd")  # type: ignore[arg-type]
