"""A file of jurors, as organisers keep it: one line each, French or English titles."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.addresses import parse_address
from domain.refusals import N_, Fact, Refusal
from domain.siret import parse_siren

MOST_LINES = 500
LONGEST = 200
SEPARATORS = ";,\t"

# How the columns may be titled; the first is ours.
TITLES = {
    "email": ("email", "courriel", "e-mail", "mail", "adresse"),
    "name": ("name", "nom", "nom complet", "prénom et nom"),
    "organisation": ("organisation", "organization", "structure", "organisme"),
    "siren": ("siren",),
    "is_chair": ("is_chair", "chair", "présidence", "president", "président"),
    "reserve_place": ("reserve_place", "reserve", "réserve", "place en réserve"),
    "expertise": ("expertise", "catégories", "categories", "trophées"),
}
YES = frozenset({"oui", "yes", "true", "vrai", "x", "1"})
_PLACE = re.compile("[1-9][0-9]{0,2}")
NO = frozenset({"", "non", "no", "false", "faux", "0"})


@dataclass(frozen=True, slots=True)
class NewJuror:
    """Somebody to invite, or to keep in reserve when a place is given."""

    email: str
    name: str = ""
    organisation: str = ""
    siren: str = ""
    is_chair: bool = False
    reserve_place: int | None = None
    expertise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongLine:
    """What keeps a line out, in French, with its facts."""

    line: int
    sentence: str
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])


@dataclass(frozen=True, slots=True)
class JurorLines:
    """The lines that can be used, with their number, and those that cannot."""

    good: tuple[tuple[int, NewJuror], ...]
    wrong: tuple[WrongLine, ...]


def read_csv(content: bytes) -> JurorLines:
    """The jurors of a file: UTF-8 or Windows, separated by semicolons, commas or tabs."""
    good: list[tuple[int, NewJuror]] = []
    wrong: list[WrongLine] = []
    seen: set[str] = set()
    for number, cells in _rows(_text(content)):
        try:
            juror = juror_from(cells)
            _check_new(juror, seen)
            good.append((number, juror))
        except Refusal as refusal:
            wrong.append(WrongLine(number, refusal.sentence, refusal.facts))
    return JurorLines(tuple(good), tuple(wrong))


def juror_from(cells: Mapping[str, str]) -> NewJuror:
    """A juror from what was typed, by our column names, or a refusal that says what is wrong."""
    return NewJuror(
        email=parse_address(cells.get("email", "")),
        name=_short(cells.get("name", "")),
        organisation=_short(cells.get("organisation", "")),
        siren=_if_given(parse_siren, cells.get("siren", "")),
        is_chair=_yes_or_no(cells.get("is_chair", "")),
        reserve_place=_place(cells.get("reserve_place", "")),
        expertise=_codes(cells.get("expertise", "")),
    )


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    titles, _, _ = text.partition("\n")
    separator = max(SEPARATORS, key=titles.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Refusal(N_("Ce fichier n'est pas un fichier CSV lisible.")) from error
    if len(lines) > MOST_LINES + 1:
        raise Refusal(N_("Ce fichier dépasse %(most)s lignes : coupez-le."), most=MOST_LINES)
    columns = _columns(lines[0][1] if lines else [])
    return [(number, dict(zip(columns, row, strict=False))) for number, row in lines[1:]]


def _columns(titles: list[str]) -> list[str]:
    ours = {known: column for column, names in TITLES.items() for known in names}
    columns = [ours.get(title.strip().lower(), "") for title in titles]
    if "email" not in columns:
        raise Refusal(
            N_("La première ligne doit nommer les colonnes, et l'une d'elles « courriel ».")
        )
    return columns


def _check_new(juror: NewJuror, seen: set[str]) -> None:
    if juror.email in seen:
        raise Refusal(N_("Cette adresse est déjà plus haut dans le fichier."))
    seen.add(juror.email)


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _short(typed: str) -> str:
    return " ".join(typed.split())[:LONGEST]


def _codes(typed: str) -> tuple[str, ...]:
    """The codes of the categories that somebody knows, in any order, said once."""
    return tuple(sorted(set(_short(typed).upper().replace(",", " ").replace("/", " ").split())))


def _if_given(parse: Callable[[str], str], typed: str) -> str:
    return parse(typed) if typed.strip() else ""


def _yes_or_no(typed: str) -> bool:
    word = typed.strip().lower()
    if word not in YES | NO:
        raise Refusal(N_("Écrivez oui ou non pour la présidence."))
    return word in YES


def _place(typed: str) -> int | None:
    digits = typed.strip()
    if not digits:
        return None
    if not _PLACE.fullmatch(digits):
        raise Refusal(
            N_("La place en réserve est un nombre, à partir de 1 ; vide si la personne siège.")
        )
    return int(digits)
