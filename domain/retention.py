"""How long each class of data is kept, and what then becomes of it: the register that runs by itself.

The months come from the frozen template of each edition where they are about its files, else from the
usual ones; see the règlement and the page on personal data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from domain.civil import months_before
from domain.edition import Retention
from domain.erasure import ADDRESS, OF_THE_SAME
from domain.refusals import N_

USUAL = Retention()
WARNING = timedelta(days=USUAL.account_warning_days)
# Of a complaint, from its closing; of a charter file, from the end of the adherence.
COMPLAINT_AUTHORS, CHARTER_FILES = 12, 60


class Kept(StrEnum):
    """A class of data, in the order in which a day's run takes them."""

    ENTRANCES = "entrances"
    DRAFTS = "drafts"
    ATTACHMENTS = "attachments"
    FILES = "files"
    JURORS = "jurors"
    LAUREATE_PEOPLE = "laureate_people"
    COMPLAINT_AUTHORS = "complaint_authors"
    CHARTER_FILES = "charter_files"
    WARNINGS = "warnings"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class Words:
    """How a class reads: what it is, since when its months count, and what then becomes of it."""

    name: str
    since: str
    then: str
    months: int = 0


WORDS: Mapping[Kept, Words] = {
    Kept.ENTRANCES: Words(
        N_("Connexions et liens de connexion"), N_("leur fin"), N_("supprimés le lendemain")
    ),
    Kept.DRAFTS: Words(
        N_("Brouillons jamais envoyés"),
        N_("la clôture de l’appel"),
        N_("vidés, pièces comprises"),
        USUAL.drafts_after_closing,
    ),
    Kept.ATTACHMENTS: Words(
        N_("Pièces jointes"),
        N_("la publication du palmarès"),
        N_("supprimées"),
        USUAL.attachments_after_publication,
    ),
    Kept.FILES: Words(
        N_("Dossiers non lauréats"),
        N_("la publication du palmarès"),
        N_("réduits à des statistiques sans SIREN : catégorie, territoire, notes"),
        USUAL.files_after_publication,
    ),
    Kept.JURORS: Words(
        N_("Jurés"),
        N_("la publication du palmarès"),
        N_("détachés de leur nom ; les notes restent, sans leurs commentaires"),
        USUAL.juror_scores_after_publication,
    ),
    Kept.LAUREATE_PEOPLE: Words(
        N_("Personnes citées dans un dossier lauréat"),
        N_("la publication du palmarès"),
        N_("effacées du dossier"),
        USUAL.laureate_people_after_publication,
    ),
    Kept.COMPLAINT_AUTHORS: Words(
        N_("Auteurs de signalements"),
        N_("la fin de l’examen"),
        N_("détachés du signalement"),
        COMPLAINT_AUTHORS,
    ),
    Kept.CHARTER_FILES: Words(
        N_("Dossiers et bilans de la charte"),
        N_("la fin de l’adhésion"),
        N_("vidés ; le décompte public reste"),
        CHARTER_FILES,
    ),
    Kept.WARNINGS: Words(
        N_("Comptes bientôt sans activité"),
        N_("la dernière connexion"),
        N_("avertis 30 jours avant l’effacement"),
        USUAL.accounts_after_last_action,
    ),
    Kept.ACCOUNTS: Words(
        N_("Comptes sans activité"),
        N_("la dernière connexion"),
        N_("effacés, si personne ne compte plus sur eux"),
        USUAL.accounts_after_last_action,
    ),
}


def is_over(since: datetime, months: int, now: datetime) -> bool:
    """Whether so many months have passed since an instant, counted in days of the calendar."""
    return since.date() <= over_since(months, now)


def over_since(months: int, now: datetime) -> date:
    """The last day that is so many months ago."""
    return months_before(now.date(), months)


def without_people(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers from which everybody who is named with an address is gone; the rest stays."""
    prefixes = [
        key.removesuffix(ADDRESS)
        for key, value in answers.items()
        if key.endswith(ADDRESS) and value
    ]
    theirs = {f"{prefix}{part}" for prefix in prefixes for part in (ADDRESS, *OF_THE_SAME)}
    return {key: "" if key in theirs else value for key, value in answers.items()}


def report_of(found: Mapping[str, Any]) -> dict[Kept, int]:
    """The counts of a day's run as they were written, every class present."""
    return {each: int(cast("int", found.get(each, 0))) for each in Kept}
