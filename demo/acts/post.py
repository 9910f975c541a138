"""The letters of the year: none lost, none doubled, each to the right person; and the proofs."""

import asyncio
import json
import time
from hashlib import sha256

from demo import companies
from demo.cast import Part
from demo.kinds import UNKNOWN
from demo.letters import Tally, by_kind, difference, doubled, expected, found
from demo.play import Play

PATIENCE = 30.0
AUTHORIZED = 200


async def count_letters(play: Play) -> Tally:
    """Wait until every letter is there, then see that none is too many."""
    until, missing = time.monotonic() + PATIENCE, ["?"]
    while missing and time.monotonic() < until:
        envelopes = await play.mailbox.envelopes()
        wanted, seen = _wanted(play, found(envelopes)), found(envelopes)
        missing = difference(wanted, seen)
        await asyncio.sleep(0.2 if missing else 0)
    envelopes = await play.mailbox.envelopes()
    seen = found(envelopes)
    wanted = _wanted(play, seen)
    play.checks.equal(
        "Every letter came to the right person, and no other", difference(wanted, seen), []
    )
    play.checks.equal("No letter came twice", doubled(envelopes), [])
    unknown = [each.subject for each in envelopes if each.kind == UNKNOWN]
    play.checks.equal("Every letter is of a known kind", unknown, [])
    return seen


async def compare_with_rest(play: Play, seen: Tally) -> None:
    """The REST API counts the same applications, jurors and letters."""
    visitor, headers = play.web.visitor(), {"Authorization": f"Bearer {play.stage.token}"}
    cycle = await visitor.fetch(f"/api/v1/cycles/{play.cycle}", headers)
    refused = await visitor.fetch(f"/api/v1/cycles/{play.cycle}")
    play.checks.equal("The REST API asks for a token", refused.status_code, 401)
    play.checks.equal("The REST API shows the cycle", cycle.status_code, AUTHORIZED)
    told = cycle.json()
    play.checks.equal("The REST API says « published »", told["phase"], "published")
    judged = sum(company.is_judged for company in play.cast.companies)
    counts = {"admitted": judged, "refused": 1, "withdrawn": 1, "lapsed": 1}
    play.checks.equal(
        "The REST API counts the applications", _counted(told["applications"]), counts
    )
    sitting = {"accepted": len(play.sitting), "declined": 1, "reserve": 1}
    play.checks.equal("The REST API counts the jurors", _counted(told["jurors"]), sitting)
    letters = await visitor.fetch(f"/api/v1/cycles/{play.cycle}/letters", headers)
    sent = {
        each["kind"]: each["count"] for each in letters.json()["items"] if each["state"] == "sent"
    }
    in_mailbox = {kind: count for kind, count in by_kind(seen).items() if kind != "login_link"}
    play.checks.equal("The ledger and the mailbox count the same letters", sent, in_mailbox)


async def verify_receipts(play: Play) -> None:
    """The fingerprint of every receipt is that of the copy which the company takes away."""
    wrong: list[str] = []
    for candidate in play.candidates.values():
        if candidate.company.part is Part.FORGETS:
            continue
        copy = await companies.exported(candidate)
        computed = [fingerprint(version["sent"]) for version in copy["versions"]]
        if computed != [version["fingerprint"] for version in copy["versions"]]:
            wrong.append(candidate.company.name)
        newest = max(copy["versions"], key=lambda version: version["version"])
        if not candidate.receipt or not candidate.receipt.says(newest["fingerprint"]):
            wrong.append(candidate.company.name)
    play.checks.equal("Anybody can compute the fingerprint of a receipt again", wrong, [])


def fingerprint(sent: object) -> str:
    """SHA-256 of what was sent, as the receipt explains it."""
    canonical = json.dumps(sent, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _wanted(play: Play, seen: Tally) -> Tally:
    """What must be there; a reminder that fell on the very instant of a submission may be or not."""
    if play.palmares is None:
        message = "The palmarès was not read."
        raise LookupError(message)
    play.causes.sign_ins = play.mailbox.sign_ins
    wanted = expected(play.cast, play.causes, play.palmares)
    for code in play.causes.perhaps_reminded:
        address = play.candidates[code].company.contact.email
        wanted[address, "draft_reminder"] = min(1, seen[address, "draft_reminder"])
    for company in play.cast.companies:
        if company.partner:  # on a slow machine, one may have been reminded before it answered
            late = (company.partner.person.email, "partner_reminder")
            wanted[late] = min(1, seen[late])
    return wanted


def _counted(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}
