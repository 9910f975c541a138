"""What an entry file still lacks before the head of the company may sign it."""

from collections.abc import Iterator
from datetime import date

from domain.addresses import parse_address
from domain.answers import UNPRINTABLE
from domain.charter.document import CharterDocument, CharterRole, Commitment
from domain.charter.entry import NO_TARGET, NOBODY, Entry, Holder, Target, chosen, followed
from domain.charter.gaps import Gap, Part, gap_from
from domain.charter.indicators import Indicator, Kind
from domain.charter.sizes import Size
from domain.charter.values import parse_day, parse_value
from domain.refusals import N_, Refusal

LONGEST_NAME = 200

_NO_SIZE = N_("Indiquez la taille de votre structure\u00a0: elle fixe le nombre d’engagements.")
_UNKNOWN = N_("L’engagement %(code)s n’existe pas dans cette version de la charte.")
_COMPULSORY = N_("L’engagement %(code)s est commun à tous les signataires\u00a0: retenez-le.")
_TOO_FEW = N_(
    "Engagements à choisir en plus des engagements communs\u00a0: au moins %(minimum)s. "
    "Choisis\u00a0: %(count)s."
)
_NO_INDICATOR = N_(
    "Donnez à l’engagement %(code)s au moins un indicateur, avec sa valeur de départ, "
    "sa cible et son échéance."
)
_PAST = N_("L’échéance doit venir après aujourd’hui, le %(today)s.")
_PAST_TARGET = N_("La date visée doit venir après aujourd’hui, le %(today)s.")
_BEYOND = N_("L’échéance ne peut pas dépasser le terme de l’adhésion, le %(term)s.")
_NOBODY = N_("Indiquez qui tient ce rôle.")
_TOO_LONG = N_("Écrivez un nom et une fonction de %(limit)s caractères au plus.")
_UNREADABLE = N_("Cette réponse contient un caractère qui ne s’imprime pas.")
_NO_ADDRESS = N_("Indiquez l’adresse électronique de la personne qui signe.")
_ONE_PERSON = N_(
    "Une même personne ne peut tenir tous les rôles que dans une très petite entreprise\u00a0: "
    "confiez-en au moins un à quelqu’un d’autre."
)


def gaps(
    document: CharterDocument, size: Size | None, entry: Entry, term: date, today: date
) -> tuple[Gap, ...]:
    """Everything to repair before signing, in the order of the pages; nothing when all is there."""
    return (
        *_choice_gaps(document, size, entry),
        *_target_gaps(document, entry, term, today),
        *role_gaps(document, size, entry),
    )


def _choice_gaps(document: CharterDocument, size: Size | None, entry: Entry) -> Iterator[Gap]:
    known = {each.code for each in document.commitments}
    for code in entry.commitments:
        if code not in known:
            yield Gap(Part.CHOICE, code, _UNKNOWN, {"code": code[:10]})
    for each in document.compulsory:
        if each.code not in entry.commitments:
            yield Gap(Part.CHOICE, each.code, _COMPULSORY, {"code": each.code})
    if size is None:
        yield Gap(Part.CHOICE, "size", _NO_SIZE)
        return
    count = sum(each.code in entry.commitments for each in document.optional)
    minimum = document.minimum(size)
    if count < minimum:
        yield Gap(Part.CHOICE, "commitments", _TOO_FEW, {"minimum": minimum, "count": count})


def _target_gaps(document: CharterDocument, entry: Entry, term: date, today: date) -> Iterator[Gap]:
    for commitment in chosen(document, entry):
        indicators = followed(commitment, entry)
        if not indicators:
            yield _without_indicator(commitment)
        for indicator in indicators:
            target = entry.targets.get(indicator.code, NO_TARGET)
            yield from _value_gaps(indicator, target, today)
            yield from _day_gaps(indicator, target, term, today)


def _without_indicator(commitment: Commitment) -> Gap:
    return Gap(Part.TARGETS, commitment.code, _NO_INDICATOR, {"code": commitment.code})


def _value_gaps(indicator: Indicator, target: Target, today: date) -> Iterator[Gap]:
    for box, typed in (("baseline", target.baseline), ("target", target.target)):
        try:
            value = parse_value(indicator, typed)
        except Refusal as refusal:
            yield gap_from(refusal, Part.TARGETS, indicator.code, box)
            continue
        is_aim = box == "target" and indicator.kind is Kind.DATE
        if is_aim and isinstance(value, date) and value <= today:
            facts = {"today": today}
            yield Gap(Part.TARGETS, indicator.code, _PAST_TARGET, facts, box)


def _day_gaps(indicator: Indicator, target: Target, term: date, today: date) -> Iterator[Gap]:
    try:
        by = parse_day(target.by)
    except Refusal as refusal:
        yield gap_from(refusal, Part.TARGETS, indicator.code, "by")
        return
    if by <= today:
        yield Gap(Part.TARGETS, indicator.code, _PAST, {"today": today}, "by")
    elif by > term:
        yield Gap(Part.TARGETS, indicator.code, _BEYOND, {"term": term}, "by")


def role_gaps(document: CharterDocument, size: Size | None, entry: Entry) -> Iterator[Gap]:
    """What is missing or wrong in who holds which role."""
    for role in document.roles:
        yield from _holder_gaps(role, entry.roles.get(role.code, NOBODY))
    people = {entry.roles.get(role.code, NOBODY).person for role in document.roles}
    may_be_one = size is None or size in document.one_person_may_hold_all
    if len(people) == 1 and people != {""} and not may_be_one:
        yield Gap(Part.ROLES, document.signatory.code, _ONE_PERSON)


def _holder_gaps(role: CharterRole, holder: Holder) -> Iterator[Gap]:
    if not holder.name:
        yield Gap(Part.ROLES, role.code, _NOBODY, box="name")
    for box, typed in (("name", holder.name), ("function", holder.function)):
        if len(typed) > LONGEST_NAME:
            yield Gap(Part.ROLES, role.code, _TOO_LONG, {"limit": LONGEST_NAME}, box)
        elif UNPRINTABLE.search(typed):
            yield Gap(Part.ROLES, role.code, _UNREADABLE, box=box)
    if role.signs and not holder.email:
        yield Gap(Part.ROLES, role.code, _NO_ADDRESS, box="email")
    elif holder.email:
        try:
            parse_address(holder.email)
        except Refusal as refusal:
            yield gap_from(refusal, Part.ROLES, role.code, "email")
