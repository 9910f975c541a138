"""Where an adherence stands: its state, what comes next, what is left to do, who does what."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.pages.charter.alerts.paths import list_of
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.lacks import Lack, lacks_of
from api.pages.charter.company.paths import (
    ABANDON,
    CHOICE,
    COMPLEMENTS,
    DIAGNOSIS,
    HEAD,
    JOIN,
    OWED,
    PARTS,
    REVIEW,
    ROLES,
    SIGNATURE,
    TARGETS,
    TEAM,
    home_of,
    page_of,
)
from api.pages.charter.company.stages import (
    future,
    is_awaited,
    past,
    until_of,
    what_is_next,
)
from api.pages.charter.company.words import SIZES, TONES, UNTIL
from domain.charter.attestation import is_valid
from domain.charter.entry import NOBODY
from domain.charter.people import NEXT_HEAD, OWNER
from domain.charter.states import ALLOWED, ENDED, ENTERING, LIVING, NAMES, Act, State
from domain.charter.writing import is_renewing
from domain.refusals import N_
from storage.drafts.adherence_people import SIGNATURE as ASKED
from storage.reads.charter.alerts import is_told
from storage.reads.charter.company_trail import asked_of, last_asked, signed_of, trail_of

router = APIRouter()

TITLES = {
    DIAGNOSIS: N_("Autodiagnostic"),
    CHOICE: N_("Engagements"),
    TARGETS: N_("Cibles"),
    ROLES: N_("Rôles"),
}
LEFT = N_("À faire : %(count)s")
MISSING_REPORT = N_("Bilan %(year)s, qui manquait")
PRIVATE = N_("Privé : l'organisateur ne le voit jamais")
REASONS = {State.COMPLEMENTS: Act.ASK_COMPLEMENTS, State.REFUSED: Act.REFUSE}


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list."""

    title: str
    url: str
    status: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """Something that may be asked now, and where."""

    label: str
    url: str


@router.get("/adhesions/{adherence_id}")
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Show where the adherence stands, what comes next and everything that happened."""
    file = await desk.file(adherence_id)
    async with desk.db.transaction() as session:
        lines = await trail_of(session, file.id)
        signed = await signed_of(session, file.id)
        asked_at = await last_asked(session, file.id, ASKED)
        act = REASONS.get(file.state)
        reason = await asked_of(session, file.id, act) if act else ""
        has_alerts = await is_told(session, file.id)
    is_open = not desk.closed(file)
    lacks = lacks_of(desk, file) if is_open else ()
    return desk.screen.show(
        "pages/charter/company/home.html",
        file=file,
        home=home_of(file.id),
        tone=TONES.get(file.state, "quiet"),
        state=NAMES[file.state],
        next=what_is_next(desk, file),
        until=until_of(file) if file.state in ENTERING else None,
        until_label=UNTIL.get(file.state, ""),
        reason=reason,
        size_name=SIZES[file.size] if file.size else "",
        tasks=list(_tasks(desk, file, lacks)) if is_open else (),
        is_complete=not lacks,
        is_renewing=is_renewing(file.situation, file.charter.periods, desk.now),
        review_url=page_of(file.id, REVIEW),
        signature_url=page_of(file.id, SIGNATURE),
        complements_url=page_of(file.id, COMPLEMENTS),
        asked_at=asked_at,
        is_head=file.charter.signatory.code in file.roles,
        signed=signed,
        past=past(file, lines),
        future=future(desk, file),
        holders=[(role, file.entry.roles.get(role.code, NOBODY)) for role in file.charter.roles],
        roles_url=page_of(file.id, ROLES),
        may_write=is_open,
        team_url=page_of(file.id, TEAM),
        may_change_roles=file.state in LIVING and file.charter.signatory.code in file.roles,
        ways=list(_ways(desk, file, has_alerts=has_alerts)),
        is_over=file.state in ENDED,
        may_attest=is_valid(file.state),
    )


def _tasks(desk: Desk, file: File, lacks: tuple[Lack, ...]) -> Iterator[Task]:
    sheet = file.sheet
    begun = {
        DIAGNOSIS: bool(file.diagnosis),
        CHOICE: any(name.startswith("commitment.") for name in sheet),
        TARGETS: bool(file.entry.targets),
        ROLES: bool(file.entry.roles),
    }
    if file.owed:
        left = sum(lack.page == OWED for lack in lacks)
        title = desk.screen.say(MISSING_REPORT, year=file.owed.report.year)
        note = desk.screen.say(LEFT, count=left) if left else ""
        yield Task(title, page_of(file.id, OWED), "in_progress" if left else "complete", note)
    for page in PARTS:
        left = sum(lack.page == page for lack in lacks)
        # Targets wait for commitments: nothing is missing there as long as nothing is chosen.
        is_done = begun[page] and not left
        status = "complete" if is_done else "in_progress" if begun[page] else "not_started"
        private = desk.screen.say(PRIVATE) if page == DIAGNOSIS else ""
        note = private or (desk.screen.say(LEFT, count=left) if begun[page] and left else "")
        yield Task(TITLES[page], page_of(file.id, page), status, note)


def _ways(desk: Desk, file: File, *, has_alerts: bool) -> Iterator[Way]:
    """What may be asked now, besides writing the file."""
    home, state, report = home_of(file.id), file.state, file.situation.report
    if report and is_awaited(file):
        label = desk.screen.say(N_("Remettre le bilan %(year)s"), year=report.year)
        yield Way(label, f"{home}/bilan/{report.year}")
    elif report and state in LIVING:
        label = desk.screen.say(N_("Relire le bilan %(year)s"), year=report.year)
        yield Way(label, f"{home}/bilan/{report.year}")
    if is_renewing(file.situation, file.charter.periods, desk.now):
        yield Way(N_("Renouveler l'adhésion"), f"{home}/renouvellement")
    if is_valid(state):
        code = file.verification_code
        yield Way(N_("Voir l'attestation et l'insigne"), f"/verifier/{code}")
        yield Way(N_("Télécharger l'attestation (PDF)"), f"/verifier/{code}/attestation.pdf")
    if state in LIVING:
        yield Way(N_("Voir la fiche publique"), f"/signataires/{file.id}")
    if state in LIVING and NEXT_HEAD in file.roles:
        yield Way(N_("Signer comme nouvelle direction"), page_of(file.id, HEAD))
    if has_alerts:
        yield Way(N_("Voir les signalements"), list_of(file.id))
    yield from _ways_out(file)


def _ways_out(file: File) -> Iterator[Way]:
    """What hands the adherence on, ends it, or begins another."""
    home, state = home_of(file.id), file.state
    if state in ALLOWED[Act.NAME_SUCCESSOR]:
        yield Way(N_("Désigner un successeur"), f"{home}/successeur")
    if state in ALLOWED[Act.WITHDRAW] and file.roles & {OWNER, file.charter.signatory.code}:
        yield Way(N_("Se retirer de la charte"), f"{home}/retrait")
    if state in ALLOWED[Act.ABANDON] and file.roles & {OWNER, file.charter.signatory.code}:
        yield Way(N_("Abandonner ce dossier"), page_of(file.id, ABANDON))
    if state in ENDED:
        yield Way(N_("Ouvrir un nouveau dossier"), JOIN)
