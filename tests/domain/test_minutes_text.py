"""Signed minutes as articles: who was there, what was voted, on which figures, by which rules."""

from typing import Any

from domain.minutes_text import Attended, SignedMinutes, minutes_articles
from domain.texts import Language, Text
from tests.builders import NOON
from tests.domain.test_rules_text import a_subject
from wording.articles import said_articles

MINE, OTHER = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"


def a_line(application: str, company: str, rank: int) -> dict[str, Any]:
    return {
        "application": application,
        "company": company,
        "rank": rank,
        "mean": "72.50",
        "valid_cards": 3,
        "adjusted_rank": rank,
    }


def a_vote(application: str, casting: str | None = None) -> dict[str, Any]:
    counts = {"yes": 2, "no": 2, "abstained": 1, "present": 6, "aside": 1}
    return {"number": 1, "application": application, "casting": casting, "adopted": True, **counts}


def told(votes: list[dict[str, Any]], aside: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """What each article says in French, by its anchor."""
    signed = SignedMinutes(
        document={
            "template": {"code": "trophees", "version": 2, "fingerprint": "cd" * 32},
            "calendar_version": 3,
            "categories": [
                {
                    "code": "QUA",
                    "awards": True,
                    "laureate": MINE,
                    "nominees": [OTHER],
                    "reason": "L'impact est net.",
                    "ranking": [a_line(MINE, "Menuiserie", 1), a_line(OTHER, "Boulangerie", 2)],
                }
            ],
            "votes": votes,
        },
        fingerprint="ef" * 32,
        signed_at=NOON,
        zone="Europe/Paris",
        attended=(
            Attended("Claire", "", is_chair=True, is_present=True),
            Attended("Anne", "Sa maison", is_chair=False, is_present=False),
        ),
        names={"QUA": Text("Qualité", "Quality")},
        aside=aside,
    )
    return {
        each.code: [
            part
            for block in each.blocks
            for part in (block.text, *(cell for row in block.rows for cell in row))
            if part
        ]
        for each in said_articles(minutes_articles(signed, a_subject()), Language.FRENCH)
    }


def test_everything_is_there_from_attendance_to_what_makes_it_again() -> None:
    said = told([a_vote(MINE, "yes")])

    assert list(said) == [
        "signature",
        "attendance",
        "category.QUA",
        "votes",
        "notation",
        "perequation",
        "egalite",
        "proof",
    ]
    assert said["attendance"][1:] == ["Claire (présidence)", "Absents\u00a0:", "Anne, Sa maison"]
    assert said["category.QUA"][:2] == ["Lauréat", "Menuiserie"]
    assert "la voix de la présidence départageant" in said["votes"][0]
    assert "ef" * 32 in said["signature"]
    assert "cd" * 32 in said["proof"]


def test_whoever_stands_aside_reads_no_figure_and_no_vote_of_that_file() -> None:
    said = told([a_vote(OTHER)], aside=(OTHER,))

    assert "votes" not in said
    assert said["category.QUA"][-5:] == ["Boulangerie", "2", "lien déclaré", "–", "–"]
