"""`trophees mail check`: each step that goes well, and a sentence about the first that does not."""

from typing import Any

import pytest
from pydantic import SecretStr

from activities.letters.check import MailCheckError, check
from settings import Settings
from tests.activities.post_office import PostOffice, opened

PASSWORD = "sesame"  # noqa: S105  (of a server that lives as long as its test)
READER = "lea@boreale.example"


async def said(office: PostOffice, **more: Any) -> list[str]:  # noqa: ANN401  (any setting)
    settings = Settings(smtp_host="localhost", smtp_port=office.port, **more)
    return [step async for step in check(settings, READER)]


async def test_every_step_is_told_and_no_letter_leaves() -> None:
    async with opened(PostOffice(), password=PASSWORD) as office:
        steps = await said(office, smtp_username="trophees", smtp_password=SecretStr(PASSWORD))

    assert steps == [
        f"localhost:{office.port} answers",
        "trophees may sign in",
        "ne-pas-repondre@trophees.example may write",
        f"{READER} may be written to",
    ]
    assert office.received == []


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        pytest.param(
            {"smtp_username": "trophees", "smtp_password": "wrong"},
            "refuses the sign-in: look at TROPHEES_SMTP_USERNAME",
            id="a wrong password",
        ),
        pytest.param({"smtp_starttls": True}, "lacks what the settings ask for", id="no STARTTLS"),
        pytest.param({"smtp_tls": True}, "fails", id="no TLS"),
    ],
)
async def test_what_is_wrong_is_said_in_a_sentence(
    settings: dict[str, object], sentence: str
) -> None:
    async with opened(PostOffice(), password=PASSWORD) as office:
        with pytest.raises(MailCheckError, match=sentence):
            await said(office, **settings)


async def test_a_server_that_is_away_and_a_recipient_that_is_refused() -> None:
    async with opened(PostOffice()) as office:
        office.says_to_recipients.append("550 5.7.1 Relaying denied")
        with pytest.raises(MailCheckError, match="Relaying denied"):
            await said(office)
    with pytest.raises(MailCheckError, match="cannot be reached: look at TROPHEES_SMTP_HOST"):
        await said(office)
