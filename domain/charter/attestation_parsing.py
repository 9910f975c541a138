"""Read what a charter says in public: levels of verification, and the attestation."""

from domain.charter.document import AttestationTexts, Level, LevelNamed
from domain.charter.filling import filled_at
from domain.charter.states import LIVING, State
from domain.charter.wording import said
from domain.template_reading import Node
from domain.texts import Text

ATTESTATION_KEYS = (
    "statement",
    "former",
    "disclaimer",
    "not_valid",
    "with_scheme",
    "standings",
    "withdrawn_without_report",
)
SHOWN = LIVING | {State.CEASED, State.REMOVED, State.WITHDRAWN, State.FORMER}
STATEMENT = frozenset({"company", "siren", "since", "day", "standing"})
STANDING = frozenset({"since_state"})


def levels_from(node: Node) -> tuple[LevelNamed, ...]:
    """The names of the three levels of verification, from the lowest."""
    levels = tuple(_level(item) for item in node.each())
    if [level.code for level in levels] != list(Level):
        node.fail(f"the levels expected are {', '.join(Level)}, in that order")
    return levels


def _level(node: Node) -> LevelNamed:
    node.expect("code", "name", "gloss")
    return LevelNamed(
        node.at("code").one_of(Level), node.at("name").words(), node.at("gloss").words()
    )


def attestation_from(node: Node) -> AttestationTexts:
    """The sentences of the attestation, one standing for each state that the public sees."""
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
    filled_at(node, {name: said(name) for name in known})
    return node.words()
