"""Everything that a template says, one fact at a time, so that two templates can be compared."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from domain.calendar_rules import CalendarRules, DateRule
from domain.edition import (
    Category,
    EditionTemplate,
    JuryRules,
    NationalLevel,
    Question,
    Rule,
    Section,
)
from domain.refusals import N_
from domain.rules_text.blocks import Listed, Said, Size, Words, said
from domain.rules_text.equalising import METHODS
from domain.rules_text.judging import TIES
from domain.rules_text.opening import STEPS

Key = tuple[str, ...]

JURY_NUMBERS = {
    "impact_minimum": N_("Moyenne minimale au critère d'impact"),
    "readings_per_file": N_("Lectures par dossier"),
    "floor_of_valid_scores": N_("Fiches valides pour être classé"),
    "laureate_threshold": N_("Seuil d'un lauréat, sur 100"),
    "spread_alert": N_("Écart signalé entre deux jurés, en points"),
    "nominees": N_("Nommés par catégorie, au plus"),
    "quorum": N_("Quorum du jury"),
    "seats": N_("Sièges du jury"),
    "minimum_files_per_category": N_("Dossiers recevables par catégorie, au moins"),
}
ZONES = {
    "zone_laureate": N_("Chances d'un lauréat net, au moins, en pour cent"),
    "zone_out": N_("Chances d'un dossier hors course, au plus, en pour cent"),
    "correction_cap": N_("Correction d'un juré, au plus, en centièmes de l'échelle"),
}
RETENTION = {
    "drafts_after_closing": N_("Mois de conservation des brouillons, après la clôture"),
    "attachments_after_publication": N_("Mois de conservation des pièces, après la publication"),
    "files_after_publication": N_("Mois de conservation des dossiers, après la publication"),
    "juror_scores_after_publication": N_("Mois de conservation des notes, après la publication"),
    "laureate_people_after_publication": N_("Mois de conservation des noms et images"),
    "accounts_after_last_action": N_("Mois de conservation des comptes inactifs"),
    "newsletter_after_last_contact": N_("Mois de conservation des abonnements"),
    "technical_logs": N_("Mois de conservation des journaux techniques"),
    "account_warning_days": N_("Jours d'avertissement avant l'effacement d'un compte"),
}
CALENDARS = {
    "one_level": N_("édition à un niveau"),
    "territorial": N_("territoires"),
    "national": N_("finale nationale"),
}
YES, NO = said(N_("oui")), said(N_("non"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a template says: what it is about, and what it says."""

    about: Words
    value: Words | str


def facts_of(template: EditionTemplate, year: int) -> dict[Key, Fact]:
    """All that a template says, in reading order; its dates as they fall in that year."""
    return dict(
        (
            (("name",), Fact(said(N_("Nom")), template.name)),
            *_categories(template),
            *_scale(template),
            *(fact for rule in template.rules for fact in _rule(template, rule)),
            *(fact for section in template.sections for fact in _section(section)),
            *_jury(template.jury, "jury", said(N_("Jury"))),
            *(_national(template.national) if template.national else ()),
            *(fact for rules in template.calendars for fact in _calendar(rules, year)),
            *_attachments(template),
            *_rest(template),
        )
    )


def _categories(template: EditionTemplate) -> Iterator[tuple[Key, Fact]]:
    for category in template.categories:
        key = ("category", category.code)
        yield key, Fact(said(N_("Catégorie %(code)s"), code=category.code), category.name)
        about = said(N_("Présentation de « %(name)s »"), name=category.name)
        yield (*key, "gloss"), Fact(about, category.gloss)
        yield from _weights(category)
    criteria = {each.code: each for one in template.categories for each in one.criteria}
    for code, criterion in criteria.items():
        about = said(N_("Critère %(code)s"), code=code)
        yield ("criterion", code), Fact(about, criterion.name)
        about = said(N_("Ce que le jury regarde pour « %(name)s »"), name=criterion.name)
        yield ("criterion", code, "help"), Fact(about, criterion.help)


def _weights(category: Category) -> Iterator[tuple[Key, Fact]]:
    for criterion in category.criteria:
        about = said(
            N_("Poids de « %(criterion)s » dans « %(category)s »"),
            criterion=criterion.name,
            category=category.name,
        )
        yield ("category", category.code, "weight", criterion.code), Fact(about, criterion.weight)


def _scale(template: EditionTemplate) -> Iterator[tuple[Key, Fact]]:
    scale = template.scale
    bounds = said(N_("de %(lowest)s à %(highest)s"), lowest=scale.lowest, highest=scale.highest)
    yield ("scale",), Fact(said(N_("Échelle des notes")), bounds)
    for anchor in scale.anchors:
        about = said(N_("Ce que vaut la note %(value)s"), value=anchor.value)
        yield ("scale", str(anchor.value)), Fact(about, anchor.phrase)
    commented = ", ".join(map(str, scale.comment_required_for))
    yield ("scale", "comments"), Fact(said(N_("Notes à expliquer")), commented)


def _rule(template: EditionTemplate, rule: Rule) -> Iterator[tuple[Key, Fact]]:
    key = ("rule", rule.code)
    yield key, Fact(said(N_("Règle %(code)s"), code=rule.code), rule.name)
    about = said(N_("La règle %(code)s est-elle bloquante"), code=rule.code)
    yield (*key, "blocking"), Fact(about, YES if rule.blocking else NO)
    about = said(N_("Catégories de la règle %(code)s"), code=rule.code)
    if rule.only_for:
        names = tuple(template.category(code).name for code in rule.only_for)
        yield (*key, "only_for"), Fact(about, Listed(names))
    for name, number in rule.settings.items():
        about = said(N_("Réglage « %(name)s » de la règle %(code)s"), name=name, code=rule.code)
        yield (*key, "setting", name), Fact(about, number)
    for admission in rule.admitted:
        about = said(
            N_("Admis par la règle %(code)s : %(kind)s"), code=rule.code, kind=admission.kind
        )
        where = ", ".join(admission.only_for) or said(N_("toutes les catégories"))
        yield (*key, "admitted", admission.kind), Fact(about, where)


def _section(section: Section) -> Iterator[tuple[Key, Fact]]:
    yield (
        ("section", section.code),
        Fact(said(N_("Partie %(code)s du formulaire"), code=section.code), section.title),
    )
    for question in section.questions:
        yield from _question(question)


def _question(question: Question) -> Iterator[tuple[Key, Fact]]:
    key = ("question", question.code)
    yield key, Fact(said(N_("Question %(code)s"), code=question.code), question.label)
    yield (
        (*key, "required"),
        Fact(
            said(N_("« %(label)s » est-elle obligatoire"), label=question.label),
            YES if question.required else NO,
        ),
    )
    if question.help.fr:
        about = said(N_("Aide de « %(label)s »"), label=question.label)
        yield (*key, "help"), Fact(about, question.help)
    if question.limit is not None:
        about = said(N_("Limite de « %(label)s »"), label=question.label)
        yield (*key, "limit"), Fact(about, question.limit)
    for choice in question.choices:
        about = said(N_("Choix proposé pour « %(label)s »"), label=question.label)
        yield (*key, "choice", choice.code), Fact(about, choice.label)


def _jury(rules: JuryRules, key: str, whose: Said) -> Iterator[tuple[Key, Fact]]:
    for name, label in JURY_NUMBERS.items():
        about = said(N_("%(whose)s : %(what)s"), whose=whose, what=said(label))
        yield (key, name), Fact(about, int(getattr(rules, name)))
    ties = Listed(tuple(said(TIES[step]) for step in rules.tie_rule))
    about = said(N_("%(whose)s : %(what)s"), whose=whose, what=said(N_("En cas d'égalité")))
    yield (key, "ties"), Fact(about, ties)
    ranking = rules.calibration
    about = said(N_("%(whose)s : %(what)s"), whose=whose, what=said(N_("Péréquation des notes")))
    yield (key, "ranking"), Fact(about, said(METHODS[ranking.method]))
    for name, label in ZONES.items():
        about = said(N_("%(whose)s : %(what)s"), whose=whose, what=said(label))
        yield (key, "ranking", name), Fact(about, int(getattr(ranking, name)))


def _national(national: NationalLevel) -> Iterator[tuple[Key, Fact]]:
    extra, up = national.extra_criterion, national.promotion
    yield ("national", "extra"), Fact(said(N_("Critère ajouté en finale")), extra.name)
    yield ("national", "weight"), Fact(said(N_("Poids du critère ajouté")), extra.weight)
    yield ("national", "quota"), Fact(said(N_("Lauréats qui montent en finale")), up.quota)
    yield (
        ("national", "days"),
        Fact(said(N_("Jours pour confirmer sa participation")), up.confirm_within.days),
    )
    yield (
        ("national", "percent"),
        Fact(
            said(N_("Part des territoires pour ouvrir la finale, en %%")), national.quorum_percent
        ),
    )
    yield (
        ("national", "judged"),
        Fact(
            said(N_("Un juré de territoire peut-il juger de nouveau")),
            YES if national.jury_may_have_judged else NO,
        ),
    )
    yield from _jury(national.jury, "national jury", said(N_("Jury national")))


def _calendar(rules: CalendarRules, year: int) -> Iterator[tuple[Key, Fact]]:
    known = CALENDARS.get(rules.code)
    whose = said(known) if known else rules.code
    for name, label in STEPS.items():
        about = said(N_("%(what)s (%(whose)s)"), what=said(label), whose=whose)
        yield ("calendar", rules.code, name), Fact(about, _date(getattr(rules, name), year))
    periods = rules.periods
    for name, label, count in (
        ("tolerance", N_("Tolérance, en minutes"), int(periods.tolerance.total_seconds() // 60)),
        ("complements", N_("Jours pour un complément"), periods.complements_within.days),
        ("invitation", N_("Jours pour répondre au jury"), periods.invitation_expires_after.days),
    ):
        about = said(N_("%(what)s (%(whose)s)"), what=said(label), whose=whose)
        yield ("calendar", rules.code, name), Fact(about, count)


def _date(rule: DateRule, year: int) -> Words:
    return said(N_("%(day)s à %(hour)s"), day=rule.day_in(year), hour=f"{rule.at:%H:%M}")


def _attachments(template: EditionTemplate) -> Iterator[tuple[Key, Fact]]:
    limits = template.attachments
    yield ("attachments", "count"), Fact(said(N_("Pièces jointes, au plus")), limits.count)
    yield ("attachments", "each"), Fact(said(N_("Taille d'une pièce")), Size(limits.bytes_each))
    yield ("attachments", "total"), Fact(said(N_("Taille des pièces")), Size(limits.bytes_total))
    yield ("attachments", "types"), Fact(said(N_("Types de pièces")), ", ".join(limits.types))


def _rest(template: EditionTemplate) -> Iterator[tuple[Key, Fact]]:
    for prize in template.prizes:
        about = said(N_("Prix spécial %(code)s"), code=prize.code)
        yield ("prize", prize.code), Fact(about, prize.name)
    for name, months in asdict(template.retention).items():
        yield ("retention", name), Fact(said(RETENTION[name]), int(months))
    for name, text in template.texts.items():
        yield ("text", name), Fact(said(N_("Texte « %(name)s »"), name=name), text)
