"""The deadline of a letter in the reader's agenda: one event, which moves when the date does."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from activities.letters.agenda import DEADLINES, LINE, About, event
from activities.letters.parcel import Label, Written, own_address, pack
from activities.letters.samples import SAMPLES

AT = datetime(2027, 6, 1, 8, tzinfo=UTC)
OURS = "trophees.example"
CAMILLE = About("camille", "application:1", "bretagne", OURS)


def lines(
    kind: str, facts: dict[str, object], about: About = CAMILLE, at: datetime = AT
) -> dict[str, str]:
    said = event(kind, facts, about, "Il vous reste 8 jours", at)
    unfolded = said.replace("\r\n ", "")
    return dict(line.split(":", 1) for line in unfolded.splitlines())


def test_a_moved_date_moves_the_event_of_the_reminder() -> None:
    reminder = lines("draft_reminder", {"closes_at": "2027-06-30T18:00:00+02:00"})
    moved = lines(
        "dates_moved",
        {"reads_as": "company", "new_closes_at": "2027-07-07T18:00:00+02:00"},
        replace(CAMILLE, subject="cycle:1"),
        AT + timedelta(days=2),
    )

    assert reminder["DTSTART"] == "20270630T160000Z"
    assert moved["DTSTART"] == "20270707T160000Z"
    assert moved["UID"] == reminder["UID"]
    assert int(moved["SEQUENCE"]) > int(reminder["SEQUENCE"])


def test_somebody_else_and_something_else_have_events_of_their_own() -> None:
    facts: dict[str, object] = {
        "complements_until": "2027-06-30T18:00:00+02:00",
        "closes_at": "2027-06-30T18:00:00+02:00",
    }

    uids = [
        lines("complements_requested", facts)["UID"],
        lines("complements_requested", facts, replace(CAMILLE, subject="application:2"))["UID"],
        lines("complements_requested", facts, replace(CAMILLE, person="paul"))["UID"],
        lines("draft_reminder", facts)["UID"],
    ]

    assert len(set(uids)) == len(uids)


def test_what_has_no_deadline_has_no_event() -> None:
    assert event("receipt", SAMPLES["receipt"][0], CAMILLE, "Reçu", AT) == ""
    assert event("draft_reminder", {"closes_at": None}, CAMILLE, "Rappel", AT) == ""


@pytest.mark.parametrize("kind", DEADLINES)
def test_every_deadline_is_a_fact_of_its_letter(kind: str) -> None:
    assert all("DTSTART" in lines(kind, facts) for facts in SAMPLES[kind])


def test_long_titles_are_folded_between_characters_and_marks_are_escaped() -> None:
    said = event(
        "draft_reminder",
        {"closes_at": "2027-06-30T16:00:00+00:00"},
        CAMILLE,
        "É" * 60 + ", puis ; et \\",
        AT,
    )

    assert all(len(line.encode()) <= LINE for line in said.splitlines())
    assert f"SUMMARY:{'É' * 60}\\, puis \\; et \\\\" in said.replace("\r\n ", "")


def test_the_event_comes_as_a_file_beside_the_letter() -> None:
    label = Label("draft_reminder:1", None, "camille@boreale.example", "Camille", "fr", AT)
    ours = own_address(f"equipe@{OURS}")
    written = Written("Rappel", "Bonjour,\n", "<p>Bonjour,</p>\n")

    parcel = pack(written, label, ours, ours, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")

    message = email.message_from_bytes(parcel.content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    (file,) = message.iter_attachments()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").strip() == "Bonjour,"
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "echeance.ics")
    assert file.get_content().splitlines() == ["BEGIN:VCALENDAR", "END:VCALENDAR"]
