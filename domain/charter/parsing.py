"""Read a version of the charter from its document, or say where the document is wrong."""

from collections.abc import Mapping
from datetime import date

from domain.charter.asking_parsing import (
    positive,
    questions_from,
    report_from,
    roles_from,
)
from domain.charter.attestation_parsing import attestation_from, levels_from
from domain.charter.commitment_parsing import commitments_from
from domain.charter.document import Article, CharterDocument, Commitment
from domain.charter.filling import Facts, filled_at
from domain.charter.locked_words import check_words
from domain.charter.periods import periods_from
from domain.charter.sizes import Size
from domain.charter.wording import period_facts, said
from domain.edition_parsing import fingerprint
from domain.template_reading import Node, TemplateError, check_unique

__all__ = ["TemplateError", "charter_from", "fingerprint"]

KEYS = (
    "code",
    "version",
    "in_force_from",
    "name",
    "certification_scheme",
    "small_counts",
    "minimum_optional",
    "preamble",
    "articles",
    "levels",
    "commitments",
    "self_diagnosis",
    "one_person_may_hold_all",
    "roles",
    "report",
    "attestation",
    "periods",
)
SMALLEST_THRESHOLD = 2


def charter_from(document: Mapping[str, object]) -> CharterDocument:
    """The version of the charter that a document describes."""
    root = Node(document)
    root.expect(*KEYS)
    scheme = _scheme(root.at("certification_scheme"))
    if not scheme:
        check_words(root)
    commitments = commitments_from(root.at("commitments"))
    periods = periods_from(root.at("periods"))
    minimum = _minimum(root.at("minimum_optional"), commitments)
    small_counts = _small_counts(root.at("small_counts"))
    facts = {
        **period_facts(periods),
        **{f"minimum.{size}": said(str(count)) for size, count in minimum.items()},
        "small_counts": said(str(small_counts)),
    }
    return CharterDocument(
        code=root.at("code").text(),
        version=positive(root.at("version")),
        in_force_from=_day(root.at("in_force_from")),
        name=root.at("name").words(),
        preamble=tuple(filled_at(item, facts) for item in root.at("preamble").each()),
        articles=_articles(root.at("articles"), facts),
        commitments=commitments,
        minimum_optional=minimum,
        self_diagnosis=questions_from(root.at("self_diagnosis"), commitments),
        roles=roles_from(root.at("roles")),
        one_person_may_hold_all=frozenset(
            item.one_of(Size) for item in root.at("one_person_may_hold_all").each()
        ),
        report=report_from(root.at("report")),
        levels=levels_from(root.at("levels")),
        attestation=attestation_from(root.at("attestation")),
        periods=periods,
        small_counts=small_counts,
        certification_scheme=scheme,
    )


def _scheme(node: Node) -> str:
    return node.value.strip() if isinstance(node.value, str) else node.fail("a text is expected")


def _day(node: Node) -> date:
    try:
        return date.fromisoformat(node.text())
    except ValueError:
        return node.fail("a day is expected, between quotes, as in “2026-09-01”")


def _small_counts(node: Node) -> int:
    number = node.whole()
    return number if number >= SMALLEST_THRESHOLD else node.fail("2 or more is expected")


def _articles(node: Node, facts: Facts) -> tuple[Article, ...]:
    items = node.each()
    check_unique([(item.at("code").text(), item) for item in items])
    return tuple(_article(item, facts) for item in items)


def _article(node: Node, facts: Facts) -> Article:
    node.expect("code", "title", "paragraphs")
    return Article(
        code=node.at("code").text(),
        title=node.at("title").words(),
        paragraphs=tuple(filled_at(item, facts) for item in node.at("paragraphs").each()),
    )


def _minimum(node: Node, commitments: tuple[Commitment, ...]) -> dict[Size, int]:
    node.expect(*Size)
    optional = sum(not each.compulsory for each in commitments)
    for size in Size:
        if not 0 <= node.at(size).whole() <= optional:
            node.at(size).fail(f"a number between 0 and {optional} is expected")
    return {size: node.at(size).whole() for size in Size}
