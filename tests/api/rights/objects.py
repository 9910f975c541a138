"""Which object of a side each page is about: the first beginning of a path that fits."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api.rights.matrix import Route

# The last of these says most: what is named there wins.
ABOUT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/", ("judged", "signed")),
    ("/candidatures/", ("draft",)),
    ("/candidatures/{application_id}/partenaire", ("partnership",)),
    ("/candidatures/{application_id}/recepisse", ("judged",)),
    ("/candidatures/{application_id}/envois", ("judged",)),
    ("/candidatures/{application_id}/export", ("judged",)),
    ("/candidatures/{application_id}/recevabilite", ("judged",)),
    ("/candidatures/{application_id}/finale", ("published",)),
    ("/candidatures/{application_id}/renoncer", ("published",)),
    ("/candidatures/{application_id}/retour", ("withdrawn",)),
    ("/partenariats/", ("partnership",)),
    ("/palmares/", ("published",)),
    ("/vote/", ("edition",)),
    ("/organisation/vote/", ("edition",)),
    ("/organisation/editions/", ("plan",)),
    ("/organisation/editions/{edition_code}/ensemble", ("edition",)),
    ("/api/v1/editions/", ("plan",)),
    ("/api/v1/palmares/", ("published",)),
    ("/api/v1/votes/", ("edition",)),
    ("/organisation/{cycle_code}/membres", ("internal",)),
    ("/organisation/{cycle_code}/corrections", ("published",)),
    ("/organisation/{cycle_code}/promotions", ("published",)),
    ("/organisation/{cycle_code}/resultats", ("published",)),
    ("/signataires/{adherence_id}/signaler/", ("alert",)),
    ("/jury/", ("{role}", "{role} card")),
    ("/jury/{juror_id}/deliberation", ("{role} decides",)),
    ("/jury/{juror_id}/seance", ("{role} decides",)),
    ("/jury/{juror_id}/signature", ("{role} decides",)),
    ("/jury/{juror_id}/proces-verbal", ("{role} published",)),
    ("/jury/{juror_id}/deliberation/{code}/rectification", ("{role} published",)),
    ("/jury/{juror_id}/deliberation/grand-prix", ("final",)),
    ("/organisation/charte/lettres", ("charter letter",)),
    ("/organisation/charte/bilans", ("report",)),
    ("/organisation/charte/dossiers", ("entering",)),
    ("/adhesions/{adherence_id}/signalements", ("alert",)),
    ("/organisation/charte/signalements", ("alert",)),
)
FIXED = {"language": "en", "section": "organisation", "territory": "REG-84"}
# The words that addresses end with, by the beginning of the path.
WORDS = (
    ("/jury/", {"code": "QUA"}),
    ("/adhesions/", {"act": "reponse"}),
    ("/organisation/charte/dossiers", {"decision": "refuser"}),
    ("/organisation/charte/adherents", {"deed": "suspendre"}),
    ("/organisation/charte/bilans", {"deed": "valider"}),
    ("/organisation/charte/signalements", {"deed": "recevable"}),
    ("/organisation/vote/", {"act": "annuler"}),
    (
        "/organisation/{cycle_code}/candidatures/{application_id}/{decision}",
        {"decision": "recevable"},
    ),
    ("/organisation/{cycle_code}/candidatures/{application_id}/recevabilite", {"wanted": "ouvrir"}),
    ("/organisation/{cycle_code}/regroupements", {"wanted": "annuler"}),
    ("/organisation/{cycle_code}/corrections", {"answer": "ecarter"}),
    ("/organisation/{cycle_code}/resultats/envoi", {"act_name": "suspendre"}),
)


def values_of(
    route: "Route", side: Mapping[str, Mapping[str, str]], role: str
) -> Mapping[str, str]:
    """What stands for each name in braces of a path."""
    seat = role if role in {"juror", "chair"} else "juror"
    values = dict(FIXED)
    for beginning, names in ABOUT:
        if route.path.startswith(beginning):
            for name in names:
                values |= side[name.replace("{role}", seat)]
    for beginning, words in WORDS:
        if route.path.startswith(beginning):
            values |= words
    return values
