"""The baseline: FastAPI, one endpoint, one row per POST, in the same PostgreSQL."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI, Request
from pydantic import BaseModel
from sqlalchemy import Column, DateTime, MetaData, Table, Text, Uuid, func, insert
from sqlalchemy.dialects.postgresql import JSONB

from settings import Settings
from storage.database import Database

ROWS = Table(
    "bare_row",
    MetaData(),
    Column("id", Uuid(), primary_key=True),
    Column("company", Text, nullable=False),
    Column("answers", JSONB, nullable=False),
    Column("at", DateTime(timezone=True), server_default=func.clock_timestamp()),
)


class Row(BaseModel):
    """What the bare endpoint takes."""

    company: str
    answers: dict[str, Any]


def create_app() -> FastAPI:
    """The application, on the database that the environment names."""
    app = FastAPI(lifespan=_opened)
    app.add_api_route("/rows", add_row, methods=["POST"], status_code=201)
    return app


async def add_row(row: Row, request: Request) -> dict[str, UUID]:
    """Insert one row and commit."""
    database: Database = request.app.state.database
    row_id = uuid4()
    async with database.transaction() as session:
        await session.execute(
            insert(ROWS).values(id=row_id, company=row.company, answers=row.answers)
        )
    return {"id": row_id}


@asynccontextmanager
async def _opened(app: FastAPI) -> AsyncGenerator[None]:
    """The same pool as the service's own."""
    settings = Settings()
    app.state.database = Database(settings.database_url, connections=settings.database_connections)
    async with app.state.database.engine.begin() as connection:
        await connection.run_sync(ROWS.metadata.create_all)
    try:
        yield
    finally:
        await app.state.database.close()
