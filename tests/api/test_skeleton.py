import pytest
from fastapi import FastAPI
from temporalio.client import Client

from domain.refusals import Refusal
from tests.browser import Browser


async def test_health_answers(client: Browser) -> None:
    response = await client.get("/health")

    assert (response.status_code, response.text) == (200, "ok")


async def test_head_is_answered_as_get(client: Browser) -> None:
    assert (await client.head("/connexion")).status_code == 200


async def test_an_unknown_page_is_said_to_be_so(client: Browser) -> None:
    response = await client.get("/nulle-part")

    assert response.status_code == 404
    assert "Page introuvable" in response.text


async def test_temporal_answers_in_a_namespace_of_the_test(
    application: FastAPI, temporal_client: Client
) -> None:
    await application.state.engine.send_letter("a-letter")

    described = await temporal_client.get_workflow_handle("letter:a-letter").describe()

    assert described.workflow_type == "LetterWorkflow"


async def test_temporal_away_is_a_sentence(application: FastAPI) -> None:
    with pytest.raises(Refusal, match="Le service met plus de temps que prévu"):
        await application.state.engine.send_letter("a-letter")
