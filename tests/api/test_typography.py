"""Dates, amounts and sentences, as they are read."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from markupsafe import Markup

from api import typography
from domain.texts import Text

CLOSING = datetime(2027, 6, 30, 16, 0, tzinfo=UTC)


def plain(text: str) -> str:
    """The text with ordinary spaces, to be compared where spaces are not the point."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        pytest.param("Qui ? Vous !", "Qui\u202f? Vous\u202f!", id="narrow before high marks"),
        pytest.param("un ; deux", "un\u202f; deux", id="narrow before a semicolon"),
        pytest.param("Erreur : ici", "Erreur\u00a0: ici", id="full before a colon"),
        pytest.param("« oui »", "«\u00a0oui\u00a0»", id="inside quotes"),
        pytest.param("l'été d'%(name)s", "l’été d’%(name)s", id="apostrophes"),
        pytest.param("50 % et 3 €", "50\u00a0% et 3\u00a0€", id="units"),
        pytest.param("%(a)s %(b)s", "%(a)s %(b)s", id="placeholders untouched"),
        pytest.param("à 18 h 00", "à 18\u00a0h\u00a000", id="hours"),
        pytest.param('<a href="/x?y=1">', '<a href="/x?y=1">', id="addresses untouched"),
        pytest.param("Déjà\u00a0: l’un", "Déjà\u00a0: l’un", id="already set"),
    ],
)
def test_french_sentences_are_well_set(typed: str, printed: str) -> None:
    assert typography.french(typed) == printed


def test_setting_twice_changes_nothing() -> None:
    once = typography.french("L'heure : 18 h 00 ; 50 % ?")

    assert typography.french(once) == once


def test_words_follow_the_reader_and_keep_markup() -> None:
    both = Text("L'un ?", "One's?")

    assert typography.words(both, "fr") == "L’un\u202f?"
    assert typography.words(both, "en") == "One’s?"
    assert isinstance(typography.words(Markup("<b>l'un</b>"), "fr"), Markup)


@pytest.mark.parametrize(
    ("language", "written"),
    [("fr", "jeudi 1er juillet 2027"), ("en", "Thursday 1 July 2027")],
)
def test_a_day_in_words(language: str, written: str) -> None:
    assert typography.day(date(2027, 7, 1), language) == written


def test_the_eleventh_is_not_the_first() -> None:
    assert typography.day(date(2027, 7, 11), "fr") == "dimanche 11 juillet 2027"


def test_the_day_of_an_instant_is_that_of_paris() -> None:
    late = datetime(2027, 6, 30, 22, 30, tzinfo=UTC)

    assert typography.short_day(late, "fr") == "01/07/2027"
    assert typography.day(late, "fr") == "jeudi 1er juillet 2027"


@pytest.mark.parametrize(
    ("zone", "language", "written"),
    [
        pytest.param(
            "Europe/Paris", "fr", "mercredi 30 juin 2027 à 18 h 00, heure de Paris", id="Paris"
        ),
        pytest.param(
            "Europe/Madrid",
            "fr",
            "mercredi 30 juin 2027 à 18 h 00, heure de Paris",
            id="same clock",
        ),
        pytest.param(
            "Europe/Paris", "en", "Wednesday 30 June 2027 at 18:00, Paris time", id="English"
        ),
        pytest.param(
            "America/Cayenne",
            "fr",
            "mercredi 30 juin 2027 à 18 h 00, heure de Paris (13 h 00, heure de Guyane)",
            id="overseas, same day",
        ),
        pytest.param(
            "Pacific/Noumea",
            "fr",
            "mercredi 30 juin 2027 à 18 h 00, heure de Paris (jeudi 1er juillet 2027 à 3 h 00, heure de Nouvelle-Calédonie)",
            id="overseas, another day",
        ),
    ],
)
def test_an_instant_is_said_in_full(zone: str, language: str, written: str) -> None:
    assert plain(typography.instant(CLOSING, zone, language=language)) == written


def test_an_hour_does_not_break() -> None:
    assert typography.hour(CLOSING, "fr") == "18\u00a0h\u00a000"


def test_a_short_instant() -> None:
    assert plain(typography.short_instant(CLOSING, "fr")) == "30/06/2027 à 18 h 00"


@pytest.mark.parametrize(
    ("left", "french", "english"),
    [
        (timedelta(days=3, hours=5), "il reste 3 jours", "3 days left"),
        (timedelta(hours=47), "il reste 47 heures", "47 hours left"),
        (timedelta(minutes=95), "il reste 95 minutes", "95 minutes left"),
        (timedelta(seconds=30), "il reste moins de deux minutes", "less than two minutes left"),
        (timedelta(0), "échéance passée", "deadline passed"),
        (-timedelta(days=1), "échéance passée", "deadline passed"),
    ],
    ids=["days", "hours", "minutes", "the last two", "at the instant", "after"],
)
def test_what_is_left(left: timedelta, french: str, english: str) -> None:
    now = CLOSING - left

    assert plain(typography.time_left(CLOSING, now, language="fr")) == french
    assert plain(typography.time_left(CLOSING, now, language="en")) == english


def test_numbers() -> None:
    assert typography.number(1234567.5, language="fr") == "1\u202f234\u202f567,5"
    assert typography.number(12, 2, language="fr") == "12,00"
    assert typography.number(Decimal("0.5"), 0, language="en") == "0"


def test_amounts() -> None:
    assert typography.money(12500, language="fr") == "12\u202f500\u00a0€"
    assert typography.money(Decimal("12.5"), language="fr") == "12,50\u00a0€"
    assert typography.money(12500, language="en") == "€12,500"


def test_shares() -> None:
    assert typography.percent(0.125, language="fr") == "12,5\u00a0%"
    assert typography.percent(1, language="en") == "100%"


@pytest.mark.parametrize(
    ("digits", "written"),
    [
        ("12345678200010", "123 456 782 00010"),
        ("123456782", "123 456 782"),
        ("unknown", "unknown"),
    ],
    ids=["siret", "siren", "neither"],
)
def test_numbers_of_companies(digits: str, written: str) -> None:
    assert plain(typography.siret(digits)) == written


@pytest.mark.parametrize(
    ("octets", "written"),
    [
        (0, "0 octets"),
        (999, "999 octets"),
        (2_411_724, "2,4 Mo"),
        (10_000_000, "10 Mo"),
        (5 * 10**12, "5 000 Go"),
    ],
)
def test_sizes(octets: int, written: str) -> None:
    assert plain(typography.size(octets, language="fr")) == written


def test_peoples_text_is_escaped_in_paragraphs() -> None:
    written = typography.paragraphs("Un <b>\r\ndeux\r\n\r\n\r\ntrois ?")

    assert written == Markup("<p>Un &lt;b&gt;<br>deux</p>\n<p>trois ?</p>")


def test_no_text_is_no_paragraph() -> None:
    assert typography.paragraphs(" \n ") == Markup()
