"""`trophees doctor`: what is well, weak or wrong, and what to do."""

import asyncio

import typer

from commands.surroundings import settings_of_what_runs
from commands.terminal import console, one_sentence


def doctor() -> None:
    """Look at this installation and say what is wrong and how to mend it."""
    from embedded.doctor.findings import Level  # noqa: PLC0415  (`--help` must not wait)
    from embedded.doctor.machine import look_at_machine  # noqa: PLC0415  (`--help` must not wait)
    from embedded.doctor.servers import look_at_servers  # noqa: PLC0415  (`--help` must not wait)

    with one_sentence():
        settings = settings_of_what_runs()
        findings = [*look_at_machine(settings), *asyncio.run(look_at_servers(settings))]
    colours = {Level.OK: "green", Level.WARN: "yellow", Level.WRONG: "red"}
    for finding in findings:
        remedy = f": {finding.remedy}" if finding.remedy else ""
        line = f"{finding.subject}, {finding.seen}{remedy}"
        console.print(f"[{colours[finding.level]}]{finding.level:<5}[/] {line}", soft_wrap=True)
    if any(finding.level is Level.WRONG for finding in findings):
        raise typer.Exit(1)
