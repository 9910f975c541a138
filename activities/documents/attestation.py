"""The attestation of a signatory as a PDF, with the code by which anybody may check it."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import segno
import typst

SOURCE = Path(__file__).resolve().parents[2] / "templates" / "documents" / "attestation.typ"

WORDS = {
    "fr": {
        "title": "Attestation",
        "check": "Vérifier cette attestation",
        "how": "Elle vaut à l’instant de sa lecture en ligne, et seulement alors\u00a0:",
        "code": "Code",
        "written": "Document établi le {day} à {hour}, heure de Paris.",
        "qr": "Code QR qui mène à la page de vérification",
    },
    "en": {
        "title": "Attestation",
        "check": "Check this attestation",
        "how": "It is worth what its page says when it is read, and only then:",
        "code": "Code",
        "written": "Document made on {day} at {hour}, Paris time.",
        "qr": "QR code that leads to the page of verification",
    },
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the attestation says, in one language, and where it is checked."""

    statement: str
    notice: str
    charter: str
    company: str
    code: str
    address: str
    language: str
    at: datetime


def written(wanted: Wanted) -> bytes:
    """The PDF; nobody's text is read as markup, since it comes as data."""
    words = WORDS[wanted.language]
    given = {
        "statement": wanted.statement,
        "notice": wanted.notice,
        "charter": wanted.charter,
        "company": wanted.company,
        "code": wanted.code,
        "address": wanted.address,
        "language": wanted.language,
        "written": words["written"].format(day=_day(wanted), hour=_hour(wanted)),
        "picture": _picture_of(wanted.address),
        **{name: words[name] for name in ("title", "check", "how", "qr")},
        "code_word": words["code"],
    }
    return typst.compile(
        str(SOURCE),
        format="pdf",
        sys_inputs=given,
        pdf_standards="ua-1",
        timestamp=wanted.at.astimezone(UTC).replace(microsecond=0),
    )


def _picture_of(address: str) -> str:
    """A QR code as SVG, which stays sharp on paper (ISO/IEC 18004, level M)."""
    written = io.BytesIO()
    segno.make(address, error="m").save(written, kind="svg", border=2, xmldecl=False)
    return written.getvalue().decode()


def _day(wanted: Wanted) -> str:
    return f"{wanted.at:%d/%m/%Y}"


def _hour(wanted: Wanted) -> str:
    if wanted.language == "en":
        return f"{wanted.at:%H:%M}"
    return f"{wanted.at.hour}\u00a0h\u00a0{wanted.at:%M}"
