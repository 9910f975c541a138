"""The benchmark « history »."""

from benchmarks.history.actions import KINDS
from benchmarks.history.crowd import a_whole_cycle
from benchmarks.history.life import Weight, both_lives
from benchmarks.report import Report, Sheet, line
from benchmarks.stage import stage

PARTS = ("postgres", "temporal", "mail", "migrate", "worker", "post")
SIZES = (10, 100, 1000)
ORDINARY = "Ordinary: a draft, one reminder, submitted twice, admitted, cycle published."
SHORTEST = "Shortest: submitted and withdrawn."
RULE = "Actions are those that Temporal Cloud bills: benchmarks/history/actions.py says how."


async def measure() -> Report:
    """Weigh the histories of an ordinary life, and of cycles of 10, 100 and 1,000 applications."""
    async with stage(PARTS) as running:
        ordinary, shortest = await both_lives(running)
        cycles = {size: await a_whole_cycle(running, size) for size in SIZES}
    smallest, largest = cycles[SIZES[0]], cycles[SIZES[-1]]
    return Report(
        sheets=(_lives(ordinary, shortest), _cycles(cycles)),
        lines=(
            line(
                "history",
                actions_per_application=ordinary.billed,
                actions_shortest_life=shortest.billed,
                events_per_application=ordinary.events,
                **{f"events_cycle_{size}": weight.events for size, weight in cycles.items()},
                events_cycle_growth=largest.events / smallest.events,
                actions_cycle=largest.billed,
            ),
        ),
        remarks=(ORDINARY, SHORTEST, RULE),
    )


def _lives(ordinary: Weight, shortest: Weight) -> Sheet:
    kinds = [kind for kind in KINDS if ordinary.actions[kind] or shortest.actions[kind]]
    return Sheet(
        "Billable actions of one application",
        ("", "ordinary life", "shortest life (baseline)"),
        (
            *((kind, ordinary.actions[kind], shortest.actions[kind]) for kind in kinds),
            ("all actions", ordinary.billed, shortest.billed),
            ("events", ordinary.events, shortest.events),
        ),
    )


def _cycles(cycles: dict[int, Weight]) -> Sheet:
    baseline = cycles[SIZES[0]]
    return Sheet(
        "History of a whole cycle",
        ("applications", "events", "of the smallest", "actions"),
        tuple(
            (
                str(size),
                weight.events,
                f"{weight.events / baseline.events:.2f} times",
                weight.billed,
            )
            for size, weight in cycles.items()
        ),
    )
