"""The partner of an application: invited, it answers and countersigns, within a delay."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.conditions import RuleCheck
from domain.edition import EditionTemplate, Filler, Section
from domain.form import Completeness, SectionProgress, SectionStatus
from domain.questions import QuestionKind
from domain.refusals import N_, Refusal
from domain.registry import RegistryFacts
from domain.texts import Text

# The questions by which a company names its partner.
SIRET, KIND, EMAIL = "partner_siret", "partner_kind", "partner_email"


class PartnerStatus(StrEnum):
    """Where the partner stands."""

    INVITED = "partner_invited"
    WITHDRAWN = "invitation_withdrawn"
    COUNTERSIGNED = "countersigned"
    DECLINED = "invitation_declined"


class PartnerAct(StrEnum):
    """What the company, or its partner, asks."""

    INVITE = "invite_partner"
    WITHDRAW = "withdraw_partner"
    COUNTERSIGN = "countersign"
    DECLINE = "decline_partnership"


NAMES = {
    PartnerStatus.INVITED: N_("Invitation envoyée"),
    PartnerStatus.WITHDRAWN: N_("Invitation retirée"),
    PartnerStatus.COUNTERSIGNED: N_("Contresigné"),
    PartnerStatus.DECLINED: N_("Invitation déclinée"),
}

_INVITED, _COUNTERSIGNED = PartnerStatus.INVITED, PartnerStatus.COUNTERSIGNED
# None: nobody was asked yet. To invite again corrects the address, and sends another letter.
MOVES: dict[PartnerAct, dict[PartnerStatus | None, PartnerStatus]] = {
    PartnerAct.INVITE: dict.fromkeys(
        (None, _INVITED, PartnerStatus.WITHDRAWN, PartnerStatus.DECLINED), _INVITED
    ),
    PartnerAct.WITHDRAW: {_INVITED: PartnerStatus.WITHDRAWN},
    PartnerAct.COUNTERSIGN: {_INVITED: _COUNTERSIGNED},
    PartnerAct.DECLINE: {_INVITED: PartnerStatus.DECLINED},
}
# Nobody is awaited any more: the company may invite, the same organisation or another.
LET_GO = frozenset({PartnerStatus.WITHDRAWN, PartnerStatus.DECLINED})
_SIGNED = N_("Le partenaire a déjà contresigné : son volet ne change plus.")
_NOT_INVITED = N_("Cette invitation a été retirée par l'entreprise : il n'y a plus rien à faire.")
_REFUSALS = {
    PartnerAct.INVITE: _SIGNED,
    PartnerAct.WITHDRAW: N_("Aucune invitation n'attend de réponse : il n'y a rien à retirer."),
    PartnerAct.COUNTERSIGN: _NOT_INVITED,
    PartnerAct.DECLINE: _NOT_INVITED,
}
_DECLINED = N_("Vous avez décliné cette invitation : l'entreprise en est prévenue.")

LAST_DAYS = timedelta(days=3)
A_FEW = 3
PRIVATE = frozenset({QuestionKind.EMAIL, QuestionKind.PHONE})
USUAL_DAYS = 14
ALIVE = frozenset({Status.DRAFT, Status.SUBMITTED, Status.COMPLEMENTS})


def moved(status: PartnerStatus | None, act: PartnerAct) -> PartnerStatus:
    """The state after the act, or a refusal that says why not."""
    after = MOVES[act].get(status)
    if after is None and status is PartnerStatus.DECLINED and act is not PartnerAct.WITHDRAW:
        raise Refusal(_DECLINED)
    if after is None:
        raise Refusal(_SIGNED if status is _COUNTERSIGNED else _REFUSALS[act])
    return after


def check_alive(status: Status) -> None:
    """Refuse anything of the partner's once the application is decided or closed."""
    if status not in ALIVE:
        raise Refusal(
            N_("Cette candidature n'attend plus rien de son partenaire : elle reste lisible.")
        )


@dataclass(frozen=True, slots=True)
class Delay:
    """How long a partner has: so many days after the invitation, and never after the door shuts."""

    days: int
    shuts_at: datetime

    def ends_at(self, invited_at: datetime) -> datetime:
        """The last instant at which a countersignature counts."""
        return min(invited_at + timedelta(days=self.days), self.shuts_at)

    def reminds_at(self, invited_at: datetime) -> datetime:
        """Once, three days before the end; in the last third of a shorter delay."""
        end = self.ends_at(invited_at)
        return end - min(LAST_DAYS, (end - invited_at) / A_FEW)


def delay_of(
    template: EditionTemplate, calendar: CycleCalendar, complements_until: datetime | None
) -> Delay:
    """The delay of the rule; the door is the closing, or later the due date of complements."""
    rules = [rule for rule in template.rules if rule.check is RuleCheck.PARTNER]
    days = next((rule.settings["days"] for rule in rules if "days" in rule.settings), USUAL_DAYS)
    return Delay(days, max(calendar.closes_at, complements_until or calendar.closes_at))


def check_in_time(delay: Delay, invited_at: datetime, at: datetime) -> None:
    """Refuse what comes after the delay, saying which of the two ends it was."""
    if at <= delay.ends_at(invited_at):
        return
    if at > delay.shuts_at:
        raise Refusal(
            N_("Les candidatures sont closes : ce volet reste lisible, sans pouvoir être modifié.")
        )
    raise Refusal(
        N_(
            "Les %(days)s jours pour répondre sont passés : ce volet reste lisible. "
            "L'entreprise peut vous inviter de nouveau jusqu'à la clôture."
        ),
        days=delay.days,
    )


def partner_sections(template: EditionTemplate, category: str) -> tuple[Section, ...]:
    """The sections that the partner fills; none where no partner is asked for."""
    return template.sections_for(category, Filler.PARTNER)


def described_in(template: EditionTemplate, category: str) -> tuple[str, ...]:
    """The sections in which the company describes the partnership: its partner always reads them."""
    asked = {
        code
        for rule in template.rules
        if rule.check is RuleCheck.PARTNER
        for code in rule.questions
    }
    return tuple(
        section.code
        for section in template.sections_for(category)
        if any(question.code in asked for question in section.questions)
    )


def sharable_in(template: EditionTemplate, category: str) -> tuple[Section, ...]:
    """The other sections that the company may show to its partner: none with anybody's contacts."""
    always = described_in(template, category)
    return tuple(
        section
        for section in template.sections_for(category)
        if section.code not in always
        and not any(question.kind in PRIVATE for question in section.questions)
    )


def text_seen(
    template: EditionTemplate, category: str, answers: Mapping[str, object]
) -> dict[str, object]:
    """What the company says of the partnership: the text that a countersignature is about."""
    codes = described_in(template, category)
    return {
        question.code: answers[question.code]
        for section in template.sections_for(category)
        if section.code in codes
        for question in section.questions
        if question.code in answers
    }


def print_of(text: Mapping[str, object]) -> str:
    """SHA-256, in hexadecimal, of a text that was countersigned."""
    canonical = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def is_recognised(siret: str, kind: str, declared: str, facts: RegistryFacts | None) -> bool | None:
    """Whether the register knows this establishment as this type; None while it has not answered.

    ``declared`` is the SIRET that the application names today: another one was not countersigned.
    """
    if siret != declared:
        return False
    if facts is None or not facts.answered:
        return None
    return facts.found and facts.active is not False and kind in facts.siae_types


def with_countersignature(
    done: Completeness, sections: Iterable[Section], *, is_countersigned: bool
) -> Completeness:
    """The completeness of the company, to which the countersignature of its partner adds one."""
    status = SectionStatus.COMPLETE if is_countersigned else SectionStatus.NOT_STARTED
    parts = tuple(
        SectionProgress(section.code, int(is_countersigned), 1, status) for section in sections
    )
    return replace(
        done,
        done=done.done + sum(part.done for part in parts),
        required=done.required + len(parts),
        sections=(*done.sections, *parts),
    )


def kinds_in(template: EditionTemplate) -> tuple[tuple[str, Text], ...]:
    """The types of organisation among which the company chooses its partner's."""
    return tuple(
        (choice.code, choice.label)
        for section in template.sections
        for question in section.questions
        if question.code == KIND
        for choice in question.choices
    )
