"""Which letters the year must cause, to whom, and which ones were found."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from demo.cast import Cast, Company, JurorPlayed, Part
from demo.mailbox import Envelope
from demo.palmares import Palmares

Tally = Counter[tuple[str, str]]


@dataclass(slots=True)
class Causes:
    """What happened in the year that letters follow from."""

    sign_ins: Counter[str] = field(default_factory=Counter[str])
    reminded: set[str] = field(default_factory=set[str])
    perhaps_reminded: set[str] = field(default_factory=set[str])


def expected(cast: Cast, causes: Causes, palmares: Palmares) -> Tally:
    """How many letters of each kind each person must have received."""
    tally: Tally = Counter()
    for address, count in causes.sign_ins.items():
        tally[address, "login_link"] += count
    for company in cast.companies:
        kinds = [*_kinds_for(company), *_result_for(company, palmares)]
        kinds += ["draft_reminder"] if company.code in causes.reminded else []
        if company.partner:
            kinds.append("partner_countersigned")
            _add(tally, company.partner.person.email, ["partner_invited"])
        _add(tally, company.contact.email, kinds)
    for juror in (*cast.jurors, *cast.reserve[:1], cast.chair):
        _add(tally, juror.person.email, _kinds_for_juror(juror))
    tally[cast.chair.person.email, "deliberation_opened"] += 1
    return tally


def found(envelopes: Iterable[Envelope]) -> Tally:
    """How many letters of each kind each person has received."""
    return Counter((each.to, each.kind) for each in envelopes)


def doubled(envelopes: Iterable[Envelope]) -> list[str]:
    """The letters that came more than once: one Message-ID, several copies."""
    counts = Counter(each.message_id for each in envelopes)
    return sorted(mark for mark, count in counts.items() if count > 1)


def difference(wanted: Tally, seen: Tally) -> list[str]:
    """What was lost and what is too many, in words; nothing when both are the same."""
    return [
        f"{kind} to {address}: expected {wanted[address, kind]}, seen {seen[address, kind]}"
        for address, kind in sorted(set(wanted) | set(seen))
        if wanted[address, kind] != seen[address, kind]
    ]


def by_kind(tally: Tally) -> dict[str, int]:
    """How many letters of each kind, whoever received them."""
    counts: Counter[str] = Counter()
    for (_, kind), count in tally.items():
        counts[kind] += count
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _add(tally: Tally, address: str, kinds: Iterable[str]) -> None:
    for kind in kinds:
        tally[address, kind] += 1


SENT_TO_COMPANY = {
    Part.ADMITTED: ("receipt", "application_admitted"),
    Part.COMPLETES: (
        "receipt",
        "complements_requested",
        "complements_received",
        "application_admitted",
    ),
    Part.REFUSED: ("receipt", "application_refused"),
    Part.WITHDRAWS: ("receipt", "application_withdrawn"),
    Part.FORGETS: ("draft_lapsed",),
}


def _kinds_for(company: Company) -> tuple[str, ...]:
    return SENT_TO_COMPANY[company.part]


def _result_for(company: Company, palmares: Palmares) -> tuple[str, ...]:
    if not company.is_judged:
        return ()
    for prize in palmares.prizes:
        if (prize.siret, prize.category) == (company.siret, company.category):
            return (f"result_{prize.kind}",)
    return ("result_other",)


def _kinds_for_juror(juror: JurorPlayed) -> tuple[str, ...]:
    if juror.declines:
        return ("juror_invitation", "juror_declined")
    return (
        "juror_invitation",
        "juror_accepted",
        "jury_conflicts_to_declare",
        "jury_cards_to_score",
        "jury_thanks",
    )
