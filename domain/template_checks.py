"""What must hold before a changed template is kept: each refusal says what to do."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import CycleCalendar, calendar_of, check_calendar
from domain.calendar_rules import CalendarRules
from domain.civil import is_working_day, next_working_day
from domain.edition import Category, EditionTemplate
from domain.judging import FULL_WEIGHT
from domain.refusals import N_, Refusal

# August is idle in France; more than that between two phases is a slip of the pen.
LONGEST_GAP = timedelta(days=62)
TERRITORIAL, NATIONAL = "territorial", "national"


def check_weights(category: Category) -> None:
    """Refuse weights that do not add up, saying how much to add or to take away."""
    left = FULL_WEIGHT - category.total_weight
    if left > 0:
        raise Refusal(
            N_("Les poids de « %(name)s » font %(total)s : ajoutez %(left)s pour arriver à 100."),
            name=category.name.fr,
            total=category.total_weight,
            left=left,
        )
    if left < 0:
        raise Refusal(
            N_("Les poids de « %(name)s » font %(total)s : retirez %(left)s pour arriver à 100."),
            name=category.name.fr,
            total=category.total_weight,
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
        _check_gap(dates.screening_until, dates.evaluation_from)


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
    _check_gap(below.publishes_at, above.opens_at)


def _check_gap(end: datetime, start: datetime) -> None:
    gap = start - end
    if gap > LONGEST_GAP:
        raise Refusal(
            N_(
                "Rien ne se passe pendant %(days)s jours, du %(end)s au %(start)s : rapprochez ces "
                "deux dates (%(most)s jours au plus)."
            ),
            days=gap.days,
            end=end,
            start=start,
            most=LONGEST_GAP.days,
        )


def idle_closings(template: EditionTemplate, year: int) -> Iterator[Refusal]:
    """Warnings, not refusals: each closing that falls on a day that is not worked, and the next one."""
    for rules in template.calendars:
        dates: CycleCalendar = calendar_of(rules, year)
        day = dates.closes_at.astimezone(ZoneInfo(rules.zone)).date()
        if not is_working_day(day):
            yield Refusal(
                N_(
                    "La clôture du %(day)s tombe un jour non travaillé ; le jour travaillé suivant "
                    "est le %(next)s."
                ),
                day=_in_figures(day),
                next=_in_figures(next_working_day(day)),
            )


def _in_figures(day: date) -> str:
    return f"{day:%d/%m/%Y}"
