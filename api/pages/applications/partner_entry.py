"""Whom a company names as its partner, and what is wrong in it, by field."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.posted import PostedForm
from domain.addresses import parse_address
from domain.partners import EMAIL, KIND, SIRET, kinds_in, sharable_in
from domain.refusals import N_, Refusal
from domain.siret import Siret, parse_siret, siren_of
from storage.reads.company import Work
from storage.reads.partnership import Partnership

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class PartnerEntry:
    """An establishment, its type, who answers for it, and what else they may read."""

    siret: Siret
    kind: str
    name: str
    email: str
    shares: tuple[str, ...]


def entry_in(form: PostedForm, work: Work) -> tuple[PartnerEntry | None, dict[str, Refusal]]:
    """What was typed, or what is wrong in it."""
    wrong: dict[str, Refusal] = {}
    siret, email = Siret(""), ""
    kind, name = form.get("kind"), " ".join(form.get("name").split())
    try:
        siret = parse_siret(form.get("siret"))
    except Refusal as refusal:
        typed = form.get("siret").strip()
        wrong["siret"] = refusal if typed else Refusal(N_("Indiquez le SIRET de votre partenaire."))
    if siret and siren_of(siret) == work.siret[:9]:
        wrong["siret"] = Refusal(N_("Le partenaire est une autre structure que la vôtre."))
    if kind not in {code for code, _ in kinds_in(work.template)}:
        wrong["kind"] = Refusal(N_("Choisissez le type de la structure."))
    if not 0 < len(name) <= LONGEST_NAME:
        wrong["name"] = Refusal(
            N_("Indiquez le prénom et le nom de la personne, en 120 caractères au plus.")
        )
    try:
        email = parse_address(form.get("email"))
    except Refusal as refusal:
        wrong["email"] = refusal
    entry = PartnerEntry(siret, kind, name, email, shares_in(form, work))
    return (None if wrong else entry), wrong


def shares_in(form: PostedForm, work: Work) -> tuple[str, ...]:
    """The sections ticked, among those that may be shared."""
    ticked = set(form.getlist("shares"))
    sharable = sharable_in(work.template, work.category.code)
    return tuple(section.code for section in sharable if section.code in ticked)


def typed_in(form: PostedForm | None, work: Work, part: Partnership | None) -> Mapping[str, object]:
    """What the form shows: what was typed, else the last invitation, else what the file says."""
    if form is not None:
        typed = {code: form.get(code) for code in ("siret", "kind", "name", "email")}
        return typed | {"shares": form.getlist("shares")}
    if part is not None:
        return {
            "siret": part.siret,
            "kind": part.kind,
            "name": part.name,
            "email": part.email,
            "shares": list(part.shares),
        }
    named = {"siret": SIRET, "kind": KIND, "email": EMAIL}
    return {field: work.answers.get(code, "") for field, code in named.items()}
