"""What must hold before a changed template is kept: each refusal says what to do."""

from collections.abc import Iterator, Mapping

from domain.calendar import calendar_of, check_calendar
from domain.calendar_gaps import check_gap, idle_closing
from domain.calendar_rules import CalendarRules
from domain.edition import Category, EditionTemplate
from domain.judging import FULL_WEIGHT
from domain.refusals import N_, Refusal

TERRITORIAL, NATIONAL = "territorial", "national"


def check_weights(name: str, total: int) -> None:
    """Refuse weights that do not add up, saying how much to add or to take away."""
    left = FULL_WEIGHT - total
    if left > 0:
        raise Refusal(
            N_("Les poids de « %(name)s » font %(total)s : ajoutez %(left)s pour arriver à 100."),
            name=name,
            total=total,
            left=left,
        )
    if left < 0:
        raise Refusal(
            N_("Les poids de « %(name)s » font %(total)s : retirez %(left)s pour arriver à 100."),
            name=name,
            total=total,
            left=-left,
        )


def check_removed(category: Category, files: Mapping[str, int]) -> None:
    """Refuse to remove a category in which somebody has a file."""
    if count := files.get(category.code, 0):
        raise Refusal(
            N_(
                "« %(name)s » a déjà des candidatures (%(count)s) dans cette édition : gardez cette "
                "catégorie, ou attendez que ces dossiers soient retirés."
            ),
            name=category.name.fr,
            count=count,
        )


def check_dates(rules: CalendarRules, year: int, zones: tuple[str, ...]) -> None:
    """Refuse hours that no clock shows in one of the zones, phases that overlap, and long gaps."""
    for zone in dict.fromkeys((rules.zone, *zones)):
        dates = calendar_of(rules, year, zone)
        check_calendar(dates)
        check_gap(dates.screening_until, dates.evaluation_from)


def check_levels(template: EditionTemplate, year: int) -> None:
    """Refuse a final that begins before the territories have decided, or long after."""
    known = {rules.code: rules for rules in template.calendars}
    if template.national is None or not {TERRITORIAL, NATIONAL} <= known.keys():
        return
    below = calendar_of(known[TERRITORIAL], year)
    above = calendar_of(known[NATIONAL], year)
    if above.opens_at < below.deliberation_until:
        raise Refusal(
            N_(
                "La finale s'ouvre le %(opens)s, avant la fin des délibérations des territoires "
                "(%(decided)s) : ouvrez-la plus tard, ou faites délibérer plus tôt."
            ),
            opens=above.opens_at,
            decided=below.deliberation_until,
        )
    check_gap(below.publishes_at, above.opens_at)


def idle_closings(template: EditionTemplate, year: int) -> Iterator[Refusal]:
    """Warnings, not refusals: each closing that falls on a day that is not worked, and the next one."""
    for rules in template.calendars:
        warning = idle_closing(calendar_of(rules, year).closes_at, rules.zone)
        if warning:
            yield warning
