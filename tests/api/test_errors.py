import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.dependencies import Db, SignedInViewer
from api.errors import Forbidden, NotFound
from domain.refusals import Refusal
from tests.browser import Browser


@pytest.fixture
def faulty(application: FastAPI) -> FastAPI:
    """The application, with a page for each way to fail, for people and for programs."""
    for prefix in ("/essai", "/api/essai"):

        @application.get(f"{prefix}/panne")
        async def fail() -> None:
            message = "Léa Martin habite au 3"
            raise RuntimeError(message)

        @application.get(f"{prefix}/absent")
        async def miss() -> None:
            raise NotFound

        @application.get(f"{prefix}/interdit")
        async def forbid() -> None:
            raise Forbidden

        @application.get(f"{prefix}/refus")
        async def refuse() -> None:
            sentence = "Une présentation compte %(limit)s caractères au plus."
            raise Refusal(sentence, limit=600)

        @application.get(f"{prefix}/numero/{{number}}")
        async def number(number: int) -> int:
            return number

        @application.get(f"{prefix}/texte")
        async def search(db: Db, q: str) -> None:
            async with db.transaction() as session:
                await session.execute(text("select cast(:q as text)"), {"q": q})

        @application.post(f"{prefix}/document")
        async def take(document: dict[str, int]) -> None: ...

    return application


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        pytest.param("/nulle-part", 404, "Page introuvable", id="no such page"),
        pytest.param("/essai/absent", 404, "Page introuvable", id="not found"),
        pytest.param("/essai/interdit", 403, "Accès refusé", id="forbidden"),
        pytest.param("/essai/refus", 409, "compte 600 caractères au plus", id="refused"),
        pytest.param("/essai/numero/un", 404, "Page introuvable", id="an id that is none"),
        pytest.param("/essai/texte?q=%00", 422, "Une information manque", id="a null character"),
        pytest.param("/essai/document", 405, "Cette adresse ne permet pas", id="a wrong method"),
        pytest.param("/essai/panne", 500, "Référence à nous donner", id="a failure"),
    ],
)
async def test_an_error_is_a_page_in_words(
    client: Browser, path: str, status: int, said: str
) -> None:
    page = await client.get(path)

    assert page.status_code == status
    assert said in page.text
    assert "Léa Martin" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        pytest.param("/api/nulle-part", 404, "Page introuvable", id="no such page"),
        pytest.param("/api/essai/absent", 404, "Page introuvable", id="not found"),
        pytest.param("/api/essai/interdit", 403, "Accès refusé", id="forbidden"),
        pytest.param("/api/essai/refus", 409, "Demande refusée", id="refused"),
        pytest.param("/api/essai/numero/un", 404, "Page introuvable", id="an id that is none"),
        pytest.param("/api/essai/texte?q=%00", 422, "Demande incomplète", id="a null character"),
        pytest.param("/api/essai/document", 405, "Action impossible ici", id="a wrong method"),
        pytest.param("/api/essai/panne", 500, "Erreur du service", id="a failure"),
    ],
)
async def test_an_error_is_a_problem_document_for_programs(
    client: Browser, path: str, status: int, title: str
) -> None:
    answer = await client.get(path)

    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["title"]) == (status, status, title)
    assert problem["instance"] == path.partition("?")[0]
    assert {"type", "detail"} <= problem.keys()


@pytest.mark.usefixtures("faulty")
async def test_an_error_is_said_in_the_language_of_the_reader(client: Browser) -> None:
    page = await client.get("/nulle-part", headers={"accept-language": "en-GB,en;q=0.8"})

    assert '<html lang="en">' in page.text
    assert "Page not found" in page.text


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="half a document"),
        pytest.param(b'{"a": "\xff"}', id="not utf-8"),
        pytest.param(b"[" * 100_000, id="deeper than one reads"),
        pytest.param(b'{"a": "one"}', id="a text for a number"),
        pytest.param(b"", id="nothing"),
    ],
)
async def test_a_document_that_cannot_be_read_is_a_problem(client: Browser, body: bytes) -> None:
    answer = await client.post(
        "/api/essai/document", content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code in {400, 422}
    assert answer.json()["status"] == answer.status_code


@pytest.mark.usefixtures("faulty")
async def test_a_document_over_a_megabyte_is_not_read(client: Browser) -> None:
    answer = await client.post("/api/essai/document", content=b" " * 1_000_001)

    assert answer.status_code == 413
    assert answer.json()["title"] == "Envoi trop lourd"
    assert "la taille permise\u00a0: 1 Mo" in answer.json()["detail"]


async def test_a_form_over_thirty_megabytes_is_not_read(client: Browser) -> None:
    async def much() -> object:
        for _ in range(31):
            yield b"a=" + b"x" * 999_997 + b"&"

    answer = await client.post(
        "/connexion",
        content=much(),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 413
    assert "dépasse la taille permise\u00a0: 30 Mo" in answer.text


@pytest.mark.parametrize(
    ("fields", "files"), [(0, 301), (2001, 1)], ids=["files", "fields among files"]
)
async def test_a_form_of_more_parts_than_any_page_has_is_said_in_words(
    client: Browser, fields: int, files: int
) -> None:
    parts = [("file", (f"{n}.pdf", b"x")) for n in range(files)]

    answer = await client.post(
        "/connexion", data={f"field{n}": "x" for n in range(fields)}, files=parts
    )

    assert answer.status_code == 422
    assert "plus de fichiers ou de champs que n\u2019en a aucune page" in answer.text


async def test_a_form_that_is_torn_is_a_page_in_words(client: Browser) -> None:
    answer = await client.post(
        "/connexion", content=b"--x\r\nnonsense", headers={"content-type": "multipart/form-data"}
    )

    assert answer.status_code == 400
    assert "Demande illisible" in answer.text


async def test_a_page_of_ones_own_asks_to_sign_in_first(
    application: FastAPI, client: Browser
) -> None:
    @application.get("/essai/{number}")
    async def own(number: int, viewer: SignedInViewer) -> None: ...

    answer = await client.get("/essai/3?page=2")

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/connexion?next=%2Fessai%2F3%3Fpage%3D2",
    )
