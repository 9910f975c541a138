"""The rules as articles: every one that a contest owes, filled from the template and the calendar."""

from dataclasses import replace

import pytest

from domain.calendar import calendar_of
from domain.edition_parsing import edition_from
from domain.levels import Level, at_level
from domain.rules_text import Subject, articles
from domain.texts import Language, Text
from storage.editions import shipped_template
from wording.articles import said_articles

GUADELOUPE = "America/Guadeloupe"


def a_subject(template: str = "trophees-insertion", level: Level = Level.TERRITORIAL) -> Subject:
    shipped = shipped_template(template)
    assert shipped is not None
    read = at_level(edition_from(shipped.document), level)
    return Subject(
        template=read,
        edition="Trophées 2027",
        cycle="Guadeloupe",
        year=2027,
        zone=GUADELOUPE,
        level=level,
        calendar=calendar_of(read.calendar, 2027, GUADELOUPE),
        calendar_version=3,
        fingerprint="ab" * 32,
        contact="equipe@trophees.example",
        places=(Text("Guadeloupe", "Guadeloupe"), Text("Bretagne", "Brittany")),
    )


def everything(subject: Subject, language: Language = Language.FRENCH) -> str:
    said = said_articles(articles(subject), language)
    return "\n".join(
        part
        for article in said
        for block in article.blocks
        for part in (block.text, block.intro, *block.heads, *(c for row in block.rows for c in row))
    )


def test_every_article_that_a_contest_owes_is_there_in_order() -> None:
    written = articles(a_subject())

    assert [article.code for article in written] == [
        "organisation",
        "objet",
        "territoires",
        "categories",
        "recevabilite",
        "calendrier",
        "dossier",
        "examen",
        "notation",
        "jury",
        "liens",
        "perequation",
        "egalite",
        "finale",
        "vote",
        "prix",
        "publication",
        "laureats",
        "confidentialite",
        "donnees",
        "modifications",
        "reclamations",
        "acceptation",
        "version",
    ]


def test_an_edition_without_final_or_vote_has_no_article_about_them() -> None:
    subject = a_subject()
    alone = replace(subject, template=replace(subject.template, national=None, prizes=()))

    codes = {article.code for article in articles(alone)}

    assert codes & {"finale", "vote"} == set()


def test_internal_trophies_say_nothing_of_territories_nor_of_a_final() -> None:
    written = articles(replace(a_subject(level=Level.INTERNAL), places=()))

    assert [len(each.blocks) for each in written if each.code == "territoires"] == [1]
    assert [each for each in written if each.code == "finale"] == []


@pytest.mark.parametrize(
    "said",
    [
        (
            "jeudi 1er juillet 2027 à 0\u00a0h\u00a000, heure de Paris "
            "(mercredi 30 juin 2027 à 18\u00a0h\u00a000, heure de Guadeloupe)"
        ),
        "Guadeloupe, Bretagne",
        "equipe@trophees.example",
        "Rayonnement et exemplarité",
        "Au moins douze mois d’existence à la clôture",
        "version 3",
        "ab" * 32,
        "36 mois",
    ],
)
def test_the_articles_are_filled_from_the_template_and_the_calendar(said: str) -> None:
    assert said in everything(a_subject())


def test_the_final_shows_the_weights_with_which_it_judges() -> None:
    said = everything(a_subject(level=Level.NATIONAL))

    assert "22,5" in said
    assert "Ce règlement est celui de la finale nationale." in said


def test_the_articles_are_said_in_english_too() -> None:
    said = everything(a_subject(), Language.ENGLISH)

    assert "Guadeloupe, Brittany" in said
    assert "12 months" in said
    assert "règlement" not in said


def test_a_template_names_who_organises_it() -> None:
    subject = a_subject()
    named = replace(
        subject.template, texts={"organiser": Text("L’association Cap", "The Cap association")}
    )

    assert "L’association Cap" in everything(replace(subject, template=named))
