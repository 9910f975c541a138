"""One side of the charter: companies that enter, report, are complained about and come back."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter.alerts import AlertAct, AlertStep
from domain.charter.situation import Step
from storage.drafts.alerts import file_alert
from storage.tables.charter import AdherenceMember, Alert, Evidence, Report
from storage.tables.complaints import AlertEvidence
from storage.tables.letters import Letter
from tests.api.rights.rows import DAY, NOW, PDF, keep_bytes
from tests.builders import a_person
from tests.charters import Adherent, a_draft, a_signatory, an_open_report

YEAR = NOW.year + 1
# The parts of a company, beside its head.
PARTS = ("lead", "reporting")


async def a_charter_side(
    session: AsyncSession, side: str, uploads: Path, sirets: tuple[str, str]
) -> dict[str, dict[str, str]]:
    """Write everything down: what an address says, by the beginning of its path."""
    entering = await a_draft(session, siret=sirets[0], email=f"head@{side}.example")
    signed = await a_signatory(
        session,
        accepted=NOW - timedelta(days=500),
        siret=sirets[1],
        email=f"head@{side}.example",
    )
    for adherent in (entering, signed):
        await _with_people(session, adherent, side)
    report = await an_open_report(session, signed, YEAR, NOW)
    old = await an_open_report(session, signed, YEAR - 1, NOW)
    old.step, old.submitted_at, old.sent = Step.SUBMITTED, NOW, {}
    evidence, proof = [await _evidence(session, uploads, each) for each in (report, old)]
    alert, piece = await _alert(session, uploads, signed, side)
    speaker = await a_person(session, f"speaker@{side}.example")
    letter = Letter(
        key=str(uuid4()),
        kind="charter_accepted",
        subject=f"adherence:{signed.adherence.id}",
        person_id=signed.head.id,
        state="sent",
    )
    session.add(letter)
    await session.flush()
    here = {
        "adherence_id": str(signed.adherence.id),
        "code": signed.adherence.verification_code,
        "number": "1",
    }
    return {
        "entering": {"adherence_id": str(entering.adherence.id)},
        "signed": here | {"year": str(YEAR), "evidence_id": str(evidence)},
        "alert": {
            "alert_id": str(alert.id),
            "evidence_id": str(piece),
            "person_id": str(speaker.id),
        },
        "report": {"report_id": str(old.id), "evidence_id": str(proof)},
        "charter letter": {"letter_id": str(letter.id)},
    }


async def _with_people(session: AsyncSession, adherent: Adherent, side: str) -> None:
    for part in PARTS:
        person = await a_person(session, f"{part}@{side}.example")
        session.add(
            AdherenceMember(adherence_id=adherent.adherence.id, person_id=person.id, role=part)
        )
    await session.flush()


async def _evidence(session: AsyncSession, uploads: Path, report: Report) -> UUID:
    row = Evidence(
        adherence_id=report.adherence_id,
        report_id=report.id,
        indicator="I1.2",
        name="preuve.pdf",
        media_type="application/pdf",
        size=len(PDF),
        sha256="0" * 64,
        added_by=(await a_person(session)).id,
    )
    session.add(row)
    await session.flush()
    keep_bytes(uploads, row.id)
    return row.id


async def _alert(
    session: AsyncSession, uploads: Path, signed: Adherent, side: str
) -> tuple[Alert, UUID]:
    author = await a_person(session, f"author@{side}.example")
    words = "Le badge est imprimé sur des emballages vendus en magasin depuis le mois de mars."
    alert = await file_alert(session, signed.adherence.id, author.id, "Badge", words, uuid4())
    alert.step, alert.alleged, alert.until = AlertStep.INQUIRY, "Badge", NOW + 20 * DAY
    row = AlertEvidence(
        alert_id=alert.id,
        part=AlertAct.REPLY,
        name="preuve.pdf",
        media_type="application/pdf",
        size=len(PDF),
        sha256="0" * 64,
        request_id=uuid4(),
        added_by=signed.head.id,
        sent_at=NOW,
    )
    session.add(row)
    await session.flush()
    keep_bytes(uploads, row.id)
    return alert, row.id
