"""What is done about severe and lenient jurors, in sentences that a company director understands."""

from domain.calibration.rules import Method
from domain.refusals import N_
from domain.rules_text.blocks import Article, Paragraph, Points, Words, said
from domain.rules_text.subject import Subject

METHODS = {
    Method.RAW: N_("Le classement suit les notes brutes ; aucune péréquation n'est calculée."),
    Method.ADVICE: N_(
        "Le classement suit les notes brutes ; le jury voit à côté ce que donnerait la péréquation, "
        "qui le conseille."
    ),
    Method.ORDER: N_("Le classement suit les notes après péréquation."),
}
# The method in three sentences.
EXPLAINED = (
    N_(
        "Certains jurés notent plus bas que d'autres : en comparant les notes que plusieurs jurés "
        "donnent aux mêmes dossiers, le calcul estime la sévérité de chacun."
    ),
    N_(
        "Cette sévérité estimée est retirée de ses notes, avec prudence quand il a lu peu de "
        "dossiers ; la note d'un dossier est la moyenne des notes ainsi corrigées."
    ),
    N_(
        "Le calcul dit aussi ce qu'il ne sait pas : les dossiers trop proches pour être départagés "
        "par les notes le sont par la délibération du jury, qui reste souverain."
    ),
)


def equalising(subject: Subject) -> Article:
    """The method, chosen before anybody marks, with its bounds."""
    rules = subject.template.jury.calibration
    points: list[Words] = [said(METHODS[rules.method])]
    if rules.method is not Method.RAW:
        points += [
            *map(said, EXPLAINED),
            said(
                N_(
                    "La correction d'un juré ne dépasse pas %(cap)s points sur 100. Sans jurés "
                    "communs, deux jurys ne sont jamais comparés."
                ),
                cap=rules.correction_cap,
            ),
            said(
                N_(
                    "À partir de %(laureate)s chances sur 100 d'être premier, un dossier est "
                    "« lauréat net » ; à %(out)s chances ou moins, il est « hors course » ; entre "
                    "les deux, le jury délibère."
                ),
                laureate=rules.zone_laureate,
                out=rules.zone_out,
            ),
        ]
    return Article(
        "perequation",
        N_("La péréquation des notes"),
        (
            Paragraph(said(N_("La méthode est choisie avant la première note et ne change plus."))),
            Points(tuple(points)),
        ),
    )
