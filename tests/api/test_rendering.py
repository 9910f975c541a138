"""Pages render in both languages, accessible by construction."""

import re
from collections import Counter

import pytest

from api.rendering import STATIC, Pages
from tests.api.styleguide import styleguide

PAGES = Pages()
GUIDE = "pages/styleguide/index.html"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_macro_renders(language: str) -> None:
    page = PAGES.render(GUIDE, language, **styleguide(complaints={"siret": "Vérifiez."}))

    assert f'<html lang="{language}">' in page


def test_what_went_wrong_is_said_first_and_linked_to_its_field() -> None:
    page = PAGES.render(GUIDE, "fr", **styleguide(complaints={"siret": "Vérifiez l'un."}))

    assert "<title>Erreur\u00a0: Planche de style" in page
    assert '<a href="#field-siret">Vérifiez l’un.</a>' in page
    assert 'aria-describedby="error-siret help-siret" aria-invalid="true"' in page


def test_no_two_elements_share_an_id() -> None:
    page = PAGES.render(GUIDE, "fr", **styleguide(complaints={"siret": "Vérifiez."}))
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))

    assert [one for one, count in ids.items() if count > 1] == []


def test_every_label_and_description_points_at_something() -> None:
    page = PAGES.render(GUIDE, "fr", **styleguide(complaints={"siret": "Vérifiez."}))
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    pointed = re.findall(r'\s(?:for|aria-describedby|aria-labelledby)="([^"]*)"', page)

    assert [name for names in pointed for name in names.split() if name not in ids] == []


def test_nothing_that_the_content_policy_refuses() -> None:
    page = PAGES.render(GUIDE, "fr", **styleguide())

    assert (
        re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=\"/static/)|https?://", page)
        == []
    )


def test_peoples_words_never_become_markup() -> None:
    page = PAGES.render(
        GUIDE, "fr", **styleguide(complaints={"siret": "<script>alert(1)</script>"})
    )

    assert "<script>alert" not in page


def test_a_static_file_changes_address_with_its_content() -> None:
    page = PAGES.render(GUIDE, "fr", **styleguide())
    linked = re.findall(r'/static/([^?"]+)\?v=[0-9a-f]{10}"', page)

    assert sorted(linked) == sorted({*linked})
    assert [name for name in linked if not (STATIC / name).is_file()] == []


def test_an_error_page_says_what_to_do_next() -> None:
    page = PAGES.render(
        "pages/_error.html",
        "en",
        title="No such page",
        happened="The address leads nowhere.",
        next="Start again from the home page.",
        code=404,
        actions=[("/", "Home")],
    )

    assert "What to do now?" in page
    assert '<a href="/">Home</a>' in page
