"""The letters of the charter: those that will leave by themselves, and those of the ledger."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SettingsDep
from api.errors import NotFound
from api.pages.charter.organiser.desk import BASE, AtCharterDesk, CharterDesk
from api.pages.charter.organiser.letter_words import KINDS
from api.pages.charter.organiser.words import COMING
from api.pages.organiser.asking import reason_in, request_id_in, uuid_in
from api.pages.organiser.letter_preview import about
from api.pages.organiser.letter_words import STATES, subject_of
from domain.refusals import N_, Refusal
from storage.database import Database
from storage.drafts.resending import RESENDABLE, resend
from storage.ledger import LetterState
from storage.reads.charter.organiser.letters import forget_letters, letter_tally
from storage.reads.charter.organiser.outgoing import DAYS, outgoing
from storage.reads.charter.own_complaints import subjects_of_own
from storage.reads.organiser.letters import ORDER, SoughtLetter, letter_in, letter_page

router = APIRouter()

LIST = BASE + "/lettres"
LEFT = LIST + "/registre"
LONGEST_WORDS = 100


@router.get(LIST)
async def show_coming(desk: AtCharterDesk, db: Db, screen: Screen) -> Response:
    """The letters of the next thirty days, by day, if nobody does anything."""
    async with db.transaction() as session:
        days = await outgoing(session, screen.now)
        hidden = await subjects_of_own(session, desk.viewer.person_id)
        tally = await letter_tally(session, hidden)
    return screen.show(
        "pages/charter/organiser/outgoing.html",
        desk=desk,
        days=days,
        how_many_days=DAYS,
        words=COMING,
        counts=[(each, STATES[each], tally.of(each)) for each in ORDER if tally.of(each)],
    )


@router.get(LEFT)
async def show(  # noqa: PLR0913, PLR0917  (the filters are in the address)
    desk: AtCharterDesk, db: Db, screen: Screen, etat: str = "", sorte: str = "", apres: str = ""
) -> Response:
    """Fifty letters of the ledger, those that need somebody first."""
    state = LetterState(etat) if etat in set(LetterState) else None
    return await _shown(screen, desk, db, SoughtLetter(state, sorte), uuid_in(apres))


@router.post(LEFT)
async def look_for(desk: AtCharterDesk, form: Form, db: Db, screen: Screen) -> Response:
    """The letters to somebody; posted, so that no address is ever written in a log."""
    words = form.get("cherche").strip()[:LONGEST_WORDS]
    return await _shown(screen, desk, db, SoughtLetter(words=words), None)


@router.get(LEFT + "/{letter_id}")
async def show_one(
    letter_id: UUID, desk: AtCharterDesk, db: Db, screen: Screen, settings: SettingsDep
) -> Response:
    """One letter as its reader sees it."""
    async with db.transaction() as session:
        letter = await letter_in(session, None, letter_id)
        hidden = await subjects_of_own(session, desk.viewer.person_id)
    if letter is None or letter.subject in hidden:
        raise NotFound
    told = about(letter, screen, settings)
    return screen.show("pages/charter/organiser/letter.html", desk=desk, list_url=LEFT, **told)


@router.post(LEFT + "/{letter_id}/renvoyer")
async def send_again(  # noqa: PLR0913, PLR0917  (which letter, why, and the parts that take part)
    letter_id: UUID,
    desk: AtCharterDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
    settings: SettingsDep,
) -> Response:
    """Send again, with a reason, a letter that failed or of which nobody knows; twice sends once."""
    async with db.transaction() as session:
        letter = await letter_in(session, None, letter_id)
        hidden = await subjects_of_own(session, desk.viewer.person_id)
    if letter is None or letter.subject in hidden:
        raise NotFound
    try:
        reason = reason_in(form)
    except Refusal as refusal:
        told = about(
            letter,
            screen,
            settings,
            form,
            {"reason": screen.say(refusal.sentence, **refusal.facts)},
        )
        page = "pages/charter/organiser/letter.html"
        return screen.show(page, 422, desk=desk, list_url=LEFT, **told)
    async with db.transaction() as session:
        is_planned = await resend(
            session,
            letter_id=letter_id,
            cycle_id=None,
            by_person=desk.viewer.person_id,
            request_id=request_id_in(form),
            reason=reason,
        )
    forget_letters()
    if not is_planned:
        said = {"": screen.say(N_("Cette lettre n'attend pas d'être renvoyée."))}
        return await _shown(screen, desk, db, SoughtLetter(), None, 409, said)
    try:
        await engine.send_letter(letter.key)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, desk, db, SoughtLetter(), None, 409, said)
    return screen.go(LEFT, N_("La lettre repart."))


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: CharterDesk,
    db: Database,
    sought: SoughtLetter,
    after: UUID | None,
    status: int = 200,
    complaints: dict[str, str] | None = None,
) -> Response:
    async with db.transaction() as session:
        # Whoever is of a company never learns here of a complaint about it, let alone who wrote.
        hidden = await subjects_of_own(session, desk.viewer.person_id)
        page = await letter_page(session, None, replace(sought, hidden=hidden), after)
        tally = await letter_tally(session, hidden)
    total = tally.of(sought.state, kind=sought.kind) if sought.state else tally.total(sought.kind)
    return screen.show(
        "pages/charter/organiser/letters.html",
        status,
        desk=desk,
        page=page,
        sought=sought,
        list_url=LEFT,
        subjects={line.id: subject_of(line) for line in page.lines},
        is_first=after is None,
        total=None if sought.words else total,
        next_url=_next(sought, page.last) if page.last and not sought.words else "",
        states=[(each, STATES[each], tally.of(each)) for each in ORDER],
        words={state: screen.say(word) for state, word in STATES.items()},
        kinds=KINDS,
        known_kinds=tally.kinds,
        resendable=RESENDABLE,
        say=screen.say,
        complaints=complaints or {},
    )


def _next(sought: SoughtLetter, last: UUID) -> str:
    query = {"etat": sought.state or "", "sorte": sought.kind, "apres": str(last)}
    return f"{LEFT}?{urlencode({name: value for name, value in query.items() if value})}"
