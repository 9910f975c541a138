"""The ledger of a cycle: every letter, those that need somebody first."""

from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SettingsDep
from api.errors import NotFound
from api.pages.organiser.asking import reason_in, request_id_in, uuid_in
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.pages.organiser.letter_preview import about
from api.pages.organiser.letter_words import KINDS, STATES, subject_of
from domain.refusals import N_, Refusal
from storage.database import Database
from storage.drafts.resending import RESENDABLE, resend
from storage.ledger import LetterState
from storage.reads.organiser.letters import ORDER, SoughtLetter, letter_in, letter_page
from storage.reads.organiser.tallies import forget, tally_of_letters

router = APIRouter()

LIST = DESK + "/lettres"
LONGEST_WORDS = 100


@router.get(LIST)
async def show(  # noqa: PLR0913, PLR0917  (the filters are in the address)
    desk: AtDesk, db: Db, screen: Screen, etat: str = "", sorte: str = "", apres: str = ""
) -> Response:
    """Fifty letters."""
    state = LetterState(etat) if etat in set(LetterState) else None
    return await _shown(screen, desk, db, SoughtLetter(state, sorte), uuid_in(apres))


@router.post(LIST)
async def look_for(desk: AtDesk, form: Form, db: Db, screen: Screen) -> Response:
    """The letters to somebody; posted, so that no address is ever written in a log."""
    return await _shown(
        screen, desk, db, SoughtLetter(words=form.get("cherche").strip()[:LONGEST_WORDS]), None
    )


@router.get(LIST + "/{letter_id}")
async def show_one(
    letter_id: UUID, desk: AtDesk, db: Db, screen: Screen, settings: SettingsDep
) -> Response:
    """One letter as its reader sees it."""
    async with db.transaction() as session:
        letter = await letter_in(session, desk.cycle.id, letter_id)
    if letter is None:
        raise NotFound
    return screen.show(
        "pages/organiser/letter.html",
        desk=desk,
        list_url=f"{desk.base}/lettres",
        **about(letter, screen, settings),
    )


@router.post(LIST + "/{letter_id}/renvoyer")
async def send_again(  # noqa: PLR0913, PLR0917  (which letter, why, and the parts that take part)
    letter_id: UUID,
    desk: AtDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
    settings: SettingsDep,
) -> Response:
    """Send again, with a reason, a letter that failed or of which nobody knows; twice sends once."""
    async with db.transaction() as session:
        letter = await letter_in(session, desk.cycle.id, letter_id)
    if letter is None:
        raise NotFound
    try:
        reason = reason_in(form)
    except Refusal as refusal:
        said = {"reason": screen.say(refusal.sentence, **refusal.facts)}
        return screen.show(
            "pages/organiser/letter.html",
            422,
            desk=desk,
            list_url=f"{desk.base}/lettres",
            **about(letter, screen, settings, form, said),
        )
    async with db.transaction() as session:
        is_planned = await resend(
            session,
            letter_id=letter_id,
            cycle_id=desk.cycle.id,
            by_person=desk.viewer.person_id,
            request_id=request_id_in(form),
            reason=reason,
        )
    forget(desk.cycle.id)
    if not is_planned:
        said = {"": screen.say(N_("Cette lettre n'attend pas d'être renvoyée."))}
        return await _shown(screen, desk, db, SoughtLetter(), None, 409, said)
    try:
        await engine.send_letter(letter.key)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, desk, db, SoughtLetter(), None, 409, said)
    return screen.go(f"{desk.base}/lettres", N_("La lettre repart."))


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    sought: SoughtLetter,
    after: UUID | None,
    status: int = 200,
    complaints: dict[str, str] | None = None,
) -> Response:
    async with db.transaction() as session:
        page = await letter_page(session, desk.cycle.id, sought, after)
        tally = await tally_of_letters(session, desk.cycle.id)
    total = tally.of(sought.state, kind=sought.kind) if sought.state else tally.total(sought.kind)
    return screen.show(
        "pages/organiser/letters.html",
        status,
        desk=desk,
        page=page,
        sought=sought,
        list_url=f"{desk.base}/lettres",
        subjects={line.id: subject_of(line) for line in page.lines},
        is_first=after is None,
        total=None if sought.words else total,
        next_url=_next(desk, sought, page.last) if page.last and not sought.words else "",
        states=[(each, STATES[each], tally.of(each)) for each in ORDER],
        words={state: screen.say(word) for state, word in STATES.items()},
        kinds=KINDS,
        known_kinds=tally.kinds,
        resendable=RESENDABLE,
        say=screen.say,
        complaints=complaints or {},
    )


def _next(desk: Desk, sought: SoughtLetter, last: UUID) -> str:
    query = {"etat": sought.state or "", "sorte": sought.kind, "apres": str(last)}
    filled = {name: value for name, value in query.items() if value}
    return f"{desk.base}/lettres?{urlencode(filled)}"
