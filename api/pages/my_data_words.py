"""How each part of what is kept of a person reads on their page: its columns, and the words of its codes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.organiser.letter_words import KINDS, STATES
from api.pages.organiser.trace_words import ACTS
from domain import applications, jurors, members, partners
from domain.charter import alerts, states
from domain.refusals import N_

MOST_SHOWN = 50

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A value by its key, under a heading; ``names`` says the codes in words."""

    key: str
    heading: str
    names: Mapping[Any, str] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One part: its title, how many rows are kept, and the newest of them."""

    title: str
    count: int
    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


_WHEN, _UNTIL, _CYCLE = N_("Quand"), N_("Jusqu’au"), N_("Trophées")
_NAME, _STATE, _COMPANY = N_("Nom"), N_("État"), N_("Entreprise")
PARTS: Mapping[str, tuple[str, tuple[Column, ...]]] = {
    "sessions": (
        N_("Connexions ouvertes"),
        (Column("created_at", N_("Depuis")), Column("expires_at", _UNTIL)),
    ),
    "keys": (N_("Clés pour des programmes"), (Column("name", _NAME), Column("expires_at", _UNTIL))),
    "rights": (N_("Trophées que vous organisez"), (Column("name", _CYCLE),)),
    "applications": (
        N_("Candidatures"),
        (
            Column("company", _COMPANY),
            Column("title", N_("Action")),
            Column("cycle", _CYCLE),
            Column("role", N_("Votre rôle"), members.NAMES),
            Column("status", _STATE, applications.NAMES),
        ),
    ),
    "files": (
        N_("Pièces que vous avez jointes"),
        (Column("name", _NAME), Column("added_at", _WHEN)),
    ),
    "partnerships": (
        N_("Partenariats"),
        (Column("name", _COMPANY), Column("status", _STATE, partners.NAMES)),
    ),
    "juries": (
        N_("Jurys"),
        (
            Column("cycle", _CYCLE),
            Column("organisation", N_("Organisation")),
            Column("status", _STATE, jurors.JUROR_NAMES),
        ),
    ),
    "conflicts": (
        N_("Liens que vous avez déclarés"),
        (Column("at", _WHEN), Column("reason", N_("Motif"))),
    ),
    "cards": (
        N_("Fiches de notation"),
        (
            Column("closed_at", _WHEN),
            Column("status", _STATE, jurors.CARD_NAMES),
            Column("note", N_("Note")),
        ),
    ),
    "adherences": (
        N_("Adhésions à la charte"),
        (Column("company", _COMPANY), Column("state", _STATE, states.NAMES)),
    ),
    "complaints": (
        N_("Signalements que vous avez écrits"),
        (
            Column("received_at", _WHEN),
            Column("subject", N_("Objet")),
            Column("step", _STATE, alerts.NAMES),
        ),
    ),
    "letters": (
        N_("Courriers"),
        (
            Column("sent_at", _WHEN),
            Column("kind", N_("Objet"), KINDS),
            Column("state", _STATE, STATES),
        ),
    ),
    "requests": (
        N_("Vos demandes"),
        (Column("arrived_at", _WHEN), Column("kind", N_("Démarche"), ACTS)),
    ),
    "journal": (
        N_("Ce que le journal garde de vos démarches"),
        (
            Column("at", _WHEN),
            Column("act", N_("Démarche"), ACTS),
            Column("reason", N_("Motif")),
        ),
    ),
}


def shown(kept: Mapping[str, Sequence[Mapping[str, Any]]], say: Say) -> Iterator[Shown]:
    """The parts that hold something, newest rows first, in the reader's language."""
    for part, (title, columns) in PARTS.items():
        if rows := kept[part]:
            yield Shown(
                say(title),
                len(rows),
                tuple(say(each.heading) for each in columns),
                tuple(
                    tuple(_cell(row[each.key], each.names, say) for each in columns)
                    for row in reversed(rows[-MOST_SHOWN:])
                ),
            )


def _cell(value: object, names: Mapping[Any, str] | None, say: Say) -> object:
    if names is None or value is None:
        return value
    return say(names[value]) if value in names else str(value).replace("_", " ")
