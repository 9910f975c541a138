"""The benchmark « edition »."""

from benchmarks.edition.year import Led, a_year
from benchmarks.report import Line, Report, Sheet, line
from benchmarks.stage import stage

PARTS = ("postgres", "temporal", "mail", "migrate", "worker", "post")
SIZES = (100, 1000, 10_000)
LED = (
    "Each edition is confirmed by its organiser, led through eighteen territories and its final, "
    "and closed; every application has its workflow, one draft in ten lapses. Phases end when the "
    "organiser says so, in all territories at once; a change counts until everybody was told."
)


async def measure(sizes: tuple[int, ...] = SIZES) -> Report:
    """Lead editions of 18 territories with 100, 1,000 and 10,000 applications in all."""
    async with stage(PARTS) as running:
        found = [await a_year(running, size) for size in sizes]
    return Report(
        sheets=(_weights(found), _changes(found)),
        lines=tuple(_line(each, found[0]) for each in found),
        remarks=(LED,),
    )


def _line(led: Led, smallest: Led) -> Line:
    name, seconds = led.longest
    return line(
        "edition",
        applications=led.applications,
        max_events=led.max_events,
        growth=led.max_events / smallest.max_events,
        seconds=sum(led.seconds.values()),
        longest_change=name.replace(" ", "_"),
        longest_change_s=seconds,
        worker_mib=led.memory["worker"],
        temporal_mib=led.memory["temporal"],
    )


def _weights(found: list[Led]) -> Sheet:
    smallest = found[0]
    return Sheet(
        "An edition of 18 territories and its final",
        ("applications", "longest history", "of the smallest", "worker MiB", "Temporal MiB"),
        tuple(
            (
                str(each.applications),
                each.max_events,
                f"{each.max_events / smallest.max_events:.2f} times",
                each.memory["worker"],
                each.memory["temporal"],
            )
            for each in found
        ),
    )


def _changes(found: list[Led]) -> Sheet:
    return Sheet(
        "Seconds until everybody was told that a phase changed",
        ("", *(str(each.applications) for each in found)),
        tuple((name, *(each.seconds[name] for each in found)) for name in found[0].seconds),
    )
