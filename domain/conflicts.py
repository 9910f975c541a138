"""Conflicts of interest: what ties a person to a candidate, who said it, and whether it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.applications import Status
from domain.phases import ORDER, Phase
from domain.refusals import N_, Refusal


class TieKind(StrEnum):
    """What ties somebody to a candidate."""

    EMPLOYER = "employer"
    GROUP = "group"
    FAMILY = "family"
    BUSINESS = "business"
    FORMER_EMPLOYER = "former_employer"
    COMPETITOR = "competitor"
    OTHER = "other"


class Source(StrEnum):
    """Who said it; ``declared`` is the juror."""

    JUROR = "declared"
    CANDIDATE = "candidate"
    ORGANISER = "organiser"
    DETECTED = "detected"
    BELOW = "judged_below"


class Standing(StrEnum):
    """Whether a conflict keeps somebody away: a suspected one does until it is decided."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Sign(StrEnum):
    """What a conflict was detected by."""

    SAME_SIREN = "same_siren"
    MAIL_DOMAIN = "mail_domain"
    DECLARED_TIE = "declared_tie"


TIE_NAMES = {
    TieKind.EMPLOYER: N_("Employeur, ou même entreprise"),
    TieKind.GROUP: N_("Même groupe"),
    TieKind.FAMILY: N_("Famille ou proche"),
    TieKind.BUSINESS: N_("Client ou fournisseur"),
    TieKind.FORMER_EMPLOYER: N_("Employeur des trois dernières années"),
    TieKind.COMPETITOR: N_("Concurrent"),
    TieKind.OTHER: N_("Autre lien"),
}
SOURCE_NAMES = {
    Source.JUROR: N_("Déclaré par le juré"),
    Source.CANDIDATE: N_("Signalé par la structure"),
    Source.ORGANISER: N_("Relevé par l'organisation"),
    Source.DETECTED: N_("Détecté"),
    Source.BELOW: N_("Déjà jugé en territoire"),
}
STANDING_NAMES = {
    Standing.SUSPECTED: N_("À décider"),
    Standing.CONFIRMED: N_("Confirmé"),
    Standing.DISMISSED: N_("Écarté"),
}
SIGN_NAMES = {
    Sign.SAME_SIREN: N_("Même SIREN."),
    Sign.MAIL_DOMAIN: N_("Même domaine de courriel qu'une personne du dossier."),
    Sign.DECLARED_TIE: N_("La structure figure parmi les liens que cette personne a donnés."),
}

# A former employer counts that many years; after them, the tie is over.
YEARS_OF_A_FORMER_EMPLOYER = 3
LENGTH_OF_A_SIREN = 9
# Anybody may have an address there: two people who do have nothing in common. Addresses of examples are nobody's.
PUBLIC_DOMAINS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "outlook.fr",
        "hotmail.com",
        "hotmail.fr",
        "live.com",
        "live.fr",
        "msn.com",
        "yahoo.com",
        "yahoo.fr",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "gmx.com",
        "gmx.fr",
        "gmx.net",
        "mail.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "tutanota.com",
        "laposte.net",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "sfr.fr",
        "neuf.fr",
        "bbox.fr",
        "bouyguestelecom.fr",
        "numericable.fr",
        "club-internet.fr",
        "aliceadsl.fr",
        "cegetel.net",
        "zaclys.net",
        "mailo.com",
        "mailo.fr",
        "netcourrier.com",
        "exemple.fr",
        "example.org",
        "example.com",
        "example.net",
    ]
)
CERTAIN = N_(
    "Ce lien ne s'écarte pas : il vient du juré lui-même, du SIREN de son employeur ou d'un jury précédent."
)
NAMES_JURORS = frozenset({Status.SUBMITTED, Status.COMPLEMENTS, Status.ADMITTED})
NOT_NOW = N_(
    "Un lien se signale ici une fois la candidature envoyée, et jusqu'au début de l'évaluation. Ensuite, "
    "écrivez à l'organisation de ces trophées."
)


@dataclass(frozen=True, slots=True)
class Tie:
    """A company that somebody says they are tied to; ``until`` is the last year of a former employer."""

    kind: TieKind
    name: str
    siren: str = ""
    until: int | None = None

    def document(self) -> dict[str, object]:
        """The tie as its column keeps it."""
        return {"kind": self.kind, "name": self.name, "siren": self.siren, "until": self.until}


@dataclass(frozen=True, slots=True)
class Signs:
    """By what a candidate would be known as tied to one person."""

    siren: str = ""
    domain: str = ""
    sirens: Mapping[str, TieKind] = field(default_factory=dict[str, TieKind])
    names: Mapping[str, TieKind] = field(default_factory=dict[str, TieKind])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company as detection knows it; ``domains`` are those of the people of its file."""

    siren: str
    name: str
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Detected:
    """A tie that was found, by what, and whether it leaves no doubt."""

    tie: TieKind
    sign: Sign

    @property
    def standing(self) -> Standing:
        """The number of the register is certain; the rest is for somebody to look at."""
        return Standing.CONFIRMED if self.sign is Sign.SAME_SIREN else Standing.SUSPECTED


def signs_of(siren: str, email: str, ties: Iterable[Tie], year: int) -> Signs:
    """What ties a person: employer, address, and the companies declared that still count in that year."""
    counted = [each for each in ties if still_counts(each, year)]
    return Signs(
        siren,
        private_domain(email),
        {each.siren: each.kind for each in counted if each.siren},
        {folded(each.name): each.kind for each in counted if folded(each.name)},
    )


def detect(signs: Signs, candidate: Candidate) -> Detected | None:
    """The surest tie between a person and a candidate, if there is one."""
    if signs.siren and signs.siren == candidate.siren:
        return Detected(TieKind.EMPLOYER, Sign.SAME_SIREN)
    if candidate.siren and (declared := signs.sirens.get(candidate.siren)):
        return Detected(declared, Sign.DECLARED_TIE)
    if named := signs.names.get(folded(candidate.name)):
        return Detected(named, Sign.DECLARED_TIE)
    if signs.domain and signs.domain in candidate.domains:
        return Detected(TieKind.EMPLOYER, Sign.MAIL_DOMAIN)
    return None


def still_counts(tie: Tie, year: int) -> bool:
    """Whether a tie still counts in that year: a former employer does for three years."""
    if tie.kind is not TieKind.FORMER_EMPLOYER or tie.until is None:
        return True
    return year - tie.until <= YEARS_OF_A_FORMER_EMPLOYER


def private_domain(email: str) -> str:
    """The domain of an address that says where somebody works; empty for that of a public provider."""
    domain = email.rpartition("@")[2].strip().lower()
    return "" if domain in PUBLIC_DOMAINS else domain


def folded(name: str) -> str:
    """A name as two people would type it alike."""
    return " ".join(name.casefold().split())


def tie_of(typed: str) -> TieKind:
    """The kind that was said; a form from before kinds, or one left blank, says another tie."""
    return TieKind(typed) if typed in set(TieKind) else TieKind.OTHER


def check_dismissal(source: Source, sign: str) -> None:
    """Refuse to put aside what a juror said of themselves, or what leaves no doubt."""
    if source in {Source.JUROR, Source.BELOW} or sign == Sign.SAME_SIREN:
        raise Refusal(CERTAIN)


def may_name_jurors(phase: Phase, status: Status) -> bool:
    """Whether a candidate may still name a juror to whom it is tied: once sent, until files are dealt."""
    return phase in ORDER[: ORDER.index(Phase.EVALUATION)] and status in NAMES_JURORS


def check_naming(phase: Phase, status: Status) -> None:
    """Refuse a tie that a candidate names before it is one, or once files are dealt."""
    if not may_name_jurors(phase, status):
        raise Refusal(NOT_NOW)
