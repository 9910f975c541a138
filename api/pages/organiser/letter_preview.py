"""A letter of a ledger as its reader sees it, written again from its facts."""

from typing import Any
from uuid import uuid4

from activities.letters.facts import UNSAYABLE
from activities.letters.parcel import Written
from activities.letters.rendering import Writer
from api.pages.organiser.asking import request_id_in
from api.pages.organiser.letter_words import STATES
from api.posted import PostedForm
from api.screen import Screen as TheScreen
from settings import Settings
from storage.drafts.resending import RESENDABLE
from storage.reads.organiser.letters import LetterLine

# What opens a door belongs to the reader: the preview leads home instead.
PERSONAL = ("token_path", "link")
HOME: dict[str, object] = {"link": "/"}


def about(
    line: LetterLine,
    screen: TheScreen,
    settings: Settings,
    form: PostedForm | None = None,
    complaints: dict[str, str] | None = None,
) -> dict[str, Any]:
    """What the page of a letter shows, with what was typed when it could not be sent again."""
    return {
        "letter": line,
        "written": preview(line, settings),
        "words": {state: screen.say(word) for state, word in STATES.items()},
        "is_resendable": line.state in RESENDABLE,
        "request_id": request_id_in(form) if form else uuid4(),
        "typed": form or PostedForm(()),
        "complaints": complaints or {},
        "say": screen.say,
    }


def preview(line: LetterLine, settings: Settings) -> Written | None:
    """Subject and words, without what only the reader may open; nothing when it cannot be written."""
    facts: dict[str, object] = {
        name: value for name, value in line.facts.items() if name not in PERSONAL
    }
    try:
        return Writer(settings).write(line.kind, line.language, line.reader, facts | HOME)
    except UNSAYABLE:
        return None
