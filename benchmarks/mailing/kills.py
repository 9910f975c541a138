"""The benchmark « kills »: the worker of the post is killed ten times during one mailing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from temporalio.client import Client

from activities.letters.mailer import CONNECTIONS
from benchmarks.mailing.crowd import end_leases, plan_mailing, reader, sent, uncertain
from benchmarks.mailing.measure import PARTS, began_mailing
from benchmarks.mailing.office import PostWorker, Sink, opened_sink, working_post
from benchmarks.report import Line, Report, Sheet, line
from benchmarks.stage import Stage, stage
from benchmarks.waiting import until

KILLS, RECIPIENTS = 10, 10_000
MAILING = "kills"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of everybody's letter."""

    recipients: int
    delivered: int
    lost: int
    doubled: int
    uncertain: int

    @property
    def line(self) -> Line:
        """The finding, as a program reads it."""
        return line(
            "kills",
            kills=KILLS,
            recipients=self.recipients,
            delivered=self.delivered,
            lost=self.lost,
            doubled=self.doubled,
            uncertain=self.uncertain,
            most_uncertain=KILLS * CONNECTIONS,
        )


async def measure(recipients: int = RECIPIENTS) -> Report:
    """Kill the worker ten times, evenly, while a mailing leaves; then count what arrived."""
    async with (
        stage(PARTS) as running,
        opened_sink() as sink,
        working_post(running, sink) as worker,
    ):
        found = await _killed(running, await running.temporal(), sink, worker, recipients)
    return Report(
        sheets=(
            Sheet(
                f"A mailing whose worker is killed {KILLS} times",
                ("recipients", "delivered", "lost", "doubled", "uncertain"),
                ((found.recipients, found.delivered, found.lost, found.doubled, found.uncertain),),
            ),
        ),
        lines=(found.line,),
        remarks=(
            "Leases of the dead are ended at once; who is uncertain may have the letter, or not.",
        ),
    )


def outcome(recipients: int, copies: Mapping[str, int], doubtful: Collection[str]) -> Outcome:
    """Count the recipients by what they got; lost are those without a letter that nobody doubts."""
    asked = [reader(number) for number in range(1, recipients + 1)]
    return Outcome(
        recipients,
        delivered=sum(copies.get(each, 0) > 0 for each in asked),
        lost=sum(copies.get(each, 0) == 0 and each not in doubtful for each in asked),
        doubled=sum(copies.get(each, 0) > 1 for each in asked),
        uncertain=len(doubtful),
    )


async def _killed(
    stage: Stage, client: Client, sink: Sink, worker: PostWorker, recipients: int
) -> Outcome:
    await plan_mailing(stage.database, MAILING, recipients)
    mailing = await began_mailing(client, MAILING)
    for kill in range(1, KILLS + 1):
        await _have_left(stage, kill * recipients // (KILLS + 1))
        await worker.kill()
        await end_leases(stage.database)
        await worker.start()
    await mailing.result()
    return outcome(recipients, await sink.copies(), await uncertain(stage.database, MAILING))


async def _have_left(stage: Stage, count: int) -> None:
    async def is_so() -> bool:
        return await sent(stage.database, MAILING) >= count

    await until(is_so, f"{count} letters to leave")
