"""What is shown when the year is over: laureates, letters, addresses, and ways to come in."""

from collections.abc import Mapping, Sequence

import httpx
from rich.table import Table

from demo.cast import Cast
from demo.checks import Checklist
from demo.narration import Narration, plain
from demo.palmares import Palmares, Prize
from demo.signatories import public_pages
from demo.stage import Stage
from demo.visitor import Web


def laureates(palmares: Palmares) -> Table:
    """The laureate of each category, with its nominees."""
    table = Table(title="Palmarès", title_justify="left", title_style="bold")
    for heading in ("Catégorie", "Lauréat", "Action", "Nommés"):
        table.add_column(heading)
    for code, name in palmares.categories.items():
        winner = _prizes(palmares, code, "laureate")
        nominees = "\n".join(plain(each.company) for each in _prizes(palmares, code, "nominee"))
        company = f"[bold]{plain(winner[0].company)}[/]" if winner else "non décerné"
        table.add_row(plain(name), company, plain(winner[0].title) if winner else "", nominees)
    return table


def letters(counts: Mapping[str, int]) -> Table:
    """The letters of the year, by kind."""
    table = Table(title="Letters sent", title_justify="left", title_style="bold")
    table.add_column("Kind")
    table.add_column("Count", justify="right")
    for kind, count in counts.items():
        table.add_row(kind, str(count))
    table.add_section()
    table.add_row("all", str(sum(counts.values())))
    return table


def durations(tell: Narration) -> str:
    """How long each act took, in one line."""
    return " · ".join(f"act {n} {seconds:.0f} s" for n, (_, seconds) in enumerate(tell.acts, 1))


async def of_the_charter(web: Web, cast: Cast) -> dict[str, str]:
    """The public pages of the charter, and the attestation of each signatory as it is now."""
    found = {"Directory": f"{web.address}/signataires", "Rules": f"{web.address}/charte"}
    for played in cast.signatories:
        pages = await public_pages(web.visitor(), played)
        if pages:
            found[f"{played.name}, sheet"] = pages["sheet"]
            found[f"{played.name}, attestation"] = pages["attestation"]
    return found


async def ways_in(stage: Stage, cast: Cast, cycle: str) -> dict[str, str]:
    """A link for each role, which lets its reader in with one click, once."""
    company, juror, signatory = cast.companies[0], cast.jurors[0], cast.signatories[0]
    people = {
        f"Organiser, {cast.organiser.name}": (cast.organiser.email, f"/organisation/{cycle}"),
        f"Company, {company.contact.name} ({company.name})": (company.contact.email, "/mon-espace"),
        f"Signatory, {signatory.head.name} ({signatory.name})": (
            signatory.head.email,
            "/mon-espace",
        ),
        f"Juror, {juror.person.name}": (juror.person.email, "/mon-espace"),
        f"Chair, {cast.chair.person.name}": (cast.chair.person.email, "/mon-espace"),
    }
    headers = {"Authorization": f"Bearer {stage.token}"}
    links: dict[str, str] = {}
    async with httpx.AsyncClient(
        base_url=stage.web, headers=headers, trust_env=False, timeout=30
    ) as client:
        for who, (email, towards) in people.items():
            answer = await client.post(
                "/api/v1/login-links", json={"email": email, "next": towards}
            )
            links[who] = str(answer.json()["url"]) if answer.is_success else "no link was given"
    return links


def show_addresses(tell: Narration, addresses: Mapping[str, str]) -> None:
    """Where things are, one per line."""
    width = max(map(len, addresses), default=0)
    for title, address in addresses.items():
        tell.line(f"  {plain(title):<{width}}  [bold]{plain(address)}[/]")


def show_checklist(tell: Narration, checks: Checklist) -> None:
    """Everything that was verified; what does not hold is shown with what was expected and seen."""
    tell.line("\n[bold]Checklist[/]")
    for finding in checks.findings:
        tell.line(f"  {'[green]✓[/]' if finding.holds else '[red]✗[/]'} {plain(finding.title)}")
        if not finding.holds:
            tell.line(f"      expected: {plain(finding.expected)}")
            tell.line(f"      seen:     {plain(finding.seen)}")


def _prizes(palmares: Palmares, category: str, kind: str) -> Sequence[Prize]:
    return [each for each in palmares.of(kind) if each.category == category]
