"""What the page of a partner shows: what the company lets it read, and its own part."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from starlette.responses import Response

from api.pages.applications.blocks import Ask
from api.pages.applications.shown import Said, control_value, said
from api.pages.partnerships.desk import PartnerDesk, closed_by, questions_of
from domain.drafting import marks_of, written
from domain.partners import (
    PartnerAct,
    PartnerStatus,
    described_in,
    partner_sections,
    print_of,
    sharable_in,
    text_seen,
)
from domain.texts import Text
from storage.reads.partnership import PartnerWork


@dataclass(frozen=True, slots=True)
class PartView:
    """A part with the answers to show; ``kept`` is what is saved, when that differs."""

    work: PartnerWork
    answers: Mapping[str, object]
    request_id: UUID
    kept: Mapping[str, object] | None = None
    declining: str = ""


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section of the company, as its partner reads it."""

    title: Text
    said: tuple[Said, ...]


def show_part(
    desk: PartnerDesk,
    view: PartView,
    complaints: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page of a partner, to write or to read."""
    work, language = view.work, desk.screen.language
    closed = closed_by(work, desk.now)
    questions = questions_of(work)
    kept = view.kept if view.kept is not None else work.part.answers
    return desk.screen.show(
        "pages/partnerships/part.html",
        status,
        work=work,
        part=work.part,
        is_signed=work.part.status is PartnerStatus.COUNTERSIGNED,
        closed=desk.say(closed) if closed else "",
        url=f"/partenariats/{work.part.id}",
        sections=_shared(work, language),
        section=partner_sections(work.template, work.category.code)[0],
        asks=tuple(
            Ask(each, control_value(each, view.answers.get(each.code), work.year))
            for each in questions
        ),
        said=tuple(
            said(each, work.part.answers.get(each.code), work.year, language) for each in questions
        ),
        revision=written(marks_of(kept, (each.code for each in questions))),
        seen=print_of(text_seen(work.template, work.category.code, work.answers)),
        request_id=view.request_id,
        decline_id=uuid5(view.request_id, PartnerAct.DECLINE),
        may_decline=closed is None,
        declining=view.declining,
        complaints=dict(complaints or {}),
    )


def _shared(work: PartnerWork, language: str) -> tuple[ReadSection, ...]:
    """What describes the partnership, always; and the sections that the company chose to share."""
    sharable = {each.code for each in sharable_in(work.template, work.category.code)}
    shown = {
        *described_in(work.template, work.category.code),
        *sharable.intersection(work.part.shares),
    }
    answers = text_of(work)
    return tuple(
        ReadSection(
            section.title,
            tuple(
                said(each, answers.get(each.code), work.year, language)
                for each in section.questions
            ),
        )
        for section in work.template.sections_for(work.category.code)
        if section.code in shown
    )


def text_of(work: PartnerWork) -> dict[str, object]:
    """The company's answers; once countersigned, those on the partnership are as they were then."""
    return {**work.answers, **(work.part.seen or {})}
