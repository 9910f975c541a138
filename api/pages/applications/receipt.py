"""The proof of what was sent, and a copy of it to keep."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.errors import NotFound
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import home_of, page_of
from api.pages.applications.read_again import read_sections
from api.pages.applications.stages import what_is_next
from storage.reads.company_file import JoinedFile, Sent, files_of, versions_of

router = APIRouter()


@router.get("/candidatures/{application_id}/recepisse")
async def show(application_id: UUID, desk: Desk) -> Response:
    """Show the number, the hour and the fingerprint of what was sent; the task list before that."""
    work = await desk.work(application_id)
    async with desk.db.transaction() as session:
        versions = await versions_of(session, work.id)
    if not versions:
        return desk.screen.go(home_of(work.id))
    sentence, dates = what_is_next(work, desk.now)
    return desk.screen.show(
        "pages/applications/receipt.html",
        work=work,
        home=home_of(work.id),
        sent=versions[0],
        earlier=versions[1:],
        next=desk.screen.say(sentence, **dates),
        export_url=page_of(work.id, "export.json"),
    )


@router.get("/candidatures/{application_id}/envois/{version}")
async def read(application_id: UUID, version: int, desk: Desk) -> Response:
    """Show a version as it was sent."""
    work = await desk.work(application_id)
    async with desk.db.transaction() as session:
        versions = await versions_of(session, work.id)
    sent = next((each for each in versions if each.version == version), None)
    if sent is None:
        raise NotFound
    return desk.screen.show(
        "pages/applications/sent.html",
        work=work,
        home=home_of(work.id),
        sent=sent,
        sections=read_sections(work, sent.answers, desk.screen.language),
        files_url=page_of(work.id, "pieces"),
    )


@router.get("/candidatures/{application_id}/export.json")
async def export(application_id: UUID, desk: Desk) -> Response:
    """Give everything back: the draft, and each version with what its fingerprint covers."""
    work = await desk.work(application_id)
    async with desk.db.transaction() as session:
        files = await files_of(session, work.id)
        versions = await versions_of(session, work.id)
    written = json.dumps(_document(work, files, versions), ensure_ascii=False, indent=2)
    # A cycle's code holds a colon, which some systems refuse in the name of a file.
    name = f"candidature-{work.number or work.id}.json".replace(":", "-")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return Response(written, media_type="application/json", headers=headers)


def _document(
    work: Work, files: tuple[JoinedFile, ...], versions: tuple[Sent, ...]
) -> dict[str, object]:
    return {
        "application": str(work.id),
        "number": work.number,
        "cycle": work.cycle_code,
        "category": work.category.code,
        "siret": work.siret,
        "company": work.company,
        "status": work.status,
        "draft": {
            "saved_at": work.saved_at.isoformat() if work.saved_at else None,
            "answers": work.answers,
            "attachments": [_file(file) for file in files],
        },
        "versions": [_version(work, sent) for sent in versions],
    }


def _file(file: JoinedFile) -> Mapping[str, object]:
    return asdict(file) | {"id": str(file.id), "added_at": file.added_at.isoformat()}


def _version(work: Work, sent: Sent) -> dict[str, object]:
    """``sent`` is what the fingerprint covers: keys sorted, no spaces, UTF-8, then SHA-256."""
    return {
        "version": sent.version,
        "arrived_at": sent.arrived_at.isoformat(),
        "in_tolerance": sent.in_tolerance,
        "sent_by": sent.sent_by,
        "signatory": sent.signatory,
        "fingerprint": sent.fingerprint,
        "sent": {
            "siret": work.siret,
            "category": sent.category or work.category.code,
            "answers": sent.answers,
            "attachments": list(sent.attachments),
        }
        | ({"partner": sent.partner} if sent.partner else {}),
    }
