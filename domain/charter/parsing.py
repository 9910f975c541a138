"""Read a version of the charter from its document, or say where the document is wrong."""

from collections.abc import Mapping
from datetime import date

from domain.charter.commitment_parsing import commitments_from
from domain.charter.document import (
    Article,
    AttestationTexts,
    CharterDocument,
    CharterRole,
    Commitment,
    DiagnosisQuestion,
    Level,
    LevelNamed,
    Narrative,
    ReportForm,
)
from domain.charter.locked_words import check_words
from domain.charter.periods import periods_from
from domain.charter.sizes import Size
from domain.charter.states import IN_ORDER, LIVING, State
from domain.charter.wording import filled, period_facts, said
from domain.edition_parsing import fingerprint
from domain.template_reading import Node, TemplateError, check_unique
from domain.texts import Text

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
ATTESTATION_KEYS = (
    "statement",
    "former",
    "disclaimer",
    "not_valid",
    "with_scheme",
    "standings",
    "withdrawn_without_report",
)
SHOWN = LIVING | IN_ORDER | {State.CEASED, State.REMOVED, State.WITHDRAWN, State.FORMER}
QUESTIONS_EACH = 2
SMALLEST_THRESHOLD = 2
STATEMENT = frozenset({"company", "siren", "since", "day", "standing"})
STANDING = frozenset({"since_state"})

Facts = Mapping[str, Text]


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
        version=_positive(root.at("version")),
        in_force_from=_day(root.at("in_force_from")),
        name=root.at("name").words(),
        preamble=tuple(_filled(item, facts) for item in root.at("preamble").each()),
        articles=_articles(root.at("articles"), facts),
        commitments=commitments,
        minimum_optional=minimum,
        self_diagnosis=_questions(root.at("self_diagnosis"), commitments),
        roles=_roles(root.at("roles")),
        one_person_may_hold_all=frozenset(
            item.one_of(Size) for item in root.at("one_person_may_hold_all").each()
        ),
        report=_report(root.at("report")),
        levels=_levels(root.at("levels")),
        attestation=_attestation(root.at("attestation")),
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


def _positive(node: Node) -> int:
    number = node.whole()
    return number if number > 0 else node.fail("a number above zero is expected")


def _small_counts(node: Node) -> int:
    number = node.whole()
    return number if number >= SMALLEST_THRESHOLD else node.fail("2 or more is expected")


def _filled(node: Node, facts: Facts) -> Text:
    try:
        return filled(node.words(), facts)
    except KeyError as unknown:
        return node.fail(f"unknown name {{{unknown.args[0]}}}")


def _articles(node: Node, facts: Facts) -> tuple[Article, ...]:
    items = node.each()
    check_unique([(item.at("code").text(), item) for item in items])
    return tuple(_article(item, facts) for item in items)


def _article(node: Node, facts: Facts) -> Article:
    node.expect("code", "title", "paragraphs")
    return Article(
        code=node.at("code").text(),
        title=node.at("title").words(),
        paragraphs=tuple(_filled(item, facts) for item in node.at("paragraphs").each()),
    )


def _minimum(node: Node, commitments: tuple[Commitment, ...]) -> dict[Size, int]:
    node.expect(*Size)
    optional = sum(not each.compulsory for each in commitments)
    for size in Size:
        if not 0 <= node.at(size).whole() <= optional:
            node.at(size).fail(f"a number between 0 and {optional} is expected")
    return {size: node.at(size).whole() for size in Size}


def _questions(node: Node, commitments: tuple[Commitment, ...]) -> tuple[DiagnosisQuestion, ...]:
    items = node.each()
    check_unique([(item.at("code").text(), item) for item in items])
    questions = tuple(_question(item, {each.code for each in commitments}) for item in items)
    for commitment in commitments:
        count = sum(each.commitment == commitment.code for each in questions)
        if count != QUESTIONS_EACH:
            node.fail(f"{count} questions on “{commitment.code}”, where 2 are expected")
    return questions


def _question(node: Node, commitments: set[str]) -> DiagnosisQuestion:
    node.expect("code", "commitment", "asks")
    commitment = node.at("commitment")
    if commitment.text() not in commitments:
        commitment.fail(f"unknown commitment “{commitment.text()}”")
    return DiagnosisQuestion(node.at("code").text(), commitment.text(), node.at("asks").words())


def _roles(node: Node) -> tuple[CharterRole, ...]:
    items = node.each()
    check_unique([(item.at("code").text(), item) for item in items])
    roles = tuple(_role(item) for item in items)
    if sum(role.signs for role in roles) != 1:
        node.fail("exactly one role signs")
    return roles


def _role(node: Node) -> CharterRole:
    node.expect("code", "name", "gloss", "signs")
    signs = node.maybe("signs")
    return CharterRole(
        code=node.at("code").text(),
        name=node.at("name").words(),
        gloss=node.at("gloss").words(),
        signs=signs.yes() if signs else False,
    )


def _report(node: Node) -> ReportForm:
    node.expect("narratives", "support", "comment_limit", "explanation_limit")
    narratives = node.at("narratives").each()
    check_unique([(item.at("code").text(), item) for item in narratives])
    return ReportForm(
        narratives=tuple(_narrative(item) for item in narratives),
        support=node.at("support").words(),
        comment_limit=_positive(node.at("comment_limit")),
        explanation_limit=_positive(node.at("explanation_limit")),
    )


def _narrative(node: Node) -> Narrative:
    node.expect("code", "name", "help", "limit")
    return Narrative(
        code=node.at("code").text(),
        name=node.at("name").words(),
        help=node.at("help").words(),
        limit=_positive(node.at("limit")),
    )


def _levels(node: Node) -> tuple[LevelNamed, ...]:
    levels = tuple(_level(item) for item in node.each())
    if [level.code for level in levels] != list(Level):
        node.fail(f"the levels expected are {', '.join(Level)}, in that order")
    return levels


def _level(node: Node) -> LevelNamed:
    node.expect("code", "name", "gloss")
    return LevelNamed(
        node.at("code").one_of(Level), node.at("name").words(), node.at("gloss").words()
    )


def _attestation(node: Node) -> AttestationTexts:
    node.expect(*ATTESTATION_KEYS)
    standings = node.at("standings")
    standings.expect(*SHOWN)
    return AttestationTexts(
        statement=_with_names(node.at("statement"), STATEMENT),
        former=_with_names(node.at("former"), STATEMENT - {"since"}),
        disclaimer=_with_names(node.at("disclaimer"), frozenset()),
        not_valid=_with_names(node.at("not_valid"), frozenset()),
        with_scheme=_with_names(node.at("with_scheme"), frozenset({"scheme"})),
        standings={
            state: _with_names(standings.at(state), STANDING) for state in State if state in SHOWN
        },
        withdrawn_without_report=_with_names(node.at("withdrawn_without_report"), STANDING),
    )


def _with_names(node: Node, known: frozenset[str]) -> Text:
    """Words that may use these names, checked now so that no page breaks on another one later."""
    _filled(node, {name: said(name) for name in known})
    return node.words()
