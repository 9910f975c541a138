"""What the style guide shows: one of each thing, with words that could be real."""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.judging import Anchor, Criterion, Scale
from domain.questions import Choice, Question, QuestionKind
from domain.texts import Text


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone signed in."""

    name: str
    navigation: tuple[tuple[str, str], ...]


def both(words: str) -> Text:
    """The same words in both languages, enough to be looked at."""
    return Text(words, words)


PHRASES = (
    "Rien dans le dossier",
    "Une intention, sans acte",
    "Des actes isolés",
    "Une action suivie, des premiers effets",
    "Des effets mesurés et durables",
    "Exemplaire : d'autres peuvent s'en inspirer",
)
SCALE = Scale(
    lowest=0,
    highest=5,
    anchors=tuple(Anchor(value, both(phrase)) for value, phrase in enumerate(PHRASES)),
    comment_required_for=(0, 5),
)
CRITERIA = (
    Criterion(
        "impact",
        both("Effets pour les personnes"),
        both("Combien, pour combien de temps, et d'après quelles preuves ?"),
        30,
    ),
    Criterion(
        "anchoring",
        both("Ancrage dans l'entreprise"),
        both("L'action tient-elle sans la personne qui l'a lancée ?"),
        20,
    ),
)
QUESTIONS = (
    Question(
        "story",
        QuestionKind.LONG_TEXT,
        both("Racontez l'action"),
        both("Qui, depuis quand, avec qui ? Écrivez comme vous parlez."),
        600,
        required=True,
    ),
    Question(
        "size",
        QuestionKind.CHOICE,
        both("Effectif de l'entreprise"),
        choices=(
            Choice("tpe", both("Moins de 10 personnes")),
            Choice("pme", both("De 10 à 249 personnes")),
            Choice("large", both("250 personnes ou plus")),
        ),
        required=True,
    ),
    Question(
        "paths",
        QuestionKind.CHOICES,
        both("Vos leviers"),
        both("Plusieurs réponses possibles."),
        choices=(
            Choice("hire", both("Recruter")),
            Choice("buy", both("Acheter")),
            Choice("train", both("Former")),
        ),
    ),
    Question("budget", QuestionKind.MONEY, both("Budget consacré"), required=True),
    Question(
        "hours",
        QuestionKind.YEAR_FIGURES,
        both("Heures d'insertion"),
        both("Heures travaillées, par année civile."),
        required=True,
    ),
    Question("email", QuestionKind.EMAIL, both("Adresse électronique"), required=True),
    Question(
        "consent",
        QuestionKind.TICK,
        both("J'accepte le règlement de l'édition 2027"),
        required=True,
    ),
)


def styleguide(*, complaints: dict[str, str] | None = None) -> dict[str, object]:
    """Everything that ``pages/styleguide/index.html`` asks for."""
    return {
        "now": datetime(2027, 6, 27, 12, tzinfo=UTC),
        "closes_at": datetime(2027, 6, 30, 16, tzinfo=UTC),
        "questions": QUESTIONS,
        "criteria": CRITERIA,
        "scale": SCALE,
        "complaints": complaints or {},
        "viewer": Viewer(
            "Camille Robin",
            (
                ("/", "Accueil"),
                ("/cycles", "Cycles"),
                ("/jury", "Jury"),
                ("/courriers", "Courriers"),
                ("/styleguide", "Style"),
            ),
        ),
        "path": "/styleguide",
    }
