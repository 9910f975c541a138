"""What a PDF says, and what is said of one that cannot be read."""

from pathlib import Path

import pytest

from activities.documents.reading import text_of
from api.pages.charter.evidence_content import check_content
from domain.refusals import Refusal
from tests.pdfs import a_pdf, locked

A_TABLE = (
    "Nom\tPrénom\tNaissance",
    *(f"{name}\tKarim\t12/03/1990" for name in ("BENALI", "DUPONT", "LE GOFF")),
)


def keep(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a-file-without-an-ending"


async def test_its_lines_are_read(path: Path) -> None:
    keep(path, a_pdf("Heures réalisées : 1 200", "Recrutements (2026) : 12"))

    said = await text_of(path)

    assert "Heures réalisées : 1 200" in said
    assert "Recrutements (2026) : 12" in said


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(A_TABLE, id="a table, its cells apart"),
        pytest.param(("BENALI Karim", "DUPONT Claire", "MARTIN Ada"), id="names"),
        pytest.param(("Mme Rose, M. Paul et Mme Claire ont signé la feuille",), id="titles"),
        pytest.param(("a@exemple.fr", "b@exemple.fr", "c@exemple.fr"), id="addresses"),
        pytest.param(("Numéro 1 90 03 75 116 001 22",), id="the number of a person"),
    ],
)
async def test_a_list_of_persons_is_refused_and_says_what_to_do(
    path: Path, lines: tuple[str, ...]
) -> None:
    keep(path, a_pdf(*lines))

    with pytest.raises(Refusal, match="ressemble à une liste de personnes"):
        await check_content(path, "application/pdf")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("Attestation du facilitateur", "1 200 heures en 2026"), id="totals"),
        pytest.param(("12 recrutements", "Signé : Claire DUPONT, directrice"), id="one signature"),
        pytest.param(("SIRET 123 456 782 00010", "Achats : 150 000,50"), id="a company"),
        pytest.param((), id="a page without a word"),
    ],
)
async def test_totals_are_taken(path: Path, lines: tuple[str, ...]) -> None:
    keep(path, a_pdf(*lines))

    await check_content(path, "application/pdf")


async def test_one_that_is_locked_says_so(path: Path) -> None:
    keep(path, locked(a_pdf("Un total"), "secret"))

    with pytest.raises(Refusal, match="protégé par un mot de passe"):
        await text_of(path)


async def test_one_that_only_forbids_printing_is_read(path: Path) -> None:
    keep(path, locked(a_pdf("Un total"), ""))

    assert "Un total" in await text_of(path)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\nrien de plus", a_pdf("Un total")[:200]], ids=["a beginning", "cut"]
)
async def test_one_that_cannot_be_read_says_so(path: Path, content: bytes) -> None:
    keep(path, content)

    with pytest.raises(Refusal, match="ne peut pas être lu"):
        await text_of(path)


async def test_one_that_takes_too_long_is_left_alone(path: Path) -> None:
    keep(path, a_pdf("Un total"))

    with pytest.raises(Refusal, match="trop long à lire"):
        await text_of(path, seconds=0.0)


async def test_an_image_is_not_read(path: Path) -> None:
    keep(path, b"\x89PNG\r\n\x1a\n a drawing")

    await check_content(path, "image/png")
