"""What the pages of one card show."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from starlette.responses import Response

from api.pages.jury.changes import what_changed
from api.pages.jury.complaints import Complaints, in_words
from api.pages.jury.desk import Desk, fingerprint
from api.pages.jury.grid import COMMENT_LIMIT, Written
from api.pages.jury.reading import readable, years_until
from api.screen import Screen
from domain.attachments import KINDS
from domain.refusals import N_
from storage.reads.jury_file import SentFile


def show_card(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    status: int = 200,
    written: Written | None = None,
    complaints: Complaints | None = None,
    revision: str = "",
    leaving: Mapping[str, str] | None = None,
    request_id: UUID | None = None,
) -> Response:
    """The file beside the grid while the card is open, else the card as it is."""
    shown = written or desk.written
    more = {
        "written": shown,
        "total": shown.total(desk.category, desk.scale),
        "is_unkept": written is not None and not desk.is_open,
        "revision": revision or desk.revision,
        "leaving": leaving or {},
        "comment_limit": COMMENT_LIMIT,
    }
    template = "pages/jury/card.html" if desk.is_open else "pages/jury/closed_card.html"
    return screen.show(template, status, **_desk(screen, desk, complaints, request_id), **more)


def show_read_through(
    screen: Screen,
    desk: Desk,
    status: int = 200,
    complaints: Complaints | None = None,
    request_id: UUID | None = None,
) -> Response:
    """The card as it will be sealed."""
    more = {
        "written": desk.written,
        "total": desk.written.total(desk.category, desk.scale),
        "read": fingerprint(desk.written),
    }
    return screen.show(
        "pages/jury/read_through.html",
        status,
        **_desk(screen, desk, complaints, request_id),
        **more,
    )


def _desk(
    screen: Screen, desk: Desk, complaints: Complaints | None, request_id: UUID | None
) -> dict[str, object]:
    said = in_words(screen, complaints)
    return {
        "desk": desk,
        "sheet": desk.sheet,
        "seat": desk.seat,
        "category": desk.category,
        "scale": desk.scale,
        "phrases": {anchor.value: anchor.phrase for anchor in desk.scale.anchors},
        "sections": readable(desk.seat.template, desk.sheet.category, desk.sheet.answers),
        "years": years_until(desk.seat.calendar.opens_at.year),
        "changed": what_changed(desk.seat.template, desk.sheet),
        "files": [_link(desk, each) for each in desk.sheet.files],
        "request_id": request_id or uuid4(),
        "complaints": said,
        "summary": {name: _named(screen, desk, name, words) for name, words in said.items()},
    }


def _named(screen: Screen, desk: Desk, field: str, words: str) -> str:
    """A complaint that says which criterion it is about, for the summary."""
    names = {criterion.code: criterion.name for criterion in desk.category.criteria}
    name = names.get(field.partition(".")[2])
    if name is None:
        return words
    return screen.say(N_("%(name)s : %(words)s"), name=name.in_(screen.language), words=words)


def _link(desk: Desk, file: SentFile) -> dict[str, object]:
    return {
        "url": f"{desk.base}/pieces/{file.id}",
        "name": file.name,
        "size": file.size,
        "kind": KINDS.get(file.media_type, file.media_type),
        "note": "",
    }
