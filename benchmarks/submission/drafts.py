"""Complete drafts whose companies are signed in, with the form that sends them in hand."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import httpx

from api.engine import Engine
from api.security import SESSION_COOKIE, fingerprint, new_secret
from benchmarks.load import Act
from benchmarks.stage import Stage
from benchmarks.world import a_draft
from demo.pages import Form, read
from domain.wire.application import RunApplication
from storage.identity import open_session, person_called
from storage.tables.cycles import Cycle
from storage.templates import calendar_in

SEND = "/envoyer"
REVIEW = "relecture"
SIGNATORY = "Camille Martin"
SENT = 303
PATIENCE = 60


class Company:
    """A browser that is signed in, and the drafts that it may send."""

    def __init__(self, address: str, secret: str, drafts: list[UUID]) -> None:
        self.browser = httpx.AsyncClient(
            base_url=address,
            cookies={SESSION_COOKIE: secret},
            timeout=PATIENCE,
            # Sooner than the server, which hangs up after five seconds of silence.
            limits=httpx.Limits(keepalive_expiry=2),
            trust_env=False,
        )
        self.drafts = drafts

    async def acts(self) -> list[Act]:
        """One act per draft: send the form that its last page shows."""
        return [self._send(await self._form(draft)) for draft in self.drafts]

    async def _form(self, draft: UUID) -> Form:
        answer = await self.browser.get(f"/candidatures/{draft}/{REVIEW}")
        page = read(answer.status_code, str(answer.url), answer.text)
        form = page.form_to(SEND)
        if form is None:
            message = f"The page {page.path} ({page.status}) has no form that sends: {page.text}"
            raise LookupError(message)
        return form

    def _send(self, form: Form) -> Act:
        fields = {control.name: control.value or SIGNATORY for control in form.controls}

        async def send() -> None:
            answer = await self.browser.post(form.action, data=fields)
            if answer.status_code != SENT:
                said = read(answer.status_code, str(answer.url), answer.text).text
                message = f"A submission was answered {answer.status_code}: {said[:1500]}"
                raise LookupError(message)

        return send


async def companies(
    stage: Stage, engine: Engine, cycle: Cycle, ranks: range, each: int
) -> list[Company]:
    """A company for each rank, with so many drafts, followed by their workflows."""
    prepared: list[Company] = []
    for rank in ranks:
        secret = new_secret()
        async with stage.database.transaction() as session:
            person = await person_called(session, f"entreprise-{rank}@exemple.fr", name="Camille")
            await open_session(session, person.id, fingerprint(secret), datetime.now(UTC))
            drafts = [
                (await a_draft(session, cycle, rank * 10 + place, person.id)).id
                for place in range(each)
            ]
        await asyncio.gather(*(engine.run_application(_run(draft, cycle)) for draft in drafts))
        prepared.append(Company(stage.web, secret, drafts))
    return prepared


def _run(draft: UUID, cycle: Cycle) -> RunApplication:
    return RunApplication(str(draft), str(cycle.id), calendar_in(cycle))
