"""Act eight: three companies sign the charter, and their years pass, each on a clock of its own."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

from demo import charter_desk, signatories
from demo.acts.attested import check_letters, check_not_valid, check_valid
from demo.cast import Fate, Signatory
from demo.coming import Coming, coming_from
from demo.play import Play, names, together
from demo.signatories import Adherent
from demo.years import PARIS, Wish, Years, years_on
from domain.charter.states import Act

LEVEL = "declaratif"


async def live(play: Play) -> None:
    """Have three companies sign, then let the years of each pass: one reports, two miss theirs."""
    if await signatories.public_pages(play.web.visitor(), play.cast.signatories[0]):
        play.tell.say("They have signed already: here they are, as they were left")
        return
    today = datetime.now(UTC).astimezone(PARIS).date()
    adherents = await _enter(play, today)
    years, coming = await years_on(play.stage), coming_from(today)
    if not await years.may_pass(adherents[0].played):
        play.tell.say("This Temporal was started without the option that moves workflows forward:")
        play.tell.say("their years pass at the pace of everybody's; `trophees demo` has its own")
        return
    play.tell.say(f"Only these three are moved forward, each alone: to February {coming.year}")

    async def live_on(adherent: Adherent) -> None:
        await _LIVES[adherent.played.fate](play, years, adherent, coming)

    await together(adherents, live_on)


async def _enter(play: Play, today: date) -> list[Adherent]:
    """Everybody enters through the pages, the heads sign, the organiser accepts."""

    async def enter(played: Signatory) -> Adherent:
        adherent = await signatories.enter(play.web, play.mailbox, played, today)
        await charter_desk.accept(play.organiser.visitor, adherent)
        await play.mailbox.wait_for(played.head.email, "charter_accepted")
        pages = await signatories.public_pages(play.web.visitor(), played)
        adherent.verify = pages["attestation"]
        return adherent

    adherents = await together(play.cast.signatories, enter)
    for each in adherents:
        await check_valid(play, each)
    heads = names(each.played.head.name for each in adherents)
    play.tell.letter(f"{heads} sign by the link of a letter; the organiser accepts the three")
    return adherents


async def _report(play: Play, years: Years, adherent: Adherent, coming: Coming) -> None:
    """The window opens, the company reports by its page, the organiser validates."""
    played = adherent.played
    await years.until(played, coming.in_time)
    await _account(play, years, adherent, coming)
    await check_valid(play, adherent)
    page = await play.web.visitor().open(adherent.sheet)
    play.checks.page(f"The sheet of {played.name} says what was kept", page, 200, "Tenu")
    await check_letters(play, adherent, coming)
    play.tell.say(f"{coming.in_time:%d/%m/%Y}: {played.name} reports, every target met; validated")


async def _report_late(play: Play, years: Years, adherent: Adherent, coming: Coming) -> None:
    """Nothing comes, the miss is public, formal notice is given; a late report puts it right."""
    played = adherent.played
    await years.until(played, coming.late)
    await check_not_valid(play, adherent, "bilan non transmis")
    play.tell.refusal(
        f"{coming.missed:%d/%m/%Y}: no report from {played.name}, « Bilan non transmis » in public"
    )
    await _account(play, years, adherent, coming)
    await check_valid(play, adherent)
    page = await play.web.visitor().open(adherent.sheet)
    late = "Bilan transmis en retard"
    play.checks.page(f"The sheet of {played.name} says that it was late", page, 200, late)
    await check_letters(play, adherent, coming)
    play.tell.say(f"{coming.late:%d/%m/%Y}: {played.name} reports late: restored, and said so")


async def _stay_silent(play: Play, years: Years, adherent: Adherent, coming: Coming) -> None:
    """Reminders, notices, formal notice: nothing. The calendar removes the company."""
    await years.until(adherent.played, coming.after_removal)
    await check_not_valid(play, adherent, coming.removed_in_words)
    await check_letters(play, adherent, coming)
    play.tell.refusal(
        f"{coming.removed:%d/%m/%Y}: {adherent.played.name} stayed silent through four reminders "
        "and three notices: removed, its badge says so"
    )


async def _account(play: Play, years: Years, adherent: Adherent, coming: Coming) -> None:
    """The report, written on its page and sent; read on the organiser's page, and validated."""
    played = adherent.played
    await play.mailbox.wait_for(played.head.email, "charter_window_open")
    read = await signatories.write_report(adherent, coming.year)
    sent = Wish(played, adherent.id, Act.FILE_REPORT, played.contact, {"fingerprint": read})
    await years.ask(sent)
    await charter_desk.read_report(play.organiser.visitor, adherent)
    await years.ask(
        Wish(played, adherent.id, Act.VALIDATE_REPORT, play.cast.organiser, {"level": LEVEL})
    )


_LIVES: dict[Fate, Callable[[Play, Years, Adherent, Coming], Awaitable[None]]] = {
    Fate.REPORTS: _report,
    Fate.REPORTS_LATE: _report_late,
    Fate.STAYS_SILENT: _stay_silent,
}
