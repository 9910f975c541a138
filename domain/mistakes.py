"""Refusals that waiting would not change: what was typed is wrong."""

from domain.refusals import Refusal


class Mistake(Refusal):
    """What was sent can never be accepted, whatever the moment."""
