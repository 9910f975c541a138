"""Two languages: nothing untranslated, nothing translated twice."""

import io
import re

import pytest
from babel.messages.pofile import read_po

from api import i18n


def test_every_sentence_has_its_english() -> None:
    assert i18n.missing_translations() == []


def test_no_two_catalogues_disagree() -> None:
    assert i18n.conflicting_translations() == []


def test_english_asks_for_no_fact_that_french_lacks() -> None:
    wrong = [
        str(message.id)
        for path in i18n.CATALOGUES.glob("*.po")
        for message in read_po(io.BytesIO(path.read_bytes()))
        if message.id and _facts(message.string) - _facts(message.id)
    ]

    assert wrong == []


def _facts(sentence: object) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", str(sentence)))


@pytest.mark.parametrize(
    ("accepted", "chosen", "language"),
    [
        pytest.param(None, None, "fr", id="nothing said"),
        pytest.param("en-GB,en;q=0.9,fr;q=0.8", None, "en", id="browser prefers English"),
        pytest.param("fr;q=0.5, en;q=0.9", None, "en", id="weights decide, not order"),
        pytest.param("de, fr-CA;q=0.7, en;q=0.3", None, "fr", id="first known language"),
        pytest.param("de", None, "fr", id="neither"),
        pytest.param("en", "fr", "fr", id="the person chose"),
        pytest.param("en", "xx", "en", id="unknown choice"),
        pytest.param(";;q=,,en;q=1.2.3", None, "fr", id="nonsense"),
        pytest.param("en;q=0, fr;q=0.1", None, "fr", id="refused"),
    ],
)
def test_which_language(accepted: str | None, chosen: str | None, language: str) -> None:
    assert i18n.language_of(accepted, chosen) == language


def test_a_sentence_is_said_with_its_facts() -> None:
    assert i18n.translate("en", "%(done)s sur %(total)s", done=3, total=5) == "3 of 5"
    assert i18n.translate("fr", "%(done)s sur %(total)s", done=3, total=5) == "3 sur 5"


def test_spaces_and_apostrophes_may_be_typed_either_way() -> None:
    assert i18n.translate("en", "Erreur\u00a0:") == "Error:"
    assert i18n.translate("en", "Rien à montrer pour l’instant.") == "Nothing to show yet."


def test_what_nobody_translated_is_said_in_french() -> None:
    assert i18n.translate("en", "Jamais vu : l'un") == "Jamais vu\u00a0: l’un"


def test_zero_is_singular_in_french_and_plural_in_english() -> None:
    sentences = ("Une réponse est à corriger", "%(count)s réponses sont à corriger")

    assert i18n.translations("fr").ngettext(*sentences, 0) == "Une réponse est à corriger"
    assert i18n.translations("en").ngettext(*sentences, 0) == "%(count)s answers need correcting"


def test_a_lone_percent_sign_survives() -> None:
    assert i18n.translate("fr", "50 %% des voix") == "50\u00a0% des voix"
    assert i18n.translate("fr", "50 % des voix") == "50\u00a0% des voix"
