"""The whole journey of a company, by browsers that read real pages and real letters."""

from benchmarks.answers import complete_answers, siret_number
from benchmarks.load import Act, Burst, burst
from benchmarks.stage import Stage
from benchmarks.world import CATEGORY
from demo.cast import Company, Human, Part
from demo.companies import open_application, send_application, write_sections
from demo.mailbox import Mailbox
from demo.visitor import Web
from domain.edition import EditionTemplate
from embedded.ports import HERE
from storage.tables.cycles import Cycle
from storage.templates import template_of

# Beyond the ranks of the drafts that are prepared without a browser.
FIRST_RANK = 50_000


async def journeys(stage: Stage, cycle: Cycle, clients: int) -> tuple[Burst, float]:
    """One journey per client, all at once, and how many requests each made on average."""
    async with stage.database.transaction() as session:
        template = await template_of(session, cycle)
    mailbox = Mailbox(f"http://{HERE}:{stage.settings.mailbox_port}")
    async with Web(stage.web) as web:
        first = FIRST_RANK + 100 * clients
        ranks = range(first, first + clients)
        done = await burst(
            [[_journey(web, mailbox, _company(template, rank), cycle.code)] for rank in ranks]
        )
    await mailbox.close()
    return done, web.requests / clients


def _journey(web: Web, mailbox: Mailbox, company: Company, cycle: str) -> Act:
    async def travel() -> None:
        candidate = await open_application(web, mailbox, company, cycle)
        await write_sections(candidate, candidate.sections)
        await send_application(candidate)

    return travel


def _company(template: EditionTemplate, rank: int) -> Company:
    siret = siret_number(rank)
    return Company(
        code=f"C{rank}",
        name=f"Entreprise {rank}",
        siret=siret,
        category=CATEGORY,
        part=Part.ADMITTED,
        contact=Human("Camille Martin", f"candidature-{rank}@exemple.fr"),
        merit=3,
        answers=complete_answers(template, CATEGORY, siret),
    )
