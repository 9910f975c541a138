"""What is won and published, what becomes of the data, and how one complains."""

from domain.refusals import N_
from domain.rules_text.blocks import Article, Figures, Moment, Paragraph, Points, said
from domain.rules_text.subject import Subject


def prizes(_subject: Subject) -> Article:
    """What a trophy is worth."""
    return Article(
        "prix",
        N_("Les trophées"),
        (
            Paragraph(
                said(
                    N_(
                        "Un trophée distingue une action. Il n'est pas doté en argent, ne s'échange "
                        "pas, et ne vaut ni label ni certification de l'organisation."
                    )
                )
            ),
        ),
    )


def publication(subject: Subject) -> Article:
    """When the results are known, and by whom."""
    return Article(
        "publication",
        N_("La publication du palmarès"),
        (
            Paragraph(
                said(
                    N_("Le palmarès est publié le %(when)s."),
                    when=Moment(subject.calendar.publishes_at, subject.zone),
                )
            ),
            Paragraph(
                said(
                    N_(
                        "Les résultats restent sous embargo jusque-là. Chaque candidat reçoit "
                        "ensuite une réponse motivée."
                    )
                )
            ),
            Paragraph(
                said(
                    N_(
                        "Une erreur découverte après la publication donne lieu à une nouvelle "
                        "version du palmarès, avec un avis ; l'ancienne reste lisible."
                    )
                )
            ),
        ),
    )


def laureates(_subject: Subject) -> Article:
    """What laureates let others say of them."""
    return Article(
        "laureats",
        N_("Les lauréats, leur nom et leur image"),
        (
            Points(
                (
                    said(
                        N_(
                            "Les lauréats et les nommés acceptent que leur nom, leur SIRET, le titre "
                            "et le résumé public de leur action soient publiés."
                        )
                    ),
                    said(
                        N_(
                            "Ils peuvent citer leur distinction, en donnant sa catégorie, son "
                            "territoire et son année."
                        )
                    ),
                    said(
                        N_(
                            "Le nom et l'image d'une personne ne sont publiés qu'avec son accord, "
                            "qu'elle retire quand elle veut."
                        )
                    ),
                )
            ),
        ),
    )


def property_and_secrecy(_subject: Subject) -> Article:
    """Who owns the files, and who may read them."""
    return Article(
        "confidentialite",
        N_("La propriété et la confidentialité des dossiers"),
        (
            Paragraph(
                said(
                    N_(
                        "Le candidat reste propriétaire de ce qu'il écrit et joint, et garantit "
                        "qu'il a le droit de le transmettre."
                    )
                )
            ),
            Paragraph(
                said(
                    N_(
                        "Seuls l'organisation et les jurés désignés lisent un dossier ; ils en "
                        "gardent le secret, palmarès et résumé public exceptés."
                    )
                )
            ),
        ),
    )


def personal_data(subject: Subject) -> Article:
    """What is kept, how long, and whom to ask."""
    kept = subject.template.retention
    months = (
        (N_("Brouillons jamais envoyés, après la clôture"), kept.drafts_after_closing),
        (N_("Pièces jointes, après la publication"), kept.attachments_after_publication),
        (N_("Dossiers, après la publication"), kept.files_after_publication),
        (
            N_("Notes et commentaires des jurés, après la publication"),
            kept.juror_scores_after_publication,
        ),
        (
            N_("Noms et images de personnes d'une structure lauréate"),
            kept.laureate_people_after_publication,
        ),
        (N_("Comptes, après la dernière action"), kept.accounts_after_last_action),
        (N_("Journaux techniques"), kept.technical_logs),
    )
    return Article(
        "donnees",
        N_("Les données"),
        (
            Paragraph(
                said(
                    N_(
                        "Le palmarès publie le nom, le SIRET, le titre et le résumé des lauréats et "
                        "des nommés, jamais le nom d'une personne. Le reste est conservé ainsi :"
                    )
                )
            ),
            Figures(
                tuple(
                    (said(label), said(N_("%(count)s mois"), count=count))
                    for label, count in months
                )
            ),
            Paragraph(
                said(
                    N_(
                        "Chacun peut demander à voir, corriger ou effacer ce qui le concerne, à "
                        "l'adresse %(contact)s, et saisir la CNIL."
                    ),
                    contact=subject.contact,
                )
            ),
        ),
    )


def changes(_subject: Subject) -> Article:
    """What happens when the organisers must change something."""
    return Article(
        "modifications",
        N_("Modification, annulation, responsabilité"),
        (
            Paragraph(
                said(
                    N_(
                        "Une date peut être déplacée : les personnes concernées en sont averties, et "
                        "chaque version du calendrier est conservée."
                    )
                )
            ),
            Paragraph(
                said(
                    N_(
                        "L'organisation peut annuler les trophées, en particulier en cas de force "
                        "majeure, en disant pourquoi. Aucune indemnité n'est due."
                    )
                )
            ),
        ),
    )


def complaints(subject: Subject) -> Article:
    """Where to say that something went wrong."""
    return Article(
        "reclamations",
        N_("Les réclamations"),
        (
            Paragraph(
                said(
                    N_(
                        "Une réclamation s'adresse à %(contact)s, avec le numéro de la candidature. "
                        "L'organisation répond par écrit, avec ses raisons."
                    ),
                    contact=subject.contact,
                )
            ),
            Paragraph(
                said(
                    N_("L'appréciation du jury ne se discute pas ; le respect de ce règlement, si.")
                )
            ),
        ),
    )


def acceptance(_subject: Subject) -> Article:
    """What sending a file means, and which law holds."""
    return Article(
        "acceptation",
        N_("Acceptation et droit applicable"),
        (
            Paragraph(
                said(
                    N_(
                        "Envoyer une candidature vaut acceptation de ce règlement, que son "
                        "empreinte identifie."
                    )
                )
            ),
            Paragraph(
                said(
                    N_(
                        "Ce règlement est soumis au droit français. Les parties cherchent d'abord "
                        "un accord ; à défaut, les tribunaux français compétents tranchent."
                    )
                )
            ),
        ),
    )


def version(subject: Subject) -> Article:
    """Which text this is, to the last character."""
    return Article(
        "version",
        N_("La version de ce règlement"),
        (
            Figures(
                (
                    (said(N_("Édition")), subject.edition),
                    (
                        said(N_("Modèle")),
                        said(
                            N_("%(code)s, version %(version)s"),
                            code=subject.template.code,
                            version=subject.template.version,
                        ),
                    ),
                    (said(N_("Empreinte SHA-256")), subject.fingerprint),
                    (
                        said(N_("Calendrier")),
                        said(N_("version %(version)s"), version=subject.calendar_version),
                    ),
                )
            ),
        ),
    )
