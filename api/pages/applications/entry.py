"""What somebody types to open an application, and what the register fills in for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from api.posted import PostedForm
from domain.edition import EditionTemplate
from domain.final_files import NO_APPLICATIONS
from domain.levels import Level
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.registry import RegistryFacts
from domain.siret import Siret, parse_siret
from storage.reads.calls import Call

LONGEST_NAME = 200
# Insee's size classes below ten people.
UNDER_TEN = frozenset({"00", "01", "02", "03"})
LARGE = {"ETI": "eti", "GE": "ge"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A category, a SIRET, and the name of the company once it was asked for."""

    category: str
    siret: Siret
    company: str
    is_confirmed: bool


def entry_in(
    form: PostedForm, template: EditionTemplate
) -> tuple[Entry | None, dict[str, Refusal]]:
    """What was typed, or what is wrong in it, by field."""
    complaints: dict[str, Refusal] = {}
    category, company = form.get("category"), form.get("company").strip()
    is_confirmed = form.get("confirmed") == "yes"
    siret = Siret("")
    if category not in {each.code for each in template.categories}:
        complaints["category"] = Refusal(N_("Choisissez une catégorie parmi celles proposées."))
    try:
        siret = parse_siret(form.get("siret"))
    except Refusal as refusal:
        typed = form.get("siret").strip()
        complaints["siret"] = refusal if typed else Refusal(N_("Indiquez votre SIRET."))
    if is_confirmed and not 0 < len(company) <= LONGEST_NAME:
        complaints["company"] = Refusal(
            N_("Indiquez le nom de votre structure, en 200 caractères au plus.")
        )
    entry = Entry(category, siret, company, is_confirmed)
    return (None if complaints else entry), complaints


def check_open(call: Call, now: datetime) -> None:
    """Refuse to open an application outside the call, or in a final, that nobody applies to."""
    phase, calendar = call.phase, call.calendar
    if call.level is Level.NATIONAL:
        raise Refusal(NO_APPLICATIONS)
    if phase is Phase.PREPARED:
        raise Refusal(N_("Les candidatures ne sont pas encore ouvertes."))
    if phase is not Phase.OPEN or now > calendar.closes_at:
        raise Refusal(N_("Les candidatures sont closes : il n'est plus possible d'en ouvrir une."))


def first_answers(
    template: EditionTemplate, entry: Entry, facts: RegistryFacts, viewer: tuple[str, str]
) -> Mapping[str, object]:
    """What is known already, for the questions that ask it; the company confirms or corrects."""
    name, email = viewer
    known = {
        "siret": entry.siret,
        "candidate_kind": _kind(facts),
        "size": _size(facts),
        "contact_name": name,
        "contact_email": email,
    }
    asked = {
        question.code: {choice.code for choice in question.choices}
        for section in template.sections_for(entry.category)
        for question in section.questions
    }
    return {
        code: answer
        for code, answer in known.items()
        if answer and code in asked and (not asked[code] or answer in asked[code])
    }


def _kind(facts: RegistryFacts) -> str:
    if not facts.verified:
        return ""
    if facts.siae_types:
        return "siae"
    return "association" if facts.is_association else "company"


def _size(facts: RegistryFacts) -> str:
    """Insee counts the whole group in ``company_size``, where the smallest are among the PME."""
    if facts.company_size == "PME" and facts.size_code:
        return "tpe" if facts.size_code in UNDER_TEN else "pme" if facts.size_code != "NN" else ""
    return LARGE.get(facts.company_size, "")
