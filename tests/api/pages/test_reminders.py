"""Reminders end by one click of a mail program, and begin again on the page."""

from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import col

from activities.letters.unsubscribing import path_for
from settings import Settings
from storage.database import Database
from storage.drafts.reminders import has_none
from storage.tables.records import JournalLine
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.builders import a_person


async def test_one_click_without_a_form_of_ours_stops_them_and_the_page_undoes_it(
    application: FastAPI, configured: Settings, database: Database
) -> None:
    browser = Browser(application)
    async with database.transaction() as session:
        person = await a_person(session)
    path = path_for(configured, person.id)

    looked = await browser.get(path)
    clicked = await browser.post(path, data={"List-Unsubscribe": "One-Click"})
    async with database.transaction() as session:
        stopped = await has_none(session, person.id)
    back = await browser.submit(f"{path}/reprendre")

    assert "Vous recevez les rappels" in words_of(looked.text)
    assert (clicked.status_code, stopped) == (200, True)
    assert back.status_code == 303
    async with database.transaction() as session:
        assert await has_none(session, person.id) is False
        acts = await session.scalars(
            select(col(JournalLine.act))
            .where(col(JournalLine.subject) == f"person:{person.id}")
            .order_by(col(JournalLine.id))
        )
        assert acts.all() == ["reminders_off", "reminders_on"]


async def test_a_token_that_is_not_ours_finds_nothing(application: FastAPI) -> None:
    assert (await Browser(application).post("/lettres/rappels/eyJhbGciOi.abc")).status_code == 404
