"""Read the favourite vote of a template."""

from domain.calendar_parsing import date_from, zone_from
from domain.template_reading import Node
from domain.votes_rules import VoteRules


def vote_from(node: Node) -> VoteRules:
    """The window of the vote, and among whom one chooses."""
    node.expect("opens_at", "closes_at", "publishes_at", "zone", "announced_only")
    rules = VoteRules(
        opens_at=date_from(node.at("opens_at")),
        closes_at=date_from(node.at("closes_at")),
        publishes_at=date_from(node.at("publishes_at")),
        zone=zone_from(node.at("zone")),
        announced_only=node.at("announced_only").yes(),
    )
    window = rules.window_in(2027)
    if not window.opens_at < window.closes_at <= window.publishes_at:
        node.fail("the vote opens, then closes, then its totals are published")
    return rules
