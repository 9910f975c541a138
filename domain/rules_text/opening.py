"""Who organises, what for, where, in which categories, and when."""

from domain.edition import PrizeKind
from domain.judging import Category
from domain.levels import Level
from domain.refusals import N_
from domain.rules_text.blocks import (
    Article,
    Block,
    Figures,
    Listed,
    Moment,
    Paragraph,
    Points,
    Table,
    said,
)
from domain.rules_text.subject import Subject

STEPS = {
    "opens_at": N_("Ouverture des candidatures"),
    "closes_at": N_("Clôture des candidatures"),
    "screening_until": N_("Fin de l'examen de recevabilité"),
    "evaluation_from": N_("Début de l'évaluation par le jury"),
    "evaluation_until": N_("Fin de l'évaluation par le jury"),
    "deliberation_until": N_("Fin de la délibération"),
    "publishes_at": N_("Levée de l'embargo et publication du palmarès"),
    "ends_at": N_("Fin du cycle"),
}
PRIZES = {
    PrizeKind.PUBLIC_VOTE: N_("%(name)s (vote du public)"),
    PrizeKind.JURY_CHOICE: N_("%(name)s (choix du jury)"),
}


def organiser(subject: Subject) -> Article:
    """Who answers for the trophies, and where to write."""
    named = subject.template.texts.get("organiser")
    blocks: list[Block] = [Paragraph(named)] if named else []
    blocks.append(
        Paragraph(
            said(
                N_("L'organisation des trophées « %(edition)s » se joint à l'adresse %(contact)s."),
                edition=subject.edition,
                contact=subject.contact,
            )
        )
    )
    return Article("organisation", N_("L'organisation"), tuple(blocks))


def purpose(subject: Subject) -> Article:
    """What the trophies are for."""
    return Article(
        "objet",
        N_("L'objet"),
        (
            Paragraph(
                said(
                    N_(
                        "Les trophées « %(name)s » distinguent chaque année des organisations qui s'engagent "
                        "volontairement pour l'insertion des personnes éloignées de l'emploi."
                    ),
                    name=subject.template.name,
                )
            ),
            Paragraph(
                said(
                    N_(
                        "C'est un concours sur dossier, jugé par un jury : le hasard n'y a aucune "
                        "part. La participation est gratuite et sans obligation d'achat."
                    )
                )
            ),
        ),
    )


def territories(subject: Subject) -> Article:
    """Where the trophies of this cycle are held."""
    held = {
        Level.TERRITORIAL: N_("Ce règlement est celui du territoire « %(cycle)s »."),
        Level.NATIONAL: N_("Ce règlement est celui de la finale nationale."),
        Level.INTERNAL: N_("Ce règlement est celui de trophées internes : « %(cycle)s »."),
    }
    facts = {} if subject.level is Level.NATIONAL else {"cycle": subject.cycle}
    blocks: list[Block] = [Paragraph(said(held[subject.level], **facts))]
    if subject.level is not Level.INTERNAL:
        blocks.append(
            Paragraph(
                said(
                    N_(
                        "Une candidature relève du territoire de l'établissement où l'action a "
                        "lieu, et non de celui du siège."
                    )
                )
            )
        )
    if subject.places:
        blocks.append(
            Paragraph(
                said(N_("Territoires de l'édition : %(places)s."), places=Listed(subject.places))
            )
        )
    return Article("territoires", N_("Les territoires"), tuple(blocks))


def categories(subject: Subject) -> Article:
    """The trophies, with what the jury looks at and how much each criterion weighs."""
    blocks: list[Block] = [
        Paragraph(
            said(
                N_(
                    "Chaque critère est noté par chaque juré ; son poids dit sa part dans la note "
                    "sur 100."
                )
            )
        ),
        *(_category(each) for each in subject.template.categories),
    ]
    if subject.template.prizes:
        blocks.append(Paragraph(said(N_("Prix spéciaux, sans notation :"))))
        blocks.append(
            Points(
                tuple(said(PRIZES[each.kind], name=each.name) for each in subject.template.prizes)
            )
        )
    return Article("categories", N_("Les catégories et leurs critères"), tuple(blocks))


def _category(category: Category) -> Table:
    return Table(
        category.name,
        category.gloss,
        (said(N_("Critère")), said(N_("Ce que le jury regarde")), said(N_("Poids"))),
        tuple((each.name, each.help, each.coefficient) for each in category.criteria),
    )


def calendar(subject: Subject) -> Article:
    """Every date, with the hour of Paris and that of the territory."""
    dates = subject.calendar
    blocks: list[Block] = [
        Paragraph(
            said(
                N_(
                    "Toutes les heures sont celles de Paris. L'heure qui compte est celle à "
                    "laquelle votre envoi complet arrive au service."
                )
            )
        ),
        Figures(
            tuple(
                (said(label), Moment(getattr(dates, name), subject.zone))
                for name, label in STEPS.items()
            )
        ),
    ]
    if minutes := int(dates.tolerance.total_seconds() // 60):
        blocks.append(
            Paragraph(
                said(
                    N_(
                        "Une tolérance technique de %(minutes)s minutes après la clôture est "
                        "accordée aux brouillons déjà commencés ; elle est la même pour tous et "
                        "figure sur le récépissé."
                    ),
                    minutes=minutes,
                )
            )
        )
    return Article("calendrier", N_("Le calendrier"), tuple(blocks))
