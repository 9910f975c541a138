"""Who may take part, what the file holds, and how it is admitted."""

from domain.conditions import Rule, RuleSource
from domain.edition import Filler
from domain.refusals import N_
from domain.rules_text.blocks import (
    Article,
    Block,
    Listed,
    Paragraph,
    Points,
    Size,
    Table,
    Words,
    said,
)
from domain.rules_text.subject import Subject

SOURCES = {
    RuleSource.REGISTRY: N_("le répertoire public"),
    RuleSource.FORM: N_("le formulaire"),
    RuleSource.RECORDS: N_("le service"),
    RuleSource.DECLARED: N_("une déclaration sur l'honneur"),
}
FILE_TYPES = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}


def who(subject: Subject) -> Article:
    """The conditions, one by one."""
    rows = tuple(
        (rule.code, _condition(subject, rule), said(SOURCES[rule.source]))
        for rule in subject.template.rules
    )
    return Article(
        "recevabilite",
        N_("Qui peut candidater"),
        (
            Paragraph(
                said(N_("Une candidature est recevable quand elle remplit toutes ces conditions."))
            ),
            Table(
                said(N_("Conditions pour candidater")),
                None,
                (said(N_("Règle")), said(N_("Condition")), said(N_("Vérifiée par"))),
                rows,
            ),
        ),
    )


def _condition(subject: Subject, rule: Rule) -> Words:
    words: Words = rule.name
    if rule.only_for:
        names = Listed(tuple(subject.template.category(code).name for code in rule.only_for))
        words = said(N_("%(condition)s (pour : %(categories)s)"), condition=words, categories=names)
    if not rule.blocking:
        words = said(N_("%(condition)s (à titre d'information)"), condition=words)
    return words


def file(subject: Subject) -> Article:
    """The parts of the form, and what may be attached."""
    template = subject.template
    limits = template.attachments
    blocks: list[Block] = [
        Paragraph(said(N_("Le dossier se remplit en ligne. Il comprend :"))),
        Points(
            tuple(
                section.title
                for section in template.sections
                if section.filled_by is Filler.CANDIDATE
            )
        ),
    ]
    if any(section.filled_by is Filler.PARTNER for section in template.sections):
        blocks.append(
            Paragraph(
                said(
                    N_(
                        "La structure partenaire remplit et contresigne elle-même sa partie, en ligne."
                    )
                )
            )
        )
    blocks.append(
        Paragraph(
            said(
                N_(
                    "%(count)s pièces au plus, de %(each)s chacune et %(total)s en tout (%(types)s)."
                ),
                count=limits.count,
                each=Size(limits.bytes_each),
                total=Size(limits.bytes_total),
                types=", ".join(FILE_TYPES.get(each, each) for each in limits.types),
            )
        )
    )
    if "no_beneficiary_data" in template.texts:
        blocks.append(Paragraph(template.texts["no_beneficiary_data"]))
    return Article("dossier", N_("Le dossier et ses pièces"), tuple(blocks))


def admission(subject: Subject) -> Article:
    """What happens to a file before the jury reads it."""
    days = subject.calendar.complements_within.days
    once = (
        said(
            N_(
                "Si un dossier est incomplet, l'organisation peut demander une fois un complément ; "
                "la structure a %(days)s jours pour répondre."
            ),
            days=days,
        )
        if days
        else said(
            N_(
                "Si un dossier est incomplet, l'organisation peut demander une fois un complément, "
                "avec sa date limite."
            )
        )
    )
    return Article(
        "examen",
        N_("L'examen de recevabilité"),
        (
            Paragraph(once),
            Paragraph(
                said(
                    N_(
                        "Une candidature non recevable reçoit une réponse qui cite les règles en cause."
                    )
                )
            ),
            Paragraph(
                said(
                    N_(
                        "Une candidature retirée peut revenir : d'elle-même jusqu'à la clôture, puis, "
                        "jusqu'à la fin de l'examen, si l'organisation l'accepte."
                    )
                )
            ),
        ),
    )
