"""Read an edition template from a document, or say where the document is wrong."""

import json
from collections.abc import Mapping
from hashlib import sha256

from domain.calendar_parsing import calendar_from
from domain.edition import AttachmentLimits, EditionTemplate, Retention
from domain.form_parsing import rules_from, sections_from
from domain.jury_parsing import (
    categories_from,
    criteria_from,
    jury_from,
    national_from,
    prizes_from,
    scale_from,
)
from domain.template_reading import Node, TemplateError, check_unique
from domain.votes_parsing import vote_from
from domain.votes_rules import USUAL

__all__ = ["TemplateError", "edition_from", "fingerprint"]

KEYS = (
    "code",
    "version",
    "name",
    "scale",
    "criteria",
    "categories",
    "prizes",
    "jury",
    "national",
    "levels",
    "calendars",
    "attachments",
    "retention",
    "rules",
    "sections",
    "texts",
    "vote",
)
RETENTION_KEYS = (
    "drafts_after_closing",
    "attachments_after_publication",
    "files_after_publication",
    "juror_scores_after_publication",
    "laureate_people_after_publication",
    "accounts_after_last_action",
    "newsletter_after_last_contact",
    "technical_logs",
    "account_warning_days",
)


def fingerprint(document: Mapping[str, object]) -> str:
    """The SHA-256 of a document, the same however its keys are ordered."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def edition_from(document: Mapping[str, object]) -> EditionTemplate:
    """The edition template that a document describes."""
    root = Node(document)
    root.expect(*KEYS)
    criteria = criteria_from(root.at("criteria"))
    categories = categories_from(root.at("categories"), criteria)
    category_codes = frozenset(category.code for category in categories)
    sections = sections_from(root.at("sections"), category_codes)
    question_codes = frozenset(
        question.code for section in sections for question in section.questions
    )
    prizes, texts, vote = (root.maybe(key) for key in ("prizes", "texts", "vote"))
    national = _national(root)
    calendars = root.at("calendars")
    check_unique([(item.at("code").text(), item) for item in calendars.each()])
    return EditionTemplate(
        code=root.at("code").text(),
        version=root.at("version").whole(),
        name=root.at("name").words(),
        categories=categories,
        scale=scale_from(root.at("scale")),
        sections=sections,
        rules=rules_from(root.at("rules"), category_codes, question_codes),
        attachments=_attachments(root.at("attachments")),
        jury=jury_from(root.at("jury"), categories),
        calendars=tuple(calendar_from(item) for item in calendars.each())
        or calendars.fail("at least one calendar is expected"),
        national=national_from(national, criteria, categories) if national else None,
        prizes=prizes_from(prizes) if prizes else (),
        retention=_retention(root),
        texts={key: item.words() for key, item in texts.items()} if texts else {},
        vote=vote_from(vote) if vote else USUAL,
    )


def _national(root: Node) -> Node | None:
    """Where the document says its final: under ``levels``, or at the top as version 1 did."""
    levels = root.maybe("levels")
    if levels is None:
        return root.maybe("national")
    if root.maybe("national"):
        levels.fail("“national” is said twice")
    levels.expect("national")
    return levels.at("national")


def _attachments(node: Node) -> AttachmentLimits:
    node.expect("count", "bytes_each", "bytes_total", "types")
    return AttachmentLimits(
        count=node.at("count").whole(),
        bytes_each=node.at("bytes_each").whole(),
        bytes_total=node.at("bytes_total").whole(),
        types=node.texts_under("types"),
    )


def _retention(root: Node) -> Retention:
    node = root.maybe("retention")
    if node is None:
        return Retention()
    node.expect(*RETENTION_KEYS)
    return Retention(**{key: value.whole() for key, value in node.items()})
