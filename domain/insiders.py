"""Who may know of the internal trophies of a company: addresses, or every address of its mail domain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.addresses import parse_address
from domain.refusals import N_, Fact, Refusal

MOST_LINES = 2000
_SEPARATORS = re.compile(r"[;,\t]")
_HEADINGS = frozenset({"email", "courriel", "e-mail", "mail", "adresse"})
# Anybody may have an address there: it would open the trophies to the world.
OPEN_TO_ALL = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr"),
        *("live.fr", "live.com", "yahoo.com", "yahoo.fr", "icloud.com", "me.com", "aol.com"),
        *("orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr", "neuf.fr"),
        *("proton.me", "protonmail.com", "gmx.fr", "gmx.com", "mail.com"),
    }
)


class InsiderKind(StrEnum):
    """One person, or everybody of a mail domain."""

    ADDRESS = "address"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class Insider:
    """Somebody who may know."""

    kind: InsiderKind
    value: str


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that lets nobody in, and why."""

    line: int
    sentence: str
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])


@dataclass(frozen=True, slots=True)
class InsiderLines:
    """Those that can be let in, each once, and the lines that cannot."""

    good: tuple[Insider, ...]
    wrong: tuple[WrongLine, ...]


def read_insiders(text: str) -> InsiderLines:
    """One address or one domain a line, as typed or as the first column of a file."""
    good: dict[Insider, None] = {}
    wrong: list[WrongLine] = []
    lines = text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES], 1):
        cell = _SEPARATORS.split(line.strip(), maxsplit=1)[0].strip().strip('"')
        if not cell or (number == 1 and cell.lower() in _HEADINGS):
            continue
        try:
            good[insider_from(cell)] = None
        except Refusal as refusal:
            wrong.append(WrongLine(number, refusal.sentence, refusal.facts))
    if len(lines) > MOST_LINES:
        sentence = N_("Cette liste a plus de %(most)s lignes : la suite n'est pas lue.")
        wrong.append(WrongLine(MOST_LINES + 1, sentence, {"most": MOST_LINES}))
    return InsiderLines(tuple(good), tuple(wrong))


def insider_from(typed: str) -> Insider:
    """An address, or a domain written « @exemple.fr » or « exemple.fr »."""
    cell = typed.strip().lower()
    if "@" in cell.removeprefix("@"):
        return Insider(InsiderKind.ADDRESS, parse_address(cell))
    try:
        domain = parse_address(f"nom@{cell.removeprefix('@')}").partition("@")[2]
    except Refusal:
        raise Refusal(
            N_(
                "« %(typed)s » n'est ni une adresse ni un domaine. Exemples : nom@exemple.fr, "
                "@exemple.fr."
            ),
            typed=typed[:60],
        ) from None
    if domain in OPEN_TO_ALL:
        raise Refusal(
            N_(
                "Chacun peut avoir une adresse en @%(domain)s : donnez plutôt les adresses une à une."
            ),
            domain=domain,
        )
    return Insider(InsiderKind.DOMAIN, domain)
