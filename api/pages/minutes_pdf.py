"""Signed minutes as a PDF, for the chair and the organiser alike."""

import asyncio

from starlette.responses import Response

from activities.documents.rules import Printed, printed
from api.screen import Screen
from domain.minutes_text import minutes_articles
from domain.refusals import N_
from storage.reads.signed_minutes import ToPrint
from wording.articles import said_articles

TITLE = N_("Procès-verbal du jury")
FOOT = N_("Empreinte %(fingerprint)s… ; règlement %(code)s, version %(version)s.")


async def minutes_pdf(screen: Screen, found: ToPrint, contact: str) -> Response:
    """The document in the language of its reader."""
    minutes, rules = found.minutes, found.rules
    articles = minutes_articles(minutes, rules.subject(contact))
    document = Printed(
        title=screen.say(TITLE),
        kicker=f"{rules.edition} · {rules.name}",
        foot=screen.say(
            FOOT,
            fingerprint=minutes.fingerprint[:16],
            code=rules.template.code,
            version=rules.template.version,
        ),
        language=screen.language,
        articles=said_articles(articles, screen.language),
    )
    return pdf_response(
        await asyncio.to_thread(printed, document), f"proces-verbal-{rules.code.replace(':', '-')}"
    )


def pdf_response(pdf: bytes, name: str) -> Response:
    """A PDF that opens in the browser, under that name."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)
