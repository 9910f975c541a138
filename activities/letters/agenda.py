"""The deadline of a letter as an event for the reader's agenda (RFC 5545), which moves when the date does."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from activities.letters.facts import fact

NEW_LINE = "\r\n"
# What a line holds, in octets (RFC 5545, 3.1); a continuation begins with a space.
LINE = 75
# From which the number of a version of an event is counted, in minutes: a later letter always wins.
BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The fact that says the date, and what its event is about: the whole cycle, or that file or juror."""

    what: str
    fact: str
    of_cycle: bool = False


CLOSING = Deadline("closing", "closes_at", of_cycle=True)
MOVED_CLOSING = Deadline("closing", "new_closes_at", of_cycle=True)
SCORING = Deadline("scoring", "evaluation_until", of_cycle=True)
MOVED_SCORING = Deadline("scoring", "new_evaluation_until_at", of_cycle=True)
ANSWER = Deadline("answer", "answer_until")
COMPLEMENTS = Deadline("complements", "complements_until")
DEADLINES = {
    "draft_reminder": CLOSING,
    "draft_reopened": CLOSING,
    "insider_invited": CLOSING,
    "complements_requested": COMPLEMENTS,
    "juror_invitation": ANSWER,
    "juror_invitation_reminder": ANSWER,
    "jury_cards_to_score": SCORING,
    "jury_card_added": SCORING,
    "juror_reminder": SCORING,
    "charter_complements_requested": COMPLEMENTS,
    "charter_complements_reminder": COMPLEMENTS,
    "charter_window_open": Deadline("report", "closes_at"),
    "charter_report_reminder": Deadline("report", "report_until"),
    "charter_extension_granted": Deadline("report", "report_until"),
}
# Who reads that dates have moved has one of two deadlines.
MOVED = {"company": MOVED_CLOSING, "juror": MOVED_SCORING}


@dataclass(frozen=True, slots=True)
class About:
    """Whose letter it is, about what, in which cycle if in one, and our domain."""

    person: str
    subject: str
    cycle: str
    domain: str

    def uid(self, deadline: Deadline) -> str:
        """The same for every letter of this person about this deadline."""
        place = self.cycle if deadline.of_cycle and self.cycle else self.subject
        seed = f"{self.person}:{place}:{deadline.what}"
        return f"{sha256(seed.encode()).hexdigest()[:32]}@{self.domain}"


def event(kind: str, facts: dict[str, object], about: About, title: str, at: datetime) -> str:
    """The event of a letter written at that instant; empty when its kind has no deadline to keep."""
    deadline = DEADLINES.get(kind) or (
        MOVED.get(str(facts.get("reads_as"))) if kind == "dates_moved" else None
    )
    ends = fact(deadline.fact, facts.get(deadline.fact)) if deadline else None
    if deadline is None or not isinstance(ends, datetime):
        return ""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Trophees de l'insertion//FR",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{about.uid(deadline)}",
        f"SEQUENCE:{int((at - BEGINNING).total_seconds() // 60)}",
        f"DTSTAMP:{_instant(at)}",
        f"DTSTART:{_instant(ends)}",
        f"SUMMARY:{_text(title)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return NEW_LINE.join(_folded(line) for line in lines) + NEW_LINE


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for mark in ("\\", ";", ","):
        words = words.replace(mark, "\\" + mark)
    return words


def _folded(line: str) -> str:
    """The line in pieces of 75 octets, none of which cuts a character."""
    pieces, room = [""], LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append("")
            room = LINE - 1
        pieces[-1] += character
        room -= size
    return f"{NEW_LINE} ".join(pieces)
