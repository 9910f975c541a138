"""Articles in a language: the same plain document for the page and for the PDF."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.rules_text.blocks import (
    Article,
    Block,
    Figures,
    Listed,
    Moment,
    Paragraph,
    Points,
    Said,
    Size,
    Table,
    Words,
)
from domain.texts import Text
from wording.translations import translate
from wording.typography import day, instant, number, size, words


@dataclass(frozen=True, slots=True)
class SaidBlock:
    """A block whose words are said; only what its kind uses is filled."""

    kind: str
    text: str = ""
    intro: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numeric: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidArticle:
    """An article to show or to print."""

    code: str
    number: int
    title: str
    blocks: tuple[SaidBlock, ...]


def said_articles(articles: tuple[Article, ...], language: str) -> tuple[SaidArticle, ...]:
    """The articles in that language, numbered."""
    return tuple(
        SaidArticle(
            article.code,
            place,
            _title(article.title, language),
            tuple(_block(block, language) for block in article.blocks),
        )
        for place, article in enumerate(articles, 1)
    )


def _title(title: str | Text, language: str) -> str:
    return translate(language, title) if isinstance(title, str) else words(title, language)


def spoken(said: str | Words, language: str) -> str:  # noqa: PLR0911  (one answer for each kind of words)
    """One piece of an article; a ``str`` is somebody's own, said as it is."""
    match said:
        case Said(sentence, facts):
            return _sentence(sentence, {k: spoken(v, language) for k, v in facts.items()}, language)
        case Text():
            return words(said, language)
        case Moment(at, zone):
            return instant(at, zone, language=language)
        case Size(count):
            return size(count, language=language)
        case Listed(items):
            return ", ".join(spoken(item, language) for item in items)
        case date():
            return day(said, language)
        case Decimal():
            return number(said, language=language)
        case _:
            return str(said)


def _sentence(sentence: str, facts: dict[str, str], language: str) -> str:
    return translate(language, sentence, **facts)


def _block(block: Block, language: str) -> SaidBlock:
    match block:
        case Paragraph(said):
            return SaidBlock("paragraph", spoken(said, language))
        case Points(items, is_ordered):
            kind = "steps" if is_ordered else "points"
            return SaidBlock(kind, rows=tuple((spoken(item, language),) for item in items))
        case Figures(rows):
            return SaidBlock("figures", rows=_rows(rows, language))
        case Table(caption, intro, heads, rows):
            return SaidBlock(
                "table",
                spoken(caption, language),
                spoken(intro, language) if intro else "",
                tuple(spoken(head, language) for head in heads),
                _rows(rows, language),
                tuple(isinstance(cell, Decimal | int) for cell in rows[0]) if rows else (),
            )


def _rows(rows: tuple[tuple[str | Words, ...], ...], language: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(spoken(cell, language) for cell in row) for row in rows)
