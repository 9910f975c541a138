"""What is wrong in a document, said to the person who wrote it rather than to who reads our code."""

import re

from api.screen import Screen
from domain.refusals import N_
from storage.drafts.charter_versions import DocumentWrongError

WHERE = N_("À l'endroit « %(path)s » : %(problem)s")
_WHOLE = N_("le document entier")
# What the readers of documents say, and the same in the words of these pages.
PROBLEMS = tuple(
    (re.compile(said), words)
    for said, words in (
        (r"“(?P<key>.+)” is missing", N_("« %(key)s » manque.")),
        (
            r"unknown key “(?P<key>.+)”",
            N_("« %(key)s » n'est lu par personne : est-ce une faute ?"),
        ),
        ("a list is expected", N_("une liste est attendue.")),
        ("a text is expected", N_("un texte est attendu, entre guillemets.")),
        ("a whole number is expected", N_("un nombre entier est attendu.")),
        ("true or false is expected", N_("true ou false est attendu.")),
        (
            r"unknown value “(?P<word>.*)”, expected one of (?P<known>.+)",
            N_("« %(word)s » n'est pas connu ; les valeurs possibles : %(known)s."),
        ),
        ("a mapping is expected", N_("des clés et leurs valeurs sont attendues.")),
        (r"duplicate code “(?P<code>.+)”", N_("le code « %(code)s » est déjà pris.")),
        (
            r"(?P<count>\d+) questions on “(?P<code>.+)”, where 2 are expected",
            N_("%(count)s questions sur %(code)s, au lieu de deux."),
        ),
        (r"unknown commitment “(?P<code>.+)”", N_("l'engagement « %(code)s » n'existe pas.")),
        ("exactly one role signs", N_("un rôle signe, et un seul.")),
        ("a number above zero is expected", N_("un nombre plus grand que zéro est attendu.")),
        (
            r"the levels expected are (?P<known>.+), in that order",
            N_("les niveaux attendus sont %(known)s, dans cet ordre."),
        ),
        ("a commitment is expected", N_("un engagement au moins est attendu.")),
        ("an indicator is expected", N_("un indicateur au moins est attendu.")),
        (
            "people are counted by a whole number",
            N_("des personnes se comptent par un nombre entier."),
        ),
        ("only a number has decimals", N_("seul un nombre a des décimales.")),
        (
            r"a number between (?P<low>\d+) and (?P<high>\d+) is expected",
            N_("un nombre entre %(low)s et %(high)s est attendu."),
        ),
        ("only a percentage has a maximum", N_("seul un pourcentage a un maximum.")),
        ("a percentage goes up to 100 at least", N_("un pourcentage va au moins jusqu'à 100.")),
        (
            r"“(?P<code>.+)” is no whole count of people of this commitment",
            N_("« %(code)s » n'est pas un décompte de personnes de cet engagement."),
        ),
        (
            "a part of people is a count of people or a percentage",
            N_("une partie d'un décompte est un décompte de personnes, ou un pourcentage."),
        ),
        (r"unknown name {(?P<name>.+)}", N_("le nom {%(name)s} n'est celui d'aucune période.")),
        (
            r"“(?P<word>.+)” is locked while certification_scheme is empty",
            N_("le mot « %(word)s » demande un schéma de certification (certification_scheme)."),
        ),
        ("a day is expected.*", N_("un jour est attendu, entre guillemets : “2026-09-01”.")),
        ("2 or more is expected", N_("un nombre d'au moins 2 est attendu.")),
        (
            "the window must close after it opens, in the same year",
            N_("la fenêtre doit se fermer après son ouverture, la même année."),
        ),
        (
            "a day of the year is expected.*",
            N_("un jour de l'année est attendu, entre guillemets : “04-30”."),
        ),
        ("no such day in every year", N_("ce jour n'existe pas chaque année.")),
        ("an hour is expected.*", N_("une heure est attendue, entre guillemets : “18:00”.")),
        (
            "a period must be longer than nothing",
            N_("une période dure plus que rien : donnez un nombre plus grand que zéro."),
        ),
    )
)


def said(screen: Screen, wrong: DocumentWrongError) -> str:
    """Where a document is wrong, and how."""
    return screen.say(
        WHERE, path=wrong.path or screen.say(_WHOLE), problem=_problem(screen, wrong.problem)
    )


def _problem(screen: Screen, problem: str) -> str:
    for pattern, words in PROBLEMS:
        found = pattern.fullmatch(problem)
        if found:
            return screen.say(words, **found.groupdict())
    return problem
