"""Writing a draft: until when, and what becomes of it when two people write at once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.final_files import GONE_UP, Entry
from domain.phases import Phase
from domain.refusals import N_, Refusal

Answers = Mapping[str, object]

_SHUT = {
    Status.ADMITTED: N_(
        "Cette candidature est déclarée recevable : elle est figée pour le jury. Elle reste lisible."
    ),
    Status.REFUSED: N_(
        "Cette candidature n'a pas été déclarée recevable : elle ne peut plus être modifiée."
    ),
    Status.LAPSED: N_(
        "Les candidatures sont closes et ce brouillon n'a pas été envoyé : il reste lisible, sans "
        "pouvoir être modifié."
    ),
    Status.WITHDRAWN: N_("Cette candidature a été retirée : elle reste lisible, rien de plus."),
    Status.DUPLICATE: N_(
        "Cette candidature a été close comme doublon d'une autre de la même entreprise : elle reste "
        "lisible, rien de plus."
    ),
    Status.RETURNING: N_(
        "Cette candidature demande à revenir : elle reste lisible, telle qu'elle a été envoyée, "
        "jusqu'à la réponse de l'organisation."
    ),
}
_NOT_YET = N_("Les candidatures ne sont pas encore ouvertes.")
_CLOSED = N_("Les candidatures sont closes : ce dossier reste lisible, sans pouvoir être modifié.")
_FINAL_NOT_YET = N_(
    "Votre dossier est repris tel que vous l'aviez envoyé. Vous pourrez le mettre à jour à partir du "
    "%(opens_at)s."
)
_FINAL_CLOSED = N_(
    "La mise à jour des dossiers de la finale est close : le jury national lit la dernière version "
    "envoyée."
)
_TOO_LATE = N_("Le délai pour compléter ce dossier est passé : il reste lisible, tel que reçu.")


def check_writable(  # noqa: PLR0913, PLR0917  (what a draft may be closed by)
    status: Status,
    phase: Phase,
    calendar: CycleCalendar,
    complements_until: datetime | None,
    now: datetime,
    entry: Entry = Entry.APPLIED,
) -> None:
    """Refuse to write in a draft that is closed, saying why; the technical tolerance is open."""
    if entry in GONE_UP and status is Status.ADMITTED:
        _check_final(phase, calendar, now)
        return
    if status in _SHUT:
        raise Refusal(_SHUT[status])
    if status is Status.COMPLEMENTS:
        if complements_until is not None and now > complements_until:
            raise Refusal(_TOO_LATE)
        return
    if phase is Phase.PREPARED:
        raise Refusal(_NOT_YET)
    if phase is not Phase.OPEN or now > calendar.closes_at + calendar.tolerance:
        raise Refusal(_CLOSED)


def _check_final(phase: Phase, calendar: CycleCalendar, now: datetime) -> None:
    """A file of the final is updated while the final is open, and goes as it is otherwise."""
    if phase is Phase.PREPARED:
        raise Refusal(_FINAL_NOT_YET, opens_at=calendar.opens_at)
    if phase is not Phase.OPEN or now > calendar.closes_at + calendar.tolerance:
        raise Refusal(_FINAL_CLOSED)


@dataclass(frozen=True, slots=True)
class Clash:
    """An answer that two people changed since the page was opened."""

    code: str
    kept: object
    typed: object


@dataclass(frozen=True, slots=True)
class Merge:
    """The draft after a save, and what a colleague wrote meanwhile."""

    answers: dict[str, object]
    clashes: tuple[Clash, ...]
    seen: dict[str, str]


def merged(kept: Answers, typed: Answers, seen: Mapping[str, str]) -> Merge:
    """Take what this person changed; where a colleague changed the same answer, keep theirs.

    ``seen`` holds the mark of each answer as the page showed it: what is typed but was not
    changed never overwrites, and an answer changed by both is a clash, kept as it was.
    """
    answers = dict(kept)
    clashes: list[Clash] = []
    marks: dict[str, str] = {}
    for code, answer in typed.items():
        mine, theirs, before = mark_of(answer), mark_of(kept.get(code)), seen.get(code, "")
        changed_by_both = before not in {mine, theirs} and mine != theirs
        marks[code] = before if changed_by_both or mine == before else mine
        if changed_by_both:
            clashes.append(Clash(code, kept.get(code), answer))
        elif mine not in {before, theirs}:
            _put(answers, code, answer)
    return Merge(answers, tuple(clashes), marks)


def marks_of(answers: Answers, codes: Iterable[str]) -> dict[str, str]:
    """What a page remembers of the answers that it shows."""
    return {code: mark_of(answers.get(code)) for code in codes}


def written(marks: Mapping[str, str]) -> str:
    """Marks as one hidden field carries them."""
    return " ".join(f"{code}={mark}" for code, mark in marks.items())


def marks_in(revision: str) -> dict[str, str]:
    """The marks of a hidden field; what is missing counts as never seen."""
    pairs = (pair.partition("=") for pair in revision.split())
    return {code: mark for code, _, mark in pairs}


def mark_of(answer: object) -> str:
    """A short print of an answer; nothing at all has none."""
    if is_nothing(answer):
        return ""
    canonical = json.dumps(answer, ensure_ascii=False, sort_keys=True)
    return sha256(canonical.encode()).hexdigest()[:12]


def is_nothing(answer: object) -> bool:
    """Whether there is no answer to keep."""
    if isinstance(answer, Mapping):
        return not any(answer.values())  # type: ignore[reportUnknownMemberType]  (JSON of a row)
    return not answer


def _put(answers: dict[str, object], code: str, answer: object) -> None:
    if is_nothing(answer):
        answers.pop(code, None)
    else:
        answers[code] = answer
