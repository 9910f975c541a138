"""A throwaway installation: the real parts, on free ports, in a folder that is removed afterwards."""

import shutil
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from temporalio.client import Client

from api.engine import Engine, connect
from embedded.parts import ROOT
from embedded.ports import HERE, free_ports
from embedded.supervisor import Embedded, Running
from settings import Settings
from storage.database import Database

FOLDER = ROOT / "var" / "bench"
PORTS = ("web", "temporal", "temporal_ui", "smtp", "mailbox", "registry")


@dataclass(frozen=True, slots=True)
class Stage:
    """What a benchmark works with: the parts, their database and, where it runs, their Temporal."""

    settings: Settings
    running: Running
    database: Database

    @property
    def web(self) -> str:
        """The address of the web process."""
        return f"http://{HERE}:{self.settings.web_port}"

    async def temporal(self) -> Client:
        """A client of the Temporal of this stage."""
        return await connect(self.settings.temporal_address, self.settings.temporal_namespace)

    async def engine(self) -> Engine:
        """The workflows, as the pages ask them."""
        return Engine(await self.temporal())


@asynccontextmanager
async def stage(parts: Sequence[str], **chosen: object) -> AsyncGenerator[Stage]:
    """Start these parts, and leave no process behind, nor any file unless something went wrong."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    async with Embedded(_settings(chosen), parts) as running:
        # What the parts offer (ports, addresses) is what the worker and the pages are told.
        settings = _settings_from(running.environment)
        database = Database(settings.database_url, connections=4)
        try:
            yield Stage(settings, running, database)
        finally:
            await database.close()
    # Not after an error, whose sentence says which log to read.
    shutil.rmtree(FOLDER, ignore_errors=True)


def _settings(chosen: Mapping[str, object]) -> Settings:
    ports = dict(zip((f"{name}_port" for name in PORTS), free_ports(len(PORTS)), strict=True))
    return Settings.model_validate({"state_dir": FOLDER / "state", **ports, **chosen})


def _settings_from(environment: dict[str, str]) -> Settings:
    told = {
        name.removeprefix("TROPHEES_").lower(): value
        for name, value in environment.items()
        if name.startswith("TROPHEES_")
    }
    return Settings.model_validate(told)
