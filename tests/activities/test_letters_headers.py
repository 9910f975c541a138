"""What a mail program receives: headers, threads, languages, and nothing that people typed as a header."""

import email
import email.policy
from datetime import UTC, datetime
from email.header import decode_header, make_header
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
    text: str = WRITTEN.text,
    html: str = WRITTEN.html,
    unsubscribe: str = "",
) -> Parcel:
    at = datetime(2027, 6, 28, 9, 41, tzinfo=UTC)
    label = Label("receipt:1:1", thread, email, name, "fr", at, unsubscribe)
    return pack(Written(subject, text, html), label, SENDER, CONTACT)


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


def test_what_can_be_done_without_says_where_one_click_ends_it() -> None:
    message = read(packed(unsubscribe="https://trophees.example/lettres/rappels/IjEi.abc"))

    assert message["List-Unsubscribe"] == "<https://trophees.example/lettres/rappels/IjEi.abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_text_comes_first_and_html_last_both_in_utf_8() -> None:
    message = read(packed())

    parts = [(part.get_content_type(), part.get_content_charset()) for part in message.iter_parts()]
    assert message.get_content_type() == "multipart/alternative"
    assert parts == [("text/plain", "utf-8"), ("text/html", "utf-8")]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("Bonjour,\n\nÇa va « bien » ?\n", id="French"),
        pytest.param("\n.\n..\nFrom nobody\nEnd.  \n\tTab\t\n", id="lines that mean something"),
        pytest.param("é" * 500 + " " + "a" * 2000 + "\n", id="long lines"),
        pytest.param("--=_0123\n--\n=\n=3D =_\n", id="what ends parts or is quoted"),
        pytest.param("Sans fin de ligne", id="no last line end"),
        pytest.param("👩🏽‍🔧 李 明\n", id="beyond Latin"),
    ],
)
def test_both_forms_arrive_as_they_are_in_short_lines(typed: str) -> None:
    parcel = packed(text=typed, html=f"<p>{typed}</p>\n")

    message = read(parcel)
    bodies = [part.get_payload(decode=True) for part in message.iter_parts()]
    assert bodies == [form.replace("\n", "\r\n").encode() for form in (typed, f"<p>{typed}</p>\n")]
    assert [len(line) for line in parcel.content.split(b"\r\n") if len(line) > 78] == []
    assert parcel.content.replace(b"\r\n", b"").count(b"\n") == 0
    assert [part.defects for part in message.walk()] == [[], [], []]


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param("Été – « ça »", id="short"),
        pytest.param(
            "Votre candidature « " + "à côté de l’été, " * 30 + "» est arrivée", id="long"
        ),
        pytest.param("A plain subject that goes on " * 10 + "until here", id="long and plain"),
        pytest.param("=?utf-8?q?Bonjour?= to all", id="like an encoded word"),
        pytest.param("Total: 12 %, a=b_c", id="signs"),
        pytest.param("👩🏽‍🔧" * 20, id="beyond Latin"),
        pytest.param("", id="none"),
    ],
)
def test_a_subject_arrives_as_it_is_in_short_lines(subject: str) -> None:
    parcel = packed(subject=subject)

    message = read(parcel)
    assert (message["Subject"], message["Subject"].defects) == (subject, ())
    assert [len(line) for line in parcel.content.split(b"\r\n") if len(line) > 78] == []


def test_the_same_letter_is_the_same_bytes() -> None:
    assert packed() == packed()


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


@pytest.mark.parametrize(
    "name",
    ["Chloé Œuvrard", "Robin, Camille", 'Jean "Jo" <x>', "李 明", "=?utf-8?q?Jo?=", ""],
)
def test_names_arrive_as_they_are(name: str) -> None:
    (reader,) = read(packed(name=name))["To"].addresses

    assert (reader.display_name, reader.addr_spec) == (name, "camille@boreale.example")


@pytest.mark.parametrize("name", ["Camille Robin " * 20 + "Fin", "Zoé de la Côte " * 20 + "Fin"])
def test_a_long_name_arrives_as_it_is_in_short_lines(name: str) -> None:
    parcel = packed(name=name)

    # By the older reader: the newer one leaves the spaces between encoded words of a name.
    to = email.message_from_bytes(parcel.content, policy=email.policy.compat32)["To"]
    assert str(make_header(decode_header(to))) == f"{name} <camille@boreale.example>"
    assert [len(line) for line in parcel.content.split(b"\r\n") if len(line) > 78] == []


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
