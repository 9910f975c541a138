"""How the submission server is spoken to: named, in secret, and over connections that answer."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from activities.letters.mailer import BEFORE_DATA, CONNECTIONS, Mailer
from activities.letters.outcomes import AwayError, RefusedError
from activities.letters.parcel import Label, Parcel, Written, own_address, pack
from settings import Settings
from tests.activities.post_office import PostOffice, opened

PASSWORD = "sesame"  # noqa: S105  (of a server that lives as long as its test)
SENDER = own_address("ne-pas-repondre@trophees.example")


def a_parcel(email: str = "camille@boreale.example") -> Parcel:
    label = Label("k", None, email, "", "fr", datetime(2027, 6, 28, tzinfo=UTC))
    return pack(Written("Bonjour", "Bonjour\n", "<p>Bonjour</p>"), label, SENDER, SENDER)


@asynccontextmanager
async def a_mailer(office: PostOffice, **settings: Any) -> AsyncGenerator[Mailer]:  # noqa: ANN401  (any setting)
    mailer = Mailer(Settings(smtp_host="localhost", smtp_port=office.port, **settings))
    yield mailer
    await mailer.close()


async def send(mailer: Mailer, parcel: Parcel | None = None) -> None:
    now = asyncio.get_running_loop().time()
    await mailer.send(parcel or a_parcel(), now + BEFORE_DATA)


async def test_a_connection_serves_many_letters() -> None:
    async with opened(PostOffice()) as office, a_mailer(office) as mailer:
        for _ in range(10):
            await send(mailer)

    assert (len(office.received), office.connections) == (10, 1)


async def test_a_refused_letter_does_not_cost_the_connection() -> None:
    async with opened(PostOffice()) as office, a_mailer(office) as mailer:
        office.says_to_recipients.append("550 5.1.1 Nobody")
        with pytest.raises(RefusedError):
            await send(mailer)
        await send(mailer)

    assert (len(office.received), office.connections) == (1, 1)


async def test_no_more_connections_than_turns() -> None:
    async with opened(PostOffice()) as office, a_mailer(office) as mailer:

        async def in_turn() -> None:
            async with mailer.turn:
                await send(mailer)

        await asyncio.gather(*(in_turn() for _ in range(40)))

    assert len(office.received) == 40
    assert office.connections <= CONNECTIONS


async def test_a_connection_that_died_is_replaced() -> None:
    office = PostOffice()
    async with opened(office), a_mailer(office) as mailer:
        await send(mailer)
    async with opened(office):
        await send(mailer)
        await mailer.close()

    assert len(office.received) == 2


async def test_the_right_password_opens() -> None:
    async with (
        opened(PostOffice(), password=PASSWORD) as office,
        a_mailer(office, smtp_username="trophees", smtp_password=SecretStr(PASSWORD)) as mailer,
    ):
        await send(mailer)

    assert len(office.received) == 1


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({}, id="none"),
        pytest.param({"smtp_username": "trophees", "smtp_password": "wrong"}, id="wrong"),
    ],
)
async def test_a_wrong_password_makes_letters_wait_rather_than_fail(given: dict[str, str]) -> None:
    async with (
        opened(PostOffice(), password=PASSWORD) as office,
        a_mailer(office, **given) as mailer,
    ):
        with pytest.raises(AwayError):
            await send(mailer)

    assert office.received == []


async def test_starttls_is_used_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    openssl = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject, *files]
    subprocess.run(openssl, check=True, capture_output=True)  # noqa: S603, ASYNC221  (fixed words; a test may wait)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    async with (
        opened(PostOffice(), tls=tls) as office,
        a_mailer(office, smtp_starttls=True) as mailer,
    ):
        with pytest.raises(AwayError):
            await send(mailer)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        await send(mailer)

    assert len(office.received) == 1


async def test_a_server_without_starttls_gets_nothing_when_it_is_asked_for() -> None:
    async with (
        opened(PostOffice()) as office,
        a_mailer(office, smtp_starttls=True) as mailer,
    ):
        with pytest.raises(AwayError):
            await send(mailer)

    assert office.received == []


async def test_an_international_address_arrives_whole() -> None:
    async with opened(PostOffice()) as office, a_mailer(office) as mailer:
        await send(mailer, a_parcel("chloé@boreale.example"))

    assert office.recipients == ["chloé@boreale.example"]


async def test_a_process_that_was_frozen_sends_nothing() -> None:
    async with opened(PostOffice()) as office, a_mailer(office) as mailer:
        with pytest.raises(AwayError):
            await mailer.send(a_parcel(), asyncio.get_running_loop().time() - 1)

    assert office.received == []
