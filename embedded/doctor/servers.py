"""What the servers answer: database, engine, worker, mail, web."""

import asyncio

from embedded import temporal
from embedded.doctor.findings import Finding, weak, well, wrong
from embedded.ports import is_listening
from embedded.readiness import is_answering
from settings import Settings

START = "start it with `trophees up`"
PATIENCE = 5.0


async def look_at_servers(settings: Settings) -> list[Finding]:
    """Everything that must be asked of a server."""
    looks = (database(settings), engine(settings), worker(settings), mail(settings), web(settings))
    return list(await asyncio.gather(*looks))


async def database(settings: Settings) -> Finding:
    """The database answers, and its schema is the one of this code."""
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415  (slow)

    try:
        async with asyncio.timeout(PATIENCE):
            version = await _schema_version(settings.database_url)
    except (OSError, SQLAlchemyError):
        return wrong("Database", "does not answer", f"{START}, or set TROPHEES_DATABASE_URL")
    wanted = _newest_version()
    if version != wanted:
        seen = f"its schema is {version or 'empty'}, this code wants {wanted}"
        return wrong("Database", seen, "run `trophees migrate`")
    return well("Database", "answers, and is up to date")


async def engine(settings: Settings) -> Finding:
    """Temporal answers for our namespace."""
    address, namespace = settings.temporal_address, settings.temporal_namespace
    if await temporal.is_ready(address, namespace):
        return well("Temporal", f"{address}, namespace {namespace}")
    remedy = f"{START}, or set TROPHEES_TEMPORAL_ADDRESS and TROPHEES_TEMPORAL_NAMESPACE"
    return wrong("Temporal", f"{address} does not answer for namespace {namespace}", remedy)


async def worker(settings: Settings) -> Finding:
    """Somebody does the work."""
    if await temporal.has_worker(settings.temporal_address, settings.temporal_namespace):
        return well("Worker", "asks for work")
    return wrong("Worker", "no worker asks for work", "start one with `trophees work`")


async def mail(settings: Settings) -> Finding:
    """Somebody takes our letters."""
    address = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        taken = await asyncio.to_thread(is_listening, settings.smtp_port, settings.smtp_host)
    except OSError:
        taken = False
    if taken:
        return well("Mail", address)
    remedy = f"{START}, or set TROPHEES_SMTP_HOST and TROPHEES_SMTP_PORT"
    return wrong("Mail", f"{address} does not answer", remedy)


async def web(settings: Settings) -> Finding:
    """The web application answers."""
    if await is_answering(f"{settings.base_url.rstrip('/')}/health"):
        return well("Web application", settings.base_url)
    seen = f"{settings.base_url} does not answer"
    return weak("Web application", seen, f"{START}, or set TROPHEES_BASE_URL")


async def _schema_version(url: str) -> str | None:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415  (slow)
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  (slow)

    database_engine = create_async_engine(url)
    try:
        async with database_engine.connect() as connection:
            return await connection.run_sync(
                lambda sync: MigrationContext.configure(sync).get_current_revision()
            )
    finally:
        await database_engine.dispose()


def _newest_version() -> str | None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  (slow)

    from storage.migrate import configuration  # noqa: PLC0415  (slow)

    return ScriptDirectory.from_config(configuration("")).get_current_head()
