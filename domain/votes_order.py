"""The order in which a visitor reads the candidates: its own, always the same, favouring none."""

from collections.abc import Iterable
from hashlib import sha256


def shuffled(candidates: Iterable[str], visitor: str) -> tuple[str, ...]:
    """The candidates in an order that the visitor alone decides."""
    return tuple(sorted(candidates, key=lambda each: sha256(f"{visitor}:{each}".encode()).digest()))
