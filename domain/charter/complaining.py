"""What a complaint must say, and what of it the organiser may not repeat to the company.

The organiser puts the facts in its own words: a sentence of the author's, read by the company,
would say who wrote.
"""

import re
from collections.abc import Iterable

from domain.refusals import N_, Refusal

SHORTEST_FACTS, LONGEST_FACTS = 30, 5000
LONGEST_SUBJECT = 200
# Shorter runs are everybody's: « la charte des engagements volontaires d'insertion » has six words.
SAME_WORDS = 8

_WORD = re.compile(r"[^\W_]+(?:['’\-.@+][^\W_]+)*")


def faults_of(subject: str, facts: str) -> dict[str, Refusal]:
    """What is wrong with a complaint, by field; nothing when it may be filed."""
    wrong: dict[str, Refusal] = {}
    if not subject:
        wrong["subject"] = Refusal(N_("Dites en une ligne de quoi il s’agit."))
    elif len(subject) > LONGEST_SUBJECT or "\n" in subject:
        wrong["subject"] = Refusal(
            N_("Dites-le en une ligne, de %(most)s caractères au plus."), most=LONGEST_SUBJECT
        )
    if not SHORTEST_FACTS <= len(facts) <= LONGEST_FACTS:
        wrong["facts"] = Refusal(
            N_("Décrivez les faits en %(least)s à %(most)s caractères."),
            least=SHORTEST_FACTS,
            most=LONGEST_FACTS,
        )
    return wrong


def repeated(words: str, author: str, names: Iterable[str] = ()) -> str:
    """What these words take from the author: eight in a row, or a name; nothing when they are free."""
    said = _folded(words)
    for name in names:
        theirs = _folded(name)
        if theirs and _at(said, theirs) is not None:
            return name
    written = _folded(author)
    runs = {
        tuple(written[start : start + SAME_WORDS]) for start in range(len(written) - SAME_WORDS + 1)
    }
    spans = list(_WORD.finditer(words))
    for start in range(len(said) - SAME_WORDS + 1):
        if tuple(said[start : start + SAME_WORDS]) in runs:
            return words[spans[start].start() : spans[start + SAME_WORDS - 1].end()]
    return ""


def _folded(text: str) -> list[str]:
    return [word.group().casefold().replace("’", "'") for word in _WORD.finditer(text)]


def _at(words: list[str], sought: list[str]) -> int | None:
    size = len(sought)
    starts = range(len(words) - size + 1)
    return next((start for start in starts if words[start : start + size] == sought), None)
