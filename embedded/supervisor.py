"""Start every part once it can, keep each alive, stop them in reverse."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

from embedded import catalogue, orphans
from embedded.addresses import addresses
from embedded.keeper import Keeper
from embedded.narrator import Narrator, Silence
from embedded.orphans import Record
from embedded.parts import Part
from embedded.ports import refuse_taken_port
from embedded.state import StateFolder
from settings import Settings


@dataclass(frozen=True, slots=True)
class Running:
    """What runs: addresses for people, environment for processes, numbers of the processes."""

    addresses: dict[str, str]
    environment: dict[str, str]
    keepers: dict[str, Keeper]

    @property
    def pids(self) -> dict[str, int]:
        """The process number of each part, as it is now."""
        return {name: keeper.pid for name, keeper in self.keepers.items() if keeper.pid}


class Embedded:
    """The whole service on one machine: `async with Embedded(settings) as running:`."""

    def __init__(
        self,
        settings: Settings,
        parts: Sequence[str] = catalogue.EVERYTHING,
        narrator: Narrator | None = None,
    ) -> None:
        self._settings = settings
        self._names = parts
        self._narrator: Narrator = narrator or Silence()
        self._folder = StateFolder(settings.state_dir)
        self._record = Record(self._folder.path / "processes.json")
        self._started: list[Keeper] = []

    async def __aenter__(self) -> Running:
        """Start everything, or leave nothing running and raise the reason in a sentence."""
        self._folder.hold()
        try:
            return await self._start()
        except BaseException:
            await self._stop()
            raise

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop everything that was started."""
        await self._stop()

    async def _start(self) -> Running:
        parts = catalogue.parts(self._settings, self._names)
        await asyncio.to_thread(self._clear_left_overs)
        for port in [port for part in parts for port in part.ports]:
            refuse_taken_port(port.number, port.purpose, port.setting)
        offers = self._offers(parts)
        await self._start_all(parts, {**os.environ, **offers})
        self._folder.publish(offers)
        kept = {keeper.part.name: keeper for keeper in self._started}
        return Running(addresses(offers), offers, kept)

    def _offers(self, parts: Sequence[Part]) -> dict[str, str]:
        common = catalogue.common_environment(self._settings, self._folder)
        return common | {name: value for part in parts for name, value in part.offers.items()}

    async def _start_all(self, parts: Sequence[Part], environment: dict[str, str]) -> None:
        """Start each part as soon as those that it needs are ready; tell them one after another."""
        starts: dict[str, asyncio.Task[float]] = {}
        try:
            for part in parts:
                keeper = Keeper(part, environment, self._folder.logs, self._record, self._narrator)
                self._started.append(keeper)
                needed = [starts[name] for name in part.needs if name in starts]
                starts[part.name] = asyncio.create_task(_start_after(needed, keeper))
            for part in parts:
                self._narrator.starting(part.title)
                self._narrator.ready(part.title, await starts[part.name])
        finally:
            for start in starts.values():
                start.cancel()
            await asyncio.gather(*starts.values(), return_exceptions=True)

    async def _stop(self) -> None:
        for keeper in reversed(self._started):
            await keeper.stop()
        self._started.clear()
        self._record.clear()
        self._folder.release()

    def _clear_left_overs(self) -> None:
        for child in self._record.left_behind():
            self._narrator.cleared(child.title, child.pid)
            orphans.stop(child)


async def _start_after(needed: Sequence[asyncio.Task[float]], keeper: Keeper) -> float:
    for start in needed:
        await start
    return await keeper.start()
