"""The mail server keeps every letter before it says yes, and shows it without danger."""

import asyncio
import smtplib
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from embedded.mail.pages import create_mailbox
from embedded.mail.smtp import serve_smtp
from embedded.mail.store import Store
from embedded.ports import free_ports


class Post:
    """A mail server of its own, and its mailbox."""

    def __init__(self, store: Store, port: int) -> None:
        self.store = store
        self.port = port
        transport = httpx.ASGITransport(create_mailbox(store))
        self.mailbox = httpx.AsyncClient(transport=transport, base_url="http://mailbox")

    async def send(self, letter: EmailMessage, to: str) -> None:
        await asyncio.to_thread(self._send, letter, to)

    def _send(self, letter: EmailMessage, to: str) -> None:
        with smtplib.SMTP("127.0.0.1", self.port) as server:
            server.send_message(letter, "sender@example.org", [to])


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    (port,) = free_ports(1)
    store = Store(tmp_path / "mail")
    server = await serve_smtp(store, "127.0.0.1", port)
    post = Post(store, port)
    yield post
    await post.mailbox.aclose()
    server.close()
    await server.wait_closed()


def a_letter(subject: str = "Votre dossier", html: str = "") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = "Trophées <no@example.org>", "Léa <lea@example.org>"
    letter["Subject"], letter["Message-ID"] = subject, "<receipt.1@example.org>"
    letter.set_content("Bonjour, https://example.org/suivre")
    if html:
        letter.add_alternative(html, subtype="html")
    return letter


async def test_an_accepted_letter_is_still_there_for_another_process(
    post: Post, tmp_path: Path
) -> None:
    await post.send(a_letter(), to="lea@example.org")

    (kept,) = Store(tmp_path / "mail").newest()

    assert (kept.subject, kept.receivers, kept.message_id) == (
        "Votre dossier",
        ("lea@example.org",),
        "<receipt.1@example.org>",
    )


async def test_a_letter_that_the_disk_refuses_is_not_accepted(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(post.store, "keep", full)

    with pytest.raises(smtplib.SMTPDataError) as refusal:
        await post.send(a_letter(), to="lea@example.org")

    assert refusal.value.smtp_code == 451


async def test_programs_ask_for_the_letters_of_one_receiver_newest_first(post: Post) -> None:
    await post.send(a_letter("un"), to="lea@example.org")
    await post.send(a_letter("autre"), to="max@example.org")
    await post.send(a_letter("deux"), to="lea@example.org")

    answer = await post.mailbox.get("/api/messages", params={"to": "LEA@"})
    newest = answer.json()[0]["id"]
    whole = (await post.mailbox.get(f"/api/messages/{newest}")).json()

    assert [letter["subject"] for letter in answer.json()] == ["deux", "un"]
    assert whole["text"] == "Bonjour, https://example.org/suivre\n"
    assert ["Subject", "deux"] in whole["headers"]


async def test_the_html_of_a_letter_can_run_and_fetch_nothing(post: Post) -> None:
    html = "<html><head><title>x</title></head><body><script>alert(1)</script></body></html>"
    await post.send(a_letter(html=html), to="lea@example.org")
    (kept,) = post.store.newest()

    page = await post.mailbox.get(f"/messages/{kept.id}")
    frame = await post.mailbox.get(f"/messages/{kept.id}/html")

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "<script>" not in page.text
    assert "script-src" not in frame.headers["Content-Security-Policy"]
    assert frame.headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert frame.text.startswith('<html><head><base target="_blank"><title>')


async def test_what_people_write_in_a_subject_is_shown_as_text(post: Post) -> None:
    await post.send(a_letter("<script>alert(1)</script>"), to="lea@example.org")

    page = await post.mailbox.get("/")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script" not in page.text


async def test_an_empty_mailbox_says_so(post: Post) -> None:
    page = await post.mailbox.get("/", params={"to": "nobody@example.org"})
    assert "No letter to “nobody@example.org” yet." in page.text


@pytest.mark.parametrize(
    "path", ["/messages/none", "/messages/..%2Fup.lock/raw", "/api/messages/x"]
)
async def test_a_letter_that_is_not_there_is_not_found(post: Post, path: str) -> None:
    assert (await post.mailbox.get(path)).status_code == httpx.codes.NOT_FOUND
