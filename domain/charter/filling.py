"""Fill the texts of a charter while it is read, so that a wrong name is found at its place."""

from collections.abc import Mapping

from domain.charter.wording import filled
from domain.template_reading import Node
from domain.texts import Text

Facts = Mapping[str, Text]


def filled_at(node: Node, facts: Facts) -> Text:
    """The words that stand here, with what the facts say in place of every {name}."""
    try:
        return filled(node.words(), facts)
    except KeyError as unknown:
        return node.fail(f"unknown name {{{unknown.args[0]}}}")
