"""What a company's page about its partner shows, and what its countersignature counts for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from starlette.responses import Response

from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import PARTNER, home_of, page_of
from api.pages.applications.shown import Said, said
from api.pages.applications.work import pen_refusal
from api.posted import PostedForm
from domain.partners import (
    LET_GO,
    SIRET,
    Delay,
    PartnerStatus,
    delay_of,
    is_recognised,
    kinds_in,
    partner_sections,
    print_of,
    sharable_in,
    text_seen,
)
from domain.refusals import N_
from domain.texts import Text
from storage.reads.partnership import Partnership

MISSING = N_("Il manque la contresignature du partenaire.")
TO_INVITE = N_(
    "Invitez votre partenaire : il a %(days)s jours pour répondre, au plus tard jusqu'à la clôture."
)
TO_WAIT = N_("%(name)s est invité et peut répondre jusqu'au %(until)s.")
TO_INVITE_AGAIN = N_(
    "Le délai de réponse est passé. Vous pouvez inviter de nouveau jusqu'à la clôture."
)
TOO_LATE = N_("Les candidatures sont closes : il n'est plus possible de contresigner.")


@dataclass(frozen=True, slots=True)
class Asked:
    """The id of what is asked, and the form when one was typed."""

    request_id: UUID
    form: PostedForm | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the countersignature stands: a sentence, what to do, and until when."""

    is_signed: bool
    is_changed: bool
    todo: str
    facts: Mapping[str, object]
    until: datetime | None


def standing_of(desk: Desk, work: Work, part: Partnership | None) -> Standing:
    """What is missing of the partner, and whether what it signed is still what the file says."""
    delay = delay_of(work.template, work.calendar, work.complements_until)
    if part is not None and part.status is PartnerStatus.COUNTERSIGNED:
        text = text_seen(work.template, work.category.code, work.answers)
        changed = print_of(text) != print_of(part.seen or {})
        return Standing(is_signed=True, is_changed=changed, todo="", facts={}, until=None)
    todo, facts, until = _todo(desk, delay, part)
    return Standing(is_signed=False, is_changed=False, todo=todo, facts=facts, until=until)


def _todo(
    desk: Desk, delay: Delay, part: Partnership | None
) -> tuple[str, dict[str, object], datetime | None]:
    if desk.now > delay.shuts_at:
        return TOO_LATE, {}, None
    if part is None or part.status in LET_GO:
        return TO_INVITE, {"days": delay.days}, None
    until = delay.ends_at(part.invited_at)
    if desk.now > until:
        return TO_INVITE_AGAIN, {}, None
    return TO_WAIT, {"name": part.name, "until": until}, until


def show_partner(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    work: Work,
    part: Partnership | None,
    asked: Asked,
    typed: Mapping[str, object],
    complaints: Mapping[str, str],
    status: int,
) -> Response:
    """The page, to invite or to follow."""
    closed = pen_refusal(work, desk.now)
    standing = standing_of(desk, work, part)
    return desk.screen.show(
        "pages/applications/partner.html",
        status,
        work=work,
        home=home_of(work.id),
        url=page_of(work.id, PARTNER),
        part=part,
        section=partner_sections(work.template, work.category.code)[0],
        standing=standing,
        is_invited=part is not None and part.status is PartnerStatus.INVITED,
        is_recognised=_is_recognised(work, part),
        closed=desk.say(closed) if closed else "",
        said=partner_said(desk, work, part),
        kinds=kinds_in(work.template),
        sharable=tuple(
            (section.code, section.title)
            for section in sharable_in(work.template, work.category.code)
        ),
        typed=typed,
        request_id=asked.request_id,
        withdrawal_id=uuid4(),
        complaints=dict(complaints),
        delay=delay_of(work.template, work.calendar, work.complements_until),
        kind_name=dict(kinds_in(work.template)).get(part.kind) if part else None,
    )


def partner_title(work: Work) -> Text | None:
    """The title of the partner's part, where the category asks for one."""
    sections = partner_sections(work.template, work.category.code)
    return sections[0].title if sections else None


def _is_recognised(work: Work, part: Partnership | None) -> bool | None:
    if part is None:
        return None
    declared = str(work.answers.get(SIRET, ""))
    return is_recognised(part.siret, part.kind, declared, part.register)


def partner_said(desk: Desk, work: Work, part: Partnership | None) -> tuple[Said, ...]:
    """What the partner wrote: its company reads it once it is countersigned."""
    if part is None or part.status is not PartnerStatus.COUNTERSIGNED:
        return ()
    return tuple(
        said(question, part.answers.get(question.code), work.year, desk.screen.language)
        for section in partner_sections(work.template, work.category.code)
        for question in section.questions
    )
