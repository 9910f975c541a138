"""What the page of a section shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from api.pages.applications.blocks import blocks_of, written_questions
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import DOCUMENTS, home_of, page_of
from api.pages.applications.shown import Said, said
from api.pages.applications.typed import years_of
from api.pages.applications.work import pen_refusal, sections_of
from domain.drafting import Merge, marks_of, written
from domain.form import check_draft
from domain.questions import Section
from domain.refusals import N_
from storage.reads.company_file import JoinedFile, files_of

OPTIONAL = N_("facultatif")


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with the answers to show, and what two people wrote at once."""

    work: Work
    section: Section
    answers: Mapping[str, object]
    merge: Merge | None = None


async def show_section(
    desk: Desk, view: SectionView, complaints: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """The page of a section, to write or to read."""
    work, section = view.work, view.section
    closed = pen_refusal(work, desk.now)
    codes = [each.code for each in sections_of(work)]
    return desk.screen.show(
        "pages/applications/section.html",
        status,
        work=work,
        section=section,
        number=codes.index(section.code) + 1,
        count=len(codes),
        home=home_of(work.id),
        url=page_of(work.id, section.code),
        following=_following(work, section),
        closed=desk.say(closed) if closed else "",
        said=_said(desk, view),
        clashes=_clashes(desk, view),
        blocks=blocks_of(
            work, section, view.answers, desk.screen.language, desk.screen.say(OPTIONAL)
        ),
        years=tuple(years_of(work.year).values()),
        errors=_errors(desk, view),
        complaints=dict(complaints or {}),
        revision=_revision(view),
        is_joining=section.code == DOCUMENTS,
        files=await _files(desk, work) if section.code == DOCUMENTS else (),
        files_url=page_of(work.id, "pieces"),
        limits=work.template.attachments,
    )


async def _files(desk: Desk, work: Work) -> tuple[JoinedFile, ...]:
    async with desk.db.transaction() as session:
        return await files_of(session, work.id)


def _following(work: Work, section: Section) -> str:
    codes = [each.code for each in sections_of(work)]
    rest = codes[codes.index(section.code) + 1 :]
    return page_of(work.id, rest[0] if rest else "relecture")


def _said(desk: Desk, view: SectionView) -> tuple[Said, ...]:
    return tuple(
        said(question, view.answers.get(question.code), view.work.year, desk.screen.language)
        for question in view.section.questions
    )


def _clashes(desk: Desk, view: SectionView) -> tuple[Said, ...]:
    """The answers that a colleague wrote meanwhile, as they are kept."""
    questions = {question.code: question for question in view.section.questions}
    return tuple(
        said(questions[clash.code], clash.kept, view.work.year, desk.screen.language)
        for clash in (view.merge.clashes if view.merge else ())
    )


def _errors(desk: Desk, view: SectionView) -> dict[str, str]:
    codes = {question.code for question in view.section.questions}
    mine = {code: answer for code, answer in view.answers.items() if code in codes and answer}
    return {
        complaint.code: desk.screen.say(complaint.sentence, **complaint.facts)
        for complaint in check_draft(view.work.template, view.work.category.code, mine)
    }


def _revision(view: SectionView) -> str:
    """The marks of what is kept: after a clash, saving again replaces the colleague's text."""
    kept = view.merge.answers if view.merge else view.work.answers
    return written(marks_of(kept, (each.code for each in written_questions(view.section))))
