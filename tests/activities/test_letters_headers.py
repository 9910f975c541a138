"""What a mail program receives: headers, threads, languages, and nothing that people typed as a header."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from activities.letters.outcomes import RefusedError
from activities.letters.parcel import Label, Parcel, Written, message_id, own_address, pack

SENDER = own_address("Trophées de l’insertion <ne-pas-repondre@trophees.example>")
CONTACT = own_address("equipe@trophees.example")
WRITTEN = Written("Votre candidature est enregistrée", "Bonjour,\n", "<p>Bonjour,</p>\n")


def packed(
    *,
    subject: str = WRITTEN.subject,
    email: str = "camille@boreale.example",
    name: str = "Camille Robin",
    thread: str | None = None,
) -> Parcel:
    label = Label(
        "receipt:1:1", thread, email, name, "fr", datetime(2027, 6, 28, 9, 41, tzinfo=UTC)
    )
    return pack(Written(subject, WRITTEN.text, WRITTEN.html), label, SENDER, CONTACT)


def read(parcel: Parcel) -> EmailMessage:
    return email.message_from_bytes(parcel.content, policy=email.policy.default)


def test_every_header_is_there_and_no_other() -> None:
    message = read(packed())

    assert [(name, str(value)) for name, value in message.items() if name != "Content-Type"] == [
        ("Subject", "Votre candidature est enregistrée"),
        ("From", "Trophées de l’insertion <ne-pas-repondre@trophees.example>"),
        ("To", "Camille Robin <camille@boreale.example>"),
        ("Reply-To", "equipe@trophees.example"),
        ("Date", "Mon, 28 Jun 2027 09:41:00 +0000"),
        ("Message-ID", message_id("receipt:1:1", "trophees.example")),
        ("Auto-Submitted", "auto-generated"),
        ("MIME-Version", "1.0"),
        ("Content-Language", "fr"),
    ]


def test_text_comes_first_and_html_last_both_in_utf_8() -> None:
    message = read(packed())

    parts = [(part.get_content_type(), part.get_content_charset()) for part in message.iter_parts()]
    assert message.get_content_type() == "multipart/alternative"
    assert parts == [("text/plain", "utf-8"), ("text/html", "utf-8")]


def test_seven_bits_suffice() -> None:
    assert packed(name="Chloé Œuvrard", subject="Été – « ça »").content.isascii()


def test_the_same_key_gives_the_same_message_id() -> None:
    assert read(packed())["Message-ID"] == read(packed(subject="Autre"))["Message-ID"]


def test_a_later_letter_continues_the_thread_of_the_first() -> None:
    message = read(packed(thread="draft_reminder:1"))

    first = message_id("draft_reminder:1", "trophees.example")
    assert (message["In-Reply-To"], message["References"]) == (first, first)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("Bonjour\r\nBcc: victim@elsewhere.example", id="line break"),
        pytest.param("Bonjour\nX-Evil: 1", id="newline"),
        pytest.param("Bonjour\rX-Evil: 1", id="carriage return"),
        pytest.param("Bonjour\u2028X-Evil: 1\u0085Bcc: a@b.example\x0b\x00", id="other breaks"),
    ],
)
@pytest.mark.parametrize("field", ["subject", "name"])
def test_a_header_cannot_be_typed(field: str, typed: str) -> None:
    message = read(packed(**{field: typed}))

    assert set(message.keys()) == set(read(packed()).keys())
    assert message["Subject" if field == "subject" else "To"].startswith("Bonjour") or (
        '"Bonjour' in message["To"]
    )


@pytest.mark.parametrize("name", ["Chloé Œuvrard", "Robin, Camille", 'Jean "Jo" <x>', "李 明"])
def test_names_arrive_as_they_are(name: str) -> None:
    (reader,) = read(packed(name=name))["To"].addresses

    assert (reader.display_name, reader.addr_spec) == (name, "camille@boreale.example")


def test_a_domain_with_accents_is_written_as_servers_write_it() -> None:
    assert packed(email="camille@boréale.example").recipient == "camille@xn--borale-dva.example"


def test_an_address_with_accents_asks_for_an_international_server() -> None:
    parcel = packed(email="chloé@boreale.example")

    assert (parcel.recipient, parcel.international) == ("chloé@boreale.example", True)
    assert "To: Camille Robin <chloé@boreale.example>".encode() in parcel.content


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b@c.example", "a b@c.example", "a@c.example\r\nRCPT TO:<x@y>", "<a@b>", "a@"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(RefusedError):
        packed(email=address)
