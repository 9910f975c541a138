"""Bring a database back between two tests to what migrations made of it; a copy takes longer."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg

# Migrations write a few rows (the charter): they are put aside once, and put back every time.
PUT_ASIDE = """
CREATE SCHEMA aside;
DO $$
DECLARE each text; filled boolean;
BEGIN
    FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT exists(SELECT FROM public.%I)', each) INTO filled;
        IF filled THEN
            EXECUTE format('CREATE TABLE aside.%I AS TABLE public.%I', each, each);
        END IF;
    END LOOP;
END $$
"""
# Whoever a test left behind is shown out first, so that nothing is written afterwards.
SHOWN_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
EMPTIED = """
DO $$
DECLARE each text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%I', each);
    END LOOP;
    FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'aside' LOOP
        EXECUTE format('INSERT INTO public.%I SELECT * FROM aside.%I', each, each);
    END LOOP;
    FOR each IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER SEQUENCE public.%I RESTART', each);
    END LOOP;
END $$
"""


async def put_aside(url: str) -> None:
    """Keep what migrations wrote, to find it again."""
    async with _connected(url) as connection:
        await connection.execute(PUT_ASIDE)


async def emptied(url: str) -> None:
    """Leave nothing of the test: no row, no number given, nobody connected."""
    async with _connected(url) as connection:
        await connection.execute(SHOWN_OUT)
        await connection.execute(EMPTIED)


@asynccontextmanager
async def _connected(url: str) -> AsyncGenerator[asyncpg.Connection]:
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg:", "postgresql:"))
    try:
        yield connection
    finally:
        await connection.close()
