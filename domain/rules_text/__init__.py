"""The rules of an edition as articles: one data for the page and for the document."""

from domain.rules_text.articles import articles
from domain.rules_text.blocks import (
    Article,
    Block,
    Figures,
    Moment,
    Paragraph,
    Points,
    Said,
    Size,
    Table,
    Words,
)
from domain.rules_text.subject import Subject

__all__ = [
    "Article",
    "Block",
    "Figures",
    "Moment",
    "Paragraph",
    "Points",
    "Said",
    "Size",
    "Subject",
    "Table",
    "Words",
    "articles",
]
