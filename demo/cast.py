"""Who plays: companies and their stories, signatories, the organiser and the jury, all made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import yaml

STORIES = Path(__file__).parent / "stories"
YEARS = ("n2", "n1", "n")
TICKS = (
    "declares_social_tax",
    "declares_accuracy",
    "declares_no_conviction",
    "declares_no_liquidation",
    "declares_charter",
    "declares_no_recent_prize",
    "declares_no_tie",
    "accepts_rules",
    "read_privacy",
    "agrees_publication",
)
TOLD = (
    "presentation",
    "title",
    "public_summary",
    "need",
    "action",
    "partners_role",
    "lessons",
    "next_steps",
    "measurement",
    "conditions",
    "shared_tools",
)

Answer = str | list[str] | dict[str, str]


class Part(StrEnum):
    """What happens to a company in the story."""

    ADMITTED = "admitted"
    COMPLETES = "completes"
    REFUSED = "refused"
    WITHDRAWS = "withdraws"
    FORGETS = "forgets"


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody with an address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class PartnerPlayed:
    """Who answers for a partner, and what they write; some sign once the company has sent."""

    person: Human
    answers: Mapping[str, str]
    signs_late: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """A company, the person who writes for it, and its whole application."""

    code: str
    name: str
    siret: str
    category: str
    part: Part
    contact: Human
    merit: int
    answers: Mapping[str, Answer]
    typo: str = ""
    reason: str = ""
    rules: tuple[str, ...] = ()
    draws_conflict: bool = False
    partner: PartnerPlayed | None = None

    @property
    def is_judged(self) -> bool:
        """Whether its file reaches the jury."""
        return self.part in {Part.ADMITTED, Part.COMPLETES}

    @property
    def title(self) -> str:
        """The title of its action."""
        return str(self.answers["title"])


@dataclass(frozen=True, slots=True)
class JurorPlayed:
    """A juror: how severe, and what they do besides scoring."""

    person: Human
    organisation: str
    severity: int
    declines: str = ""
    conflict: str = ""
    abstains: str = ""


class Fate(StrEnum):
    """What becomes of a signatory of the charter, a year after it signed."""

    REPORTS = "reports"
    REPORTS_LATE = "reports_late"
    STAYS_SILENT = "stays_silent"


@dataclass(frozen=True, slots=True)
class Signatory:
    """A company that signs the charter, who prepares its file, who heads it, what it promises."""

    name: str
    siret: str
    fate: Fate
    contact: Human
    contact_function: str
    head: Human
    head_function: str
    commitments: tuple[str, ...]
    targets: Mapping[str, tuple[str, str]]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody."""

    organiser: Human
    companies: tuple[Company, ...]
    chair: JurorPlayed
    jurors: tuple[JurorPlayed, ...]
    reserve: tuple[JurorPlayed, ...]
    signatories: tuple[Signatory, ...]

    def playing(self, *parts: Part) -> tuple[Company, ...]:
        """The companies that play one of these parts."""
        return tuple(company for company in self.companies if company.part in parts)

    def company_called(self, name: str) -> Company | None:
        """The company that a page or a letter names, however it writes capitals and apostrophes."""
        return next((each for each in self.companies if plain(each.name) in plain(name)), None)


def the_cast() -> Cast:
    """Everybody, read from the folder of stories."""
    people = _read(STORIES / "people.yaml")
    files = ("clauses", "partnerships", "pathways", "innovation", "staff")
    companies = [told for file in files for told in _read(STORIES / f"{file}.yaml")]
    return Cast(
        organiser=Human(**people["organiser"]),
        companies=tuple(_company(told) for told in companies),
        chair=_juror(people["chair"]),
        jurors=tuple(_juror(each) for each in people["jurors"]),
        reserve=tuple(_juror(each) for each in people["reserve"]),
        signatories=tuple(_signatory(each) for each in _read(STORIES / "signatories.yaml")),
    )


def plain(name: str) -> str:
    """A name as it is compared: no capitals, straight apostrophes, plain spaces."""
    return " ".join(name.casefold().replace("\u2019", "'").split())


def _read(path: Path) -> Any:  # noqa: ANN401  (YAML, whose shape the functions below give)
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _juror(told: Mapping[str, Any]) -> JurorPlayed:
    rest = {name: value for name, value in told.items() if name not in {"name", "email"}}
    return JurorPlayed(person=Human(told["name"], told["email"]), **rest)


def _signatory(told: Mapping[str, Any]) -> Signatory:
    contact, head = told["contact"], told["head"]
    return Signatory(
        name=told["name"],
        siret=told["siret"],
        fate=Fate(told["fate"]),
        contact=Human(contact["name"], contact["email"]),
        contact_function=contact["function"],
        head=Human(head["name"], head["email"]),
        head_function=head["function"],
        commitments=tuple(told["commitments"]),
        targets={code: (start, aim) for code, (start, aim) in told["targets"].items()},
        values=told["values"],
    )


def _company(told: Mapping[str, Any]) -> Company:
    contact = told["contact"]
    reason = told.get("withdrawal") or told.get("refusal") or told.get("question") or ""
    return Company(
        code=told["code"],
        name=told["name"],
        siret=told["siret"],
        category=told["category"],
        part=Part(told.get("part", "admitted")),
        contact=Human(contact["name"], contact["email"]),
        merit=told["merit"],
        answers=_answers(told),
        typo=told.get("typo", ""),
        reason=reason,
        rules=tuple(told.get("rules", ())),
        draws_conflict=told.get("conflict", False),
        partner=_partner(told),
    )


def _partner(told: Mapping[str, Any]) -> PartnerPlayed | None:
    part = told.get("partner")
    if part is None:
        return None
    answers = {
        "partner_view": part["view"],
        "partner_people": part["people"],
        "partner_improvement": part["improvement"],
        "partner_signatory": f"{part['name']}, {part['role']}",
        "partner_countersigns": "yes",
    }
    person = Human(part["name"], told["own"]["partner_email"])
    return PartnerPlayed(person, answers, part.get("signs_late", False))


def _answers(told: Mapping[str, Any]) -> Mapping[str, Answer]:
    contact, legal = told["contact"], told["legal"]
    answers: dict[str, Answer] = {
        "siret": told["siret"],
        "candidate_kind": told["kind"],
        "size": told["size"],
        "contact_name": contact["name"],
        "contact_role": contact["role"],
        "contact_email": contact["email"],
        "contact_phone": "02 99 00 00 00",
        "legal_name": legal["name"],
        "legal_role": legal["role"],
        "legal_email": f"direction@{contact['email'].partition('@')[2]}",
        "action_communes": [told["commune"]],
        "action_started_on": str(told["started_on"]),
        "commitments": ["E5", "E6", "E9"],
        "hours_basis": "worked",
        "hours_done": _by_year(told["figures"]["hours"]),
        "people_supported": _by_year(told["figures"]["people"]),
        "positive_exits": _by_year(told["figures"]["exits"]),
    }
    answers |= {code: told[code] for code in TOLD if code in told}
    answers |= cast("dict[str, Answer]", told["own"])
    return answers | dict.fromkeys(TICKS, "yes")


def _by_year(figures: list[str]) -> dict[str, str]:
    return dict(zip(YEARS, figures, strict=True))
