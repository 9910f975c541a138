"""Signed minutes as articles: attendance, decisions, votes, ranking, and by which rules."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain.refusals import N_
from domain.rules_text import equalising, judging
from domain.rules_text.blocks import (
    Article,
    Block,
    Figures,
    Moment,
    Paragraph,
    Points,
    Table,
    Words,
    said,
)
from domain.rules_text.subject import Subject
from domain.texts import Text

Line = Mapping[str, Any]
# Rows of a ranking that are printed; the whole of it is under the fingerprint.
PRINTED = 200
HEADS = (N_("Entreprise"), N_("Rang"), N_("Moyenne"), N_("Fiches"), N_("Rang ajusté"))


@dataclass(frozen=True, slots=True)
class Attended:
    """A juror in service, and whether they deliberated."""

    name: str
    organisation: str
    is_chair: bool
    is_present: bool


@dataclass(frozen=True, slots=True)
class Amended:
    """A decision made again under embargo."""

    number: int
    category: str
    laureate: str
    reason: str
    signed_at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SignedMinutes:
    """What is sealed, who signed it, and the files whose figures the reader may not see."""

    document: Mapping[str, Any]
    fingerprint: str
    signed_at: datetime
    zone: str
    attended: Sequence[Attended]
    names: Mapping[str, Text]
    aside: Collection[str] = ()
    amendments: Sequence[Amended] = field(default_factory=tuple)

    @property
    def categories(self) -> Sequence[Line]:
        """The decision and the ranking of each category."""
        return self.document.get("categories", [])

    @property
    def companies(self) -> Mapping[str, str]:
        """The names of the files that are ranked."""
        lines = (line for category in self.categories for line in category["ranking"])
        return {str(line["application"]): str(line["company"]) for line in lines}

    def name(self, code: str) -> Text | str:
        """The name of a category or a prize."""
        return self.names.get(code, code)


def minutes_articles(signed: SignedMinutes, subject: Subject) -> tuple[Article, ...]:
    """The minutes from the session to the fingerprint, then the rules by which the jury judged."""
    parts = (
        _signature(signed),
        _attendance(signed, subject),
        *(_decision(signed, each) for each in signed.categories),
        _grand_prize(signed),
        _votes(signed),
        _summary(signed),
        *(_amendment(signed, each) for each in signed.amendments),
        judging.marks(subject),
        equalising.equalising(subject),
        judging.ties(subject),
        _proof(signed),
    )
    return tuple(each for each in parts if each is not None)


def _signature(signed: SignedMinutes) -> Article:
    chair = next((each.name for each in signed.attended if each.is_chair), "–")
    rows = (
        (said(N_("Signé par la présidence")), chair),
        (said(N_("Signé le")), Moment(signed.signed_at, signed.zone)),
        (said(N_("Empreinte")), signed.fingerprint),
    )
    return Article("signature", N_("Signature"), (Figures(rows),))


def _attendance(signed: SignedMinutes, subject: Subject) -> Article:
    there = [each for each in signed.attended if each.is_present]
    away = [each for each in signed.attended if not each.is_present]
    counted = said(
        N_("%(count)s membres présents, pour un quorum de %(quorum)s."),
        count=len(there),
        quorum=subject.template.jury.quorum,
    )
    blocks: list[Block] = [Paragraph(counted), Points(tuple(map(_person, there)))]
    if away:
        blocks += [Paragraph(said(N_("Absents :"))), Points(tuple(map(_person, away)))]
    return Article("attendance", N_("Présences et quorum"), tuple(blocks))


def _person(each: Attended) -> Words:
    words = f"{each.name}, {each.organisation}" if each.organisation else each.name
    if each.is_chair:
        return said(N_("%(name)s (présidence)"), name=words)
    return said("%(name)s", name=words)


def _decision(signed: SignedMinutes, category: Line) -> Article:
    companies = signed.companies
    laureate = companies.get(str(category["laureate"]), "") if category["awards"] else ""
    nominees = ", ".join(companies.get(str(each), "–") for each in category["nominees"])
    rows: list[tuple[Words, str | Words]] = [
        (said(N_("Lauréat")), laureate or said(N_("Aucun lauréat")))
    ]
    if nominees:
        rows.append((said(N_("Nommés")), nominees))
    if category["reason"]:
        rows.append((said(N_("Motif")), str(category["reason"])))
    blocks: tuple[Block, ...] = (Figures(tuple(rows)),)
    if category["ranking"]:
        blocks += (_ranking(signed, category["ranking"]),)
    return Article(f"category.{category['code']}", signed.name(category["code"]), blocks)


def _ranking(signed: SignedMinutes, ranking: Sequence[Line]) -> Table:
    shown = ranking[:PRINTED]
    rest = len(ranking) - len(shown)
    intro = (
        said(N_("Les %(count)s premiers ; les autres sont dans le document scellé."), count=PRINTED)
        if rest
        else None
    )
    return Table(
        said(N_("Classement")),
        intro or said(N_("Le classement sur lequel la décision repose.")),
        tuple(map(said, HEADS)),
        tuple(_row(line, is_aside=str(line["application"]) in signed.aside) for line in shown),
    )


def _row(line: Line, *, is_aside: bool) -> tuple[str | Words, ...]:
    if is_aside:
        return (str(line["company"]), _or_none(line["rank"]), said(N_("lien déclaré")), "–", "–")
    mean = Decimal(line["mean"]) if line["mean"] is not None else "–"
    adjusted = _or_none(line.get("adjusted_rank"))
    return (str(line["company"]), _or_none(line["rank"]), mean, int(line["valid_cards"]), adjusted)


def _or_none(rank: int | None) -> str | Words:
    return "–" if rank is None else rank


def _grand_prize(signed: SignedMinutes) -> Article | None:
    given = signed.document.get("grand_prize")
    if not given:
        return None
    winner = given["company"] if given["laureate"] else said(N_("Prix non donné"))
    rows: tuple[tuple[Words, str | Words], ...] = ((said(N_("Lauréat")), winner),)
    if given["reason"]:
        rows += ((said(N_("Motif")), str(given["reason"])),)
    name = Text(given["name"]["fr"], given["name"]["en"])
    return Article("grand_prize", name, (Figures(rows),))


def _votes(signed: SignedMinutes) -> Article | None:
    votes = [v for v in signed.document.get("votes", []) if v["application"] not in signed.aside]
    if not votes:
        return None
    return Article("votes", N_("Votes"), (Points(tuple(_vote(signed, each) for each in votes)),))


def _vote(signed: SignedMinutes, vote: Line) -> Words:
    counts = {
        "number": int(vote["number"]),
        "company": signed.companies.get(str(vote["application"]), "–"),
        "yes": int(vote["yes"]),
        "no": int(vote["no"]),
        "abstained": int(vote["abstained"]),
        "present": int(vote["present"]),
        "aside": int(vote["aside"]),
        "outcome": said(N_("adopté") if vote["adopted"] else N_("rejeté")),
    }
    if vote["casting"]:
        return said(
            N_(
                "Vote n° %(number)s, %(company)s lauréat : %(yes)s pour, %(no)s contre, %(abstained)s "
                "abstentions, la voix de la présidence départageant ; %(present)s présents dont "
                "%(aside)s sortis ; %(outcome)s."
            ),
            **counts,
        )
    return said(
        N_(
            "Vote n° %(number)s, %(company)s lauréat : %(yes)s pour, %(no)s contre, %(abstained)s "
            "abstentions ; %(present)s présents dont %(aside)s sortis ; %(outcome)s."
        ),
        **counts,
    )


def _summary(signed: SignedMinutes) -> Article | None:
    words = str(signed.document.get("summary", ""))
    if not words:
        return None
    spoken = Paragraph(said("%(words)s", words=words))
    return Article("summary", N_("Ce que le jury fait savoir"), (spoken,))


def _amendment(signed: SignedMinutes, each: Amended) -> Article:
    rows = (
        (said(N_("Catégorie")), signed.name(each.category)),
        (said(N_("Lauréat")), each.laureate or said(N_("Aucun lauréat"))),
        (said(N_("Motif")), each.reason),
        (said(N_("Signé le")), Moment(each.signed_at, signed.zone)),
        (said(N_("Empreinte")), each.fingerprint),
    )
    return Article(f"amendment.{each.number}", N_("Rectificatif"), (Figures(rows),))


def _proof(signed: SignedMinutes) -> Article:
    template = signed.document["template"]
    rows: list[tuple[Words, str | Words]] = [
        (
            said(N_("Règlement")),
            said(
                N_("%(code)s, version %(version)s"),
                code=template["code"],
                version=template["version"],
            ),
        ),
        (said(N_("Empreinte du règlement")), str(template["fingerprint"])),
        (said(N_("Version du calendrier")), int(signed.document["calendar_version"])),
    ]
    made = signed.document.get("equalisation")
    if made:
        versions = ", ".join(f"{name} {version}" for name, version in made["versions"].items())
        rows += [
            (said(N_("Empreinte des notes")), str(made["input"])),
            (said(N_("Graine des tirages de la péréquation")), str(made["seed"])),
            (said(N_("Versions du calcul")), versions),
        ]
    return Article("proof", N_("De quoi tout refaire"), (Figures(tuple(rows)),))
