import re

import pytest
from fastapi import FastAPI

from api.app import create_app
from api.dependencies import Form, SignedInViewer
from settings import Settings
from tests.browser import Browser
from tests.conftest import SignIn

TYPED = {"title": "Un tuteur pour chacun", "story": "Première ligne\r\nDeuxième <b>ligne</b>"}


@pytest.fixture
def application_with_a_form(application: FastAPI) -> FastAPI:
    """The application, with a page that takes a form."""

    @application.post("/essai")
    async def take(form: Form, viewer: SignedInViewer) -> dict[str, str]:
        return {"title": form.get("title"), "by": viewer.email}

    return application


async def test_every_answer_is_strict_with_browsers(client: Browser) -> None:
    for path in ("/connexion", "/nulle-part", "/static/css/base.css", "/api/v1/editions"):
        headers = (await client.get(path)).headers

        assert headers["content-security-policy"] == (
            "default-src 'self'; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "strict-transport-security" not in headers


async def test_an_https_site_says_so_and_its_cookies_stay_on_it(configured: Settings) -> None:
    public = configured.model_copy(update={"base_url": "https://trophees.example"})
    app = create_app(public)

    async with app.router.lifespan_context(app), Browser(app) as browser:
        page = await browser.get("/connexion")

    assert page.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "; Secure" in page.headers["set-cookie"]


async def test_pages_are_kept_by_nobody_and_style_sheets_for_a_year(client: Browser) -> None:
    page = await client.get("/connexion")
    sheet = re.findall(r'href="(/static/css/base.css[^"]*)"', page.text)[0]

    assert page.headers["cache-control"] == "no-store"
    assert (await client.get(sheet)).headers[
        "cache-control"
    ] == "public, max-age=31536000, immutable"
    assert (await client.get("/static/css/base.css")).headers["cache-control"] == "no-cache"


@pytest.mark.usefixtures("application_with_a_form")
async def test_a_form_of_ours_is_taken(signed_in: SignIn) -> None:
    browser = await signed_in("lea@exemple.fr")

    answer = await browser.submit("/essai", TYPED)

    assert answer.json() == {"title": "Un tuteur pour chacun", "by": "lea@exemple.fr"}


@pytest.mark.usefixtures("application_with_a_form")
@pytest.mark.parametrize("token", ["", "a" * 64, "é"])
async def test_a_form_of_another_site_is_refused_and_what_was_typed_is_shown(
    signed_in: SignIn, token: str
) -> None:
    browser = await signed_in("lea@exemple.fr")

    answer = await browser.post("/essai", data=TYPED | {"csrf_token": token})

    assert answer.status_code == 403
    assert "Un tuteur pour chacun" in answer.text
    assert "Première ligne<br>Deuxième &lt;b&gt;ligne&lt;/b&gt;" in answer.text


@pytest.mark.usefixtures("application_with_a_form")
async def test_the_token_of_somebody_else_is_refused(signed_in: SignIn) -> None:
    lea, paul = await signed_in("lea@exemple.fr"), await signed_in("paul@exemple.fr")

    answer = await lea.post("/essai", data=TYPED | {"csrf_token": paul.csrf_token})

    assert answer.status_code == 403


@pytest.mark.usefixtures("application_with_a_form")
async def test_a_session_that_ended_meanwhile_loses_no_text(client: Browser) -> None:
    answer = await client.submit("/essai", TYPED)

    assert answer.status_code == 403
    assert "Un tuteur pour chacun" in answer.text
    assert "Connectez-vous de nouveau" in answer.text
