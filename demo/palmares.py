"""The palmarès as anybody finds it: the page, the CSV and the JSON."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from demo.checks import expect
from demo.pages import Page
from demo.visitor import Visitor, WrongPageError

WORDS = {"laureat": "laureate", "nomme": "nominee"}
OK = 200


@dataclass(frozen=True, slots=True, order=True)
class Prize:
    """A company that the palmarès names: in which category, as what."""

    category: str
    kind: str
    siret: str
    company: str
    title: str


@dataclass(frozen=True, slots=True)
class Palmares:
    """What the public reads of a cycle."""

    categories: dict[str, str]
    prizes: tuple[Prize, ...]
    fingerprint: str

    def of(self, kind: str) -> tuple[Prize, ...]:
        """The laureates, or the nominees."""
        return tuple(prize for prize in self.prizes if prize.kind == kind)


def address_of(cycle: str) -> str:
    """Where the palmarès of a cycle is read."""
    return f"/palmares/{cycle}"


async def read_page(visitor: Visitor, cycle: str) -> Page:
    """The page of the palmarès."""
    return expect(await visitor.open(address_of(cycle)), "the palmarès")


async def read_json(visitor: Visitor, cycle: str) -> Palmares:
    """The document that programs read."""
    answer = await visitor.fetch(f"{address_of(cycle)}.json")
    if answer.status_code != OK:
        message = f"The palmarès in JSON answers {answer.status_code}."
        raise WrongPageError(message)
    return palmares_in(answer.json())


def palmares_in(document: dict[str, Any]) -> Palmares:
    """The palmarès that a document tells."""
    prizes: list[Prize] = []
    for category in document["categories"]:
        if laureate := category.get("laureate"):
            prizes.append(_prize(category, "laureate", laureate))
        prizes.extend(_prize(category, "nominee", each) for each in category["nominees"])
    return Palmares(
        categories={each["code"]: each["name"]["fr"] for each in document["categories"]},
        prizes=tuple(sorted(prizes)),
        fingerprint=document.get("fingerprint", ""),
    )


async def read_csv(visitor: Visitor, cycle: str) -> tuple[Prize, ...]:
    """The lines that spreadsheets read."""
    answer = await visitor.fetch(f"{address_of(cycle)}.csv")
    if answer.status_code != OK:
        message = f"The palmarès in CSV answers {answer.status_code}."
        raise WrongPageError(message)
    lines = io.StringIO(answer.content.decode("utf-8-sig"), newline="")
    return tuple(
        sorted(
            Prize(
                category=row["categorie_code"],
                kind=WORDS[row["distinction"]],
                siret=row["siret"],
                company=row["raison_sociale"],
                title=row["titre"],
            )
            for row in csv.DictReader(lines, delimiter=";")
        )
    )


def _prize(category: dict[str, Any], kind: str, named: dict[str, Any]) -> Prize:
    return Prize(category["code"], kind, named["siret"], named["company"], named["title"])
