"""Read what a charter asks of people: self-diagnosis, roles, and the yearly report."""

from domain.charter.document import (
    CharterRole,
    Commitment,
    DiagnosisQuestion,
    Narrative,
    ReportForm,
)
from domain.template_reading import Node, check_unique

QUESTIONS_EACH = 2


def questions_from(
    node: Node, commitments: tuple[Commitment, ...]
) -> tuple[DiagnosisQuestion, ...]:
    """The self-diagnosis: as many questions on each commitment."""
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


def roles_from(node: Node) -> tuple[CharterRole, ...]:
    """The roles, of which one signs."""
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


def report_from(node: Node) -> ReportForm:
    """What the yearly report asks besides the values."""
    node.expect("narratives", "support", "comment_limit", "explanation_limit")
    narratives = node.at("narratives").each()
    check_unique([(item.at("code").text(), item) for item in narratives])
    return ReportForm(
        narratives=tuple(_narrative(item) for item in narratives),
        support=node.at("support").words(),
        comment_limit=positive(node.at("comment_limit")),
        explanation_limit=positive(node.at("explanation_limit")),
    )


def _narrative(node: Node) -> Narrative:
    node.expect("code", "name", "help", "limit")
    return Narrative(
        code=node.at("code").text(),
        name=node.at("name").words(),
        help=node.at("help").words(),
        limit=positive(node.at("limit")),
    )


def positive(node: Node) -> int:
    """A whole number above zero."""
    number = node.whole()
    return number if number > 0 else node.fail("a number above zero is expected")
