"""`trophees demo`: play a year, show what came out, stay up; with --check, verify and leave no trace."""

import asyncio
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from typing import cast

import httpx

from commands.terminal import console
from commands.up import Story
from demo import ending
from demo.acts import charter, opening, post
from demo.cast import the_cast
from demo.checks import Checklist
from demo.letters import by_kind
from demo.mailbox import Mailbox, NoLetterError
from demo.narration import Narration, plain
from demo.organiser import Organiser
from demo.palmares import address_of, read_json
from demo.play import Play
from demo.stage import (
    Stage,
    cancel_once_when_told_to_stop,
    check_settings,
    forget_check,
    left_running,
    open_stage,
    show_settings,
)
from demo.visitor import Web, WrongPageError
from demo.year import play_year

FIRST_YEAR, LAST_YEAR = 2027, 2099
STORY_BROKE = (WrongPageError, NoLetterError, httpx.HTTPError, LookupError, ExceptionGroup)
PUBLISHED = 200


def play(*, check: bool) -> int:
    """Play the year; 0 when everything went as it should."""
    with suppress(KeyboardInterrupt):
        return asyncio.run(_check() if check else _show())
    return 0


async def _show() -> int:
    """Play, show, and stay up until Ctrl-C."""
    cancel_once_when_told_to_stop()
    with suppress(asyncio.CancelledError):
        async with open_stage(show_settings(), Story()) as stage:
            return await show_until(stage, Narration(console), asyncio.Event())
    return 0


async def show_until(stage: Stage, tell: Narration, told_to_stop: asyncio.Event) -> int:
    """Play and show; whatever failed is named, and a service that is ours stays up until told."""
    well = await _show_on(stage, tell)
    if not well:
        tell.warn("The story did not go as it should: what failed is named above.")
        ending.show_addresses(tell, stage.addresses)
    if not stage.is_ours:
        return 0 if well else 1
    tell.line("\nEverything stays up. Ctrl-C stops it.")
    await told_to_stop.wait()
    return 0


async def _show_on(stage: Stage, tell: Narration) -> bool:
    """Play the year, or show it again; False when something failed, which is then named."""
    async with AsyncExitStack() as opened:
        try:
            play = await _ready(opened, stage, tell)
            played = await _already_played(play)
            if played:
                _show_again(play, played)
            elif not await _play(play):
                return False
            await _show_ending(play)
        except STORY_BROKE as error:
            _say_why(tell, stage, error)
            return False
        for finding in play.checks.failures:
            tell.warn(f"{finding.title}: expected {finding.expected}, seen {finding.seen}")
        return not play.checks.failures


def _show_again(play: Play, played: str) -> None:
    play.organiser.cycle = played
    play.tell.line(
        f"\nThe year {played.partition(':')[0]} was already played in Bretagne: here it is again."
    )


def _say_why(tell: Narration, stage: Stage, error: Exception) -> None:
    for each in _leaves(error):
        tell.warn(str(each) or type(each).__name__)
    tell.line(f"   The logs are in {plain(str(stage.logs))}")


async def _check() -> int:
    """Play on an installation of its own, verify from outside, stop, and verify that nothing is left."""
    cancel_once_when_told_to_stop()
    tell, settings = Narration(console), check_settings()
    checks, pids, well = Checklist(), dict[str, int](), False
    try:
        async with open_stage(settings, Story()) as stage, AsyncExitStack() as opened:
            pids = stage.pids
            play = await _ready(opened, stage, tell)
            checks, well = play.checks, await _play(play)
            if well:
                await _show_ending(play)
    except asyncio.CancelledError:
        forget_check(keep_logs=False)
        return 130
    checks.equal("Nothing is left running", await left_running(settings, pids), [])
    well = well and not checks.failures
    forget_check(keep_logs=not well)
    ending.show_checklist(tell, checks)
    tell.line(
        f"\n{len(checks.findings) - len(checks.failures)} of {len(checks.findings)} hold, in {tell.elapsed:.0f} s."
    )
    if not well:
        tell.line(f"The logs are in {settings.state_dir.parent / 'log'}")
    return 0 if well else 1


async def _ready(opened: AsyncExitStack, stage: Stage, tell: Narration) -> Play:
    web = await opened.enter_async_context(Web(stage.web))
    mailbox = Mailbox(stage.mailbox)
    opened.push_async_callback(mailbox.close)
    people = the_cast()
    organiser = Organiser(web.visitor(people.organiser.name))
    play = Play(stage, web, mailbox, tell, people, FIRST_YEAR, organiser)
    await opening.let_organise(play)
    return play


async def _play(play: Play) -> bool:
    """Play the year; False, with what was expected and seen, when the story cannot go on."""
    try:
        await play.mailbox.begin_now()
        letters = await play_year(play)
        await post.compare_with_rest(play, letters)
        play.tell.act("Three companies sign the charter, and their years pass")
        await charter.live(play)
        play.tell.close()
    except STORY_BROKE as error:
        _say_why(play.tell, play.stage, error)
        return False
    return True


async def _already_played(play: Play) -> str:
    """The code of the last cycle of the story, if it is published; else the year is a free one."""
    anybody, territory = play.web.visitor(), opening.TERRITORY
    known = await anybody.open("/palmares")
    for year in range(FIRST_YEAR, LAST_YEAR):
        code = f"{year}:{territory}"
        if known.link_to(address_of(code)):
            return code
        if (await anybody.fetch(f"/reglement/{code}")).status_code != PUBLISHED:
            play.year = year
            return ""
    return ""


async def _show_ending(play: Play) -> None:
    cycle = play.cycle
    palmares = play.palmares or await read_json(play.web.visitor(), cycle)
    play.tell.show(ending.laureates(palmares))
    counts = by_kind(post.found(await play.mailbox.envelopes()))
    play.tell.show(ending.letters(counts))
    if play.tell.acts:
        play.tell.line(f"\n[dim]{ending.durations(play.tell)}[/]")
    play.tell.line("\n[bold]Addresses[/]")
    stage = replace(
        play.stage,
        addresses={**play.stage.addresses, "Palmarès": f"{play.stage.web}{address_of(cycle)}"},
    )
    ending.show_addresses(play.tell, stage.addresses)
    play.tell.line("\n[bold]The charter[/]")
    ending.show_addresses(play.tell, await ending.of_the_charter(play.web, play.cast))
    play.tell.line("\n[bold]Come in with one click[/] (each link serves once)")
    ending.show_addresses(play.tell, await ending.ways_in(stage, play.cast, cycle))


def _leaves(error: Exception) -> list[Exception]:
    if isinstance(error, ExceptionGroup):
        group = cast("ExceptionGroup[Exception]", error)
        return [leaf for each in group.exceptions for leaf in _leaves(each)]
    return [error]
