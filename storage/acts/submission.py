"""What a company sends: the version is kept as it was, with its fingerprint and its verdicts."""

import json
from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.edition import EditionTemplate
from domain.eligibility import Verdict, is_admissible, verdicts
from domain.form import check_submission
from domain.refusals import N_, Refusal
from storage.acts.case import Case, write
from storage.acts.eligibility_facts import facts_about
from storage.acts.partner_file import countersignature, countersigned_part
from storage.tables.applications import Application, ApplicationVersion, Attachment
from storage.templates import template_of

_FILES = (
    select(Attachment)
    .where(
        col(Attachment.application_id) == bindparam("application", type_=Uuid()),
        col(Attachment.removed_at).is_(None),
    )
    .order_by(col(Attachment.added_at), col(Attachment.id))
)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misread over the telephone


async def submit(session: AsyncSession, case: Case) -> None:
    """Take a submission that arrived in time, by the arrival and the dates in force."""
    calendar = case.calendar
    if case.at < calendar.opens_at:
        raise Refusal(N_("Les candidatures ne sont pas encore ouvertes."))
    late = case.at > calendar.closes_at
    was_open = case.application.created_at <= calendar.closes_at
    if late and not (was_open and case.at <= calendar.closes_at + calendar.tolerance):
        raise Refusal(
            N_(
                "Les candidatures sont closes : cet envoi est arrivé après l’heure. "
                "Votre brouillon reste lisible."
            )
        )
    template = await template_of(session, case.cycle)
    version = await send_version(session, case, template, in_tolerance=late)
    await write(
        session,
        case,
        "receipt",
        key=f"receipt:{case.application.id}:{version.version}",
        category=template.category(case.application.category).name,
        arrived_at=case.at,
        fingerprint=version.fingerprint,
        version=version.version,
        in_tolerance=late,
        closes_at=calendar.closes_at,
        calendar_version=case.cycle.calendar_version,
    )


async def complete(session: AsyncSession, case: Case) -> None:
    """Take the complements that arrived before their due date."""
    until = case.application.complements_until
    if until is not None and case.at > until:
        raise Refusal(
            N_(
                "Le délai pour compléter ce dossier est passé. "
                "Écrivez à l’organisateur, qui décidera sur les pièces reçues."
            )
        )
    template = await template_of(session, case.cycle)
    await send_version(session, case, template)
    await write(session, case, "complements_received", arrived_at=case.at)


async def send_version(
    session: AsyncSession, case: Case, template: EditionTemplate, *, in_tolerance: bool = False
) -> ApplicationVersion:
    """Keep what is sent, whole: answers, files, fingerprint, verdicts of the rules."""
    application, request = case.application, case.request
    if request is None:
        raise Refusal(N_("Cet envoi n’a pas de demande écrite."))
    if check_submission(template, application.category, application.answers):
        raise Refusal(
            N_("Il manque des réponses, ou certaines sont à corriger : relisez votre candidature.")
        )
    files = await attachments_of(session, application.id)
    partner = await countersigned_part(session, case)
    answers = application.answers | (partner.answers if partner else {})
    signed = countersignature(partner) if partner else None
    # Everything is read before anything changes, so that the row is written once.
    found = verdicts(template, await facts_about(session, case))
    application.version += 1
    application.number = application.number or number_of(case)
    application.submitted_at = case.at
    version = ApplicationVersion(
        application_id=application.id,
        version=application.version,
        category=application.category,
        answers=answers,
        attachments=files,
        partner=signed,
        fingerprint=fingerprint(application, answers, files, signed),
        arrived_at=case.at,
        in_tolerance=in_tolerance,
        calendar_version=case.cycle.calendar_version,
        by_person=request.by_person,
        request_id=request.id,
    )
    session.add(version)
    application.admissible = is_admissible(found)
    application.verdicts = [written(each) for each in found]
    return version


def written(verdict: Verdict) -> dict[str, object]:
    """What a rule said, as its column keeps it."""
    return {
        "rule": verdict.rule.code,
        "blocking": verdict.rule.blocking,
        "outcome": verdict.outcome,
        "sentence": verdict.sentence,
        "facts": dict(verdict.facts),
    }


async def attachments_of(session: AsyncSession, application_id: UUID) -> list[dict[str, object]]:
    """The files joined at this moment, as a version keeps them."""
    rows = await session.execute(_FILES, {"application": application_id})
    return [
        {
            "id": str(file.id),
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
        }
        for file in rows.scalars()
    ]


def fingerprint(
    application: Application,
    answers: Mapping[str, object],
    files: list[dict[str, object]],
    partner: Mapping[str, object] | None = None,
) -> str:
    """SHA-256, in hexadecimal, of what was sent: anyone with the export can compute it again."""
    sent: dict[str, object] = {
        "siret": application.siret,
        "category": application.category,
        "answers": answers,
        "attachments": files,
    }
    if partner:
        sent["partner"] = partner
    canonical = json.dumps(sent, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def number_of(case: Case) -> str:
    """The number of a file: short, sayable, and drawn from its id, so that nobody waits for a counter."""
    rest = case.application.id.int
    digits: list[str] = []
    for _ in range(8):
        rest, digit = divmod(rest, len(ALPHABET))
        digits.append(ALPHABET[digit])
    code = case.cycle.code.replace(":", "-")
    return f"{code}-{''.join(digits[:4])}-{''.join(digits[4:])}"
