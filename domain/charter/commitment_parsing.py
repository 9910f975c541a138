"""Read the commitments of a charter and their indicators."""

from collections.abc import Mapping

from domain.charter.document import Commitment
from domain.charter.indicators import NUMERIC, WHOLE_SHARE, Indicator, Kind, Sense, Span
from domain.template_reading import Node, check_unique
from domain.texts import NO_TEXT

COMMITMENT_KEYS = ("code", "compulsory", "name", "gloss", "evidence", "basis", "indicators")
INDICATOR_KEYS = (
    "code",
    "name",
    "kind",
    "unit",
    "sense",
    "period",
    "decimals",
    "at_most",
    "counts_people",
    "part_of",
    "hidden_with",
)
MOST_DECIMALS = 2


def commitments_from(node: Node) -> tuple[Commitment, ...]:
    """The commitments, each with its indicators; no code serves twice in the charter."""
    items = node.each()
    check_unique([(item.at("code").text(), item) for item in items])
    check_unique(
        [(each.at("code").text(), each) for item in items for each in item.at("indicators").each()]
    )
    return tuple(_commitment(item) for item in items) or node.fail("a commitment is expected")


def _commitment(node: Node) -> Commitment:
    node.expect(*COMMITMENT_KEYS)
    compulsory, basis = node.maybe("compulsory"), node.maybe("basis")
    indicators = tuple(_indicator(item) for item in node.at("indicators").each())
    _check_bonds(node.at("indicators"), {each.code: each for each in indicators})
    return Commitment(
        code=node.at("code").text(),
        name=node.at("name").words(),
        gloss=node.at("gloss").words(),
        indicators=indicators or node.at("indicators").fail("an indicator is expected"),
        evidence=tuple(item.words() for item in node.at("evidence").each()),
        basis=basis.words() if basis else NO_TEXT,
        compulsory=compulsory.yes() if compulsory else False,
    )


def _indicator(node: Node) -> Indicator:
    node.expect(*INDICATOR_KEYS)
    counts, part_of, hidden_with = (
        node.maybe(key) for key in ("counts_people", "part_of", "hidden_with")
    )
    indicator = Indicator(
        code=node.at("code").text(),
        name=node.at("name").words(),
        kind=node.at("kind").one_of(Kind),
        unit=node.at("unit").words(),
        sense=node.at("sense").one_of(Sense),
        period=node.at("period").one_of(Span),
        decimals=_decimals(node),
        at_most=_at_most(node),
        counts_people=counts.yes() if counts else False,
        part_of=part_of.text() if part_of else "",
        hidden_with=hidden_with.text() if hidden_with else "",
    )
    if indicator.counts_people and (indicator.kind is not Kind.NUMBER or indicator.decimals):
        node.at("counts_people").fail("people are counted by a whole number")
    return indicator


def _decimals(node: Node) -> int:
    found = node.maybe("decimals")
    if found is None:
        return 0
    if Kind(node.at("kind").text()) not in NUMERIC:
        found.fail("only a number has decimals")
    if not 0 <= found.whole() <= MOST_DECIMALS:
        found.fail(f"a number between 0 and {MOST_DECIMALS} is expected")
    return found.whole()


def _at_most(node: Node) -> int:
    found = node.maybe("at_most")
    if found is None:
        return WHOLE_SHARE
    if node.at("kind").text() != Kind.PERCENT:
        found.fail("only a percentage has a maximum")
    if found.whole() < WHOLE_SHARE:
        found.fail("a percentage goes up to 100 at least")
    return found.whole()


def _check_bonds(node: Node, known: Mapping[str, Indicator]) -> None:
    """A part belongs to a count of people that is itself nobody's part, or masking would chain."""
    for item in node.each():
        for key in ("part_of", "hidden_with"):
            bond = item.maybe(key)
            if bond and not _is_whole(known.get(bond.text())):
                bond.fail(f"“{bond.text()}” is no whole count of people of this commitment")
        part = known[item.at("code").text()]
        if part.part_of and not (part.counts_people or part.kind is Kind.PERCENT):
            item.at("part_of").fail("a part of people is a count of people or a percentage")


def _is_whole(indicator: Indicator | None) -> bool:
    return indicator is not None and indicator.counts_people and not indicator.part_of
