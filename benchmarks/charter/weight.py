"""What the years of some adherences left in the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from temporalio.client import Client, WorkflowExecution

from benchmarks.charter.life import YEARS, Life
from benchmarks.history.actions import billable_actions
from benchmarks.waiting import until

# The entry, until the first window; each full year; the one that has just begun.
RUNS = 1 + YEARS + 1


@dataclass(frozen=True, slots=True)
class Weight:
    """Means over full years, from one opening to the next, and the largest history of all."""

    events_per_year: float
    actions_per_year: float
    max_events: int


async def weight_of(client: Client, lives: Sequence[Life]) -> Weight:
    """Weigh every run of these adherences."""
    events, actions, entries = list[int](), list[int](), list[int]()
    for life in lives:
        entry, *years = (await _runs(client, life))[:-1]
        entries.append((await _weighed(client, entry))[0])
        for year in years:
            weighed = await _weighed(client, year)
            events.append(weighed[0])
            actions.append(weighed[1])
    return Weight(mean(events), mean(actions), max(*events, *entries))


async def _runs(client: Client, life: Life) -> list[WorkflowExecution]:
    """The runs of one adherence, oldest first, once the list of the engine knows them all."""
    found: list[WorkflowExecution] = []

    async def are_listed() -> bool:
        found[:] = [run async for run in client.list_workflows(f'WorkflowId = "{life.workflow}"')]
        return len(found) == RUNS

    await until(are_listed, f"the {RUNS} runs of one adherence")
    return sorted(found, key=lambda run: run.start_time)


async def _weighed(client: Client, run: WorkflowExecution) -> tuple[int, int]:
    handle = client.get_workflow_handle(run.id, run_id=run.run_id)
    events = (await handle.fetch_history()).events
    return len(events), billable_actions(events).total()
