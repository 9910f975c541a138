"""What the public and the mailbox say of a signatory, at each step of its years."""

import asyncio
import time
from itertools import dropwhile

from demo.cast import Fate, plain
from demo.coming import Coming
from demo.play import Play
from demo.signatories import Adherent

GONE = 404
PATIENCE = 30.0
FIRST, SIGN_IN = "charter_receipt", "login_link"


async def check_valid(play: Play, adherent: Adherent) -> None:
    """The attestation, the badge and the directory say that the company is in good standing."""
    await _check(play, adherent, "à jour", "Cette attestation est valable", "signataire à jour en")


async def check_not_valid(play: Play, adherent: Adherent, standing: str) -> None:
    """They say that it is not, and why; there is no attestation to print any more."""
    words = "Cette attestation n'est pas valable", "ce badge n'est plus valable"
    await _check(play, adherent, standing, *words)
    pdf = await play.web.visitor().fetch(f"{adherent.verify}/attestation.pdf")
    title = f"There is no attestation of {adherent.played.name} to print"
    play.checks.equal(title, pdf.status_code, GONE)


async def check_letters(play: Play, adherent: Adherent, coming: Coming) -> None:
    """Who reports received every letter of this life, each once, in order, and no other."""
    wanted, until = expected(adherent.played.fate, coming), time.monotonic() + PATIENCE
    seen = list[str]()
    while seen != wanted and time.monotonic() < until:
        seen = await _received(play, adherent)
        await asyncio.sleep(0.1)
    play.checks.equal(f"{adherent.played.name} was written to at each step", seen, wanted)


def expected(fate: Fate, coming: Coming) -> list[str]:
    """The letters of a life, from the signature on."""
    entered = [FIRST, "charter_accepted", "charter_window_open"]
    missed = [
        *["charter_report_reminder"] * coming.reminders,
        "charter_report_missed",
        *["charter_missed_notice"] * coming.notices,
        "charter_formal_notice",
    ]
    accounted = ["charter_report_receipt", "charter_report_accepted"]
    rest = {
        Fate.REPORTS: accounted,
        Fate.REPORTS_LATE: [*missed, *accounted],
        Fate.STAYS_SILENT: [*missed, "charter_removed"],
    }
    return [*entered, *rest[fate]]


async def _check(play: Play, adherent: Adherent, standing: str, valid: str, badge: str) -> None:
    name, anybody = adherent.played.name, play.web.visitor()
    page = await anybody.open(adherent.verify)
    play.checks.page(f"The attestation of {name}: « {standing} »", page, 200, valid, standing)
    directory = await anybody.open(f"/signataires?q={adherent.played.siret[:9]}")
    play.checks.page(f"The directory on {name}: « {standing} »", directory, 200, name, standing)
    picture = (await anybody.fetch(f"{adherent.verify}/badge.svg")).text
    play.checks.holds(f"The badge of {name} says the same", plain(badge) in plain(picture), picture)


async def _received(play: Play, adherent: Adherent) -> list[str]:
    kinds = [each.kind for each in await play.mailbox.envelopes(adherent.played.contact.email)]
    since = dropwhile(lambda kind: kind != FIRST, kinds)
    return [kind for kind in since if kind != SIGN_IN]
