"""Documents made of articles as PDF: the rules of a cycle in French, minutes, sheets."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import typst

from domain.rules_text import Subject, articles
from domain.texts import Language
from wording.articles import SaidArticle, said_articles

SOURCE = Path(__file__).resolve().parents[2] / "templates" / "documents" / "rules.typ"
# The hundred last ones: a document is the same as long as its articles are.
KEPT = 100


@dataclass(frozen=True, slots=True)
class Printed:
    """A document to print: its heads, its articles without numbers, and its foot."""

    title: str
    kicker: str
    foot: str
    language: str
    articles: Sequence[SaidArticle]


def printed(document: Printed) -> bytes:
    """The PDF, the same bytes for the same articles; nobody's text is read as markup."""
    return _written(json.dumps(asdict(document) | {"numbered": False}, ensure_ascii=False))


def rules_document(subject: Subject) -> bytes:
    """The PDF, the same bytes for the same articles; nobody's text is read as markup."""
    said = said_articles(articles(subject), Language.FRENCH)
    return _written(
        json.dumps(
            {
                "title": f"Règlement\u00a0: {subject.cycle} {subject.year}",
                "kicker": subject.edition,
                "foot": _foot(subject),
                "articles": [asdict(article) for article in said],
            },
            ensure_ascii=False,
        )
    )


def _foot(subject: Subject) -> str:
    template = subject.template
    return (
        f"{template.code}, version {template.version}, calendrier version "
        f"{subject.calendar_version}, empreinte {subject.fingerprint[:16]}…"
    )


@lru_cache(maxsize=KEPT)
def _written(document: str) -> bytes:
    return typst.compile(
        str(SOURCE), format="pdf", sys_inputs={"document": document}, pdf_standards="ua-1"
    )
