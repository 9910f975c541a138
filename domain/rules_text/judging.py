"""How files are marked, by whom, what separates equals, and what the final adds."""

from domain.edition import PrizeKind
from domain.judging import TieBreak
from domain.levels import Level
from domain.refusals import N_
from domain.rules_text.blocks import Article, Block, Figures, Paragraph, Points, Words, said
from domain.rules_text.subject import Subject

TIES = {
    TieBreak.IMPACT: N_("la meilleure moyenne au critère d'impact"),
    TieBreak.FIRST_SPECIFIC: N_("la meilleure moyenne au premier critère propre à la catégorie"),
    TieBreak.JURY_VOTE: N_("un vote du jury"),
    TieBreak.CHAIR: N_("la voix de la présidence du jury"),
}


def marks(subject: Subject) -> Article:
    """The scale with its anchors, and what it takes to be a laureate."""
    scale, jury = subject.template.scale, subject.template.jury
    blocks: list[Block] = [
        Paragraph(
            said(
                N_("Chaque critère reçoit une valeur entière de %(lowest)s à %(highest)s."),
                lowest=scale.lowest,
                highest=scale.highest,
            )
        ),
        Figures(tuple((str(anchor.value), anchor.phrase) for anchor in scale.anchors)),
    ]
    if scale.comment_required_for:
        values = ", ".join(map(str, scale.comment_required_for))
        blocks.append(
            Paragraph(
                said(N_("Le juré explique toujours ces valeurs : %(values)s."), values=values)
            )
        )
    blocks.append(
        Paragraph(
            said(
                N_(
                    "La note d'une fiche est la somme des poids multipliés par la valeur divisée "
                    "par %(highest)s, sur 100. Le classement suit la moyenne exacte des fiches "
                    "valides, sans arrondi."
                ),
                highest=scale.highest,
            )
        )
    )
    blocks.append(
        Points(
            (
                said(
                    N_(
                        "Il faut au moins %(count)s fiches valides pour être classé parmi les "
                        "lauréats possibles."
                    ),
                    count=jury.floor_of_valid_scores,
                ),
                said(
                    N_("Un lauréat obtient au moins %(threshold)s sur 100."),
                    threshold=jury.laureate_threshold,
                ),
                said(
                    N_("Sa moyenne au critère d'impact est d'au moins %(minimum)s."),
                    minimum=jury.impact_minimum,
                ),
                said(
                    N_(
                        "Un écart de %(points)s points ou plus entre deux jurés est signalé à la "
                        "délibération."
                    ),
                    points=jury.spread_alert,
                ),
            )
        )
    )
    return Article("notation", N_("La notation"), tuple(blocks))


def jury(subject: Subject) -> Article:
    """Who decides, and how freely."""
    rules = subject.template.jury
    points: list[Words] = [
        said(
            N_("Il compte %(seats)s sièges ; il délibère à %(quorum)s au moins."),
            seats=rules.seats,
            quorum=rules.quorum,
        ),
        said(
            N_(
                "Chaque dossier est lu par %(count)s jurés, désignés par le service de façon "
                "équilibrée."
            ),
            count=rules.readings_per_file,
        ),
        said(N_("Un juré ne voit pas les notes des autres avant la délibération.")),
        said(
            N_("Le jury peut désigner jusqu'à %(count)s nommés par catégorie, en plus du lauréat."),
            count=rules.nominees,
        ),
    ]
    if "sovereignty" in subject.template.texts:
        points.append(subject.template.texts["sovereignty"])
    return Article("jury", N_("Le jury"), (Points(tuple(points)),))


def conflicts(subject: Subject) -> Article:
    """What keeps a juror away from a file."""
    points: list[Words] = [
        said(
            N_(
                "Les jurés déclarent leurs liens d'intérêt avant de lire. Un juré ne lit jamais le "
                "dossier de son employeur, ni un dossier dont il s'écarte."
            )
        ),
        said(
            N_(
                "Un juré qui se découvre un lien après coup s'écarte ; ses notes sur ce dossier ne "
                "comptent plus."
            )
        ),
    ]
    national = subject.template.national
    if national and not national.jury_may_have_judged:
        points.append(
            said(
                N_(
                    "Qui a jugé une organisation dans son territoire ne la juge pas de nouveau en "
                    "finale nationale."
                )
            )
        )
    return Article("liens", N_("Les liens d'intérêt"), (Points(tuple(points)),))


def ties(subject: Subject) -> Article:
    """What separates equals, never a draw."""
    return Article(
        "egalite",
        N_("En cas d'égalité"),
        (
            Paragraph(
                said(
                    N_(
                        "Il n'y a pas d'ex æquo. Les candidatures à égalité sont départagées dans "
                        "cet ordre :"
                    )
                )
            ),
            Points(
                tuple(said(TIES[step]) for step in subject.template.jury.tie_rule), is_ordered=True
            ),
            Paragraph(said(N_("Jamais de tirage au sort."))),
        ),
    )


def final(subject: Subject) -> Article | None:
    """Who goes up to the final, how long each has to say yes, and what is judged anew."""
    national = subject.template.national
    if national is None or subject.level is Level.INTERNAL:
        return None
    up = national.promotion
    extra = national.extra_criterion
    points: list[Words] = [
        said(
            N_(
                "Montent en finale, par catégorie et par territoire, les lauréats des territoires "
                "dans cette limite : %(quota)s."
            ),
            quota=up.quota,
        ),
        said(
            N_(
                "Chaque lauréat confirme sa participation dans le délai de %(days)s jours ; à "
                "défaut, la place revient au suivant du classement qui atteint le seuil, avec le "
                "même délai."
            ),
            days=up.confirm_within.days,
        ),
        said(
            N_(
                "Le jury national repart de zéro : les notes des territoires sont jointes, scellées, "
                "et ne comptent pas dans les siennes."
            )
        ),
        said(
            N_(
                "Un critère s'ajoute, « %(name)s », pour %(weight)s points sur 100 ; les autres "
                "gardent leurs proportions."
            ),
            name=extra.name,
            weight=extra.coefficient,
        ),
        said(
            N_(
                "Une catégorie qui compte moins de %(count)s dossiers recevables dans un territoire "
                "peut être jugée avec celle d'un territoire voisin, ou portée en finale « hors "
                "territoire »."
            ),
            count=subject.template.jury.minimum_files_per_category,
        ),
    ]
    if subject.level is Level.NATIONAL:
        points.pop()  # it counts the files of a territory, and these are the rules of the final
    return Article("finale", N_("La finale nationale"), (Points(tuple(points)),))


def public_vote(subject: Subject) -> Article | None:
    """How the public favourite is chosen, where there is one."""
    votes = [each for each in subject.template.prizes if each.kind is PrizeKind.PUBLIC_VOTE]
    if not votes:
        return None
    blocks: list[Block] = [
        Paragraph(
            said(
                N_("« %(name)s » revient au lauréat de territoire qui reçoit le plus de voix."),
                name=each.name,
            )
        )
        for each in votes
    ]
    blocks.append(
        Points(
            (
                said(N_("Chaque adresse électronique vérifiée donne une voix, et une seule.")),
                said(N_("Aucun total n'est montré avant la fin du vote.")),
                said(
                    N_(
                        "À égalité de voix, la meilleure note du territoire l'emporte, puis le choix "
                        "de la présidence du jury de la finale ; jamais le sort."
                    )
                ),
                said(N_("Le vote ne change ni les notes ni les décisions du jury.")),
            )
        )
    )
    return Article("vote", N_("Le vote du public"), tuple(blocks))
