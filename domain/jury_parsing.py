"""Read the scale, the categories and the rules of the jury of a template."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from domain.assignment.limits import Rule
from domain.calibration.rules import CalibrationRules, Method
from domain.judging import (
    DEAL_RULES,
    FULL_WEIGHT,
    QUORUM_PERCENT,
    Anchor,
    Category,
    Criterion,
    JuryRules,
    NationalLevel,
    PrizeKind,
    PromotionRules,
    Scale,
    SpecialPrize,
    TieBreak,
)
from domain.template_reading import Node, check_unique

PROMOTION_KEYS = ("promotion", "jury_may_have_judged", "quorum_percent")
JURY_NUMBERS = (
    "impact_minimum",
    "readings_per_file",
    "floor_of_valid_scores",
    "laureate_threshold",
    "spread_alert",
    "nominees",
    "quorum",
    "seats",
    "minimum_files_per_category",
)


def scale_from(node: Node) -> Scale:
    """The scale, with one anchor for each of its values."""
    node.expect("lowest", "highest", "anchors", "comment_required_for")
    lowest, highest = node.at("lowest").whole(), node.at("highest").whole()
    if not 0 <= lowest < highest:
        node.fail("“lowest” must be at least 0 and below “highest”")
    anchors = tuple(_anchor(item) for item in node.at("anchors").each())
    if [anchor.value for anchor in anchors] != list(range(lowest, highest + 1)):
        node.at("anchors").fail("one anchor is expected for each value, in order")
    commented = tuple(item.whole() for item in node.at("comment_required_for").each())
    if any(not lowest <= value <= highest for value in commented):
        node.at("comment_required_for").fail("a value lies outside the scale")
    return Scale(lowest, highest, anchors, commented)


def _anchor(node: Node) -> Anchor:
    node.expect("value", "phrase")
    return Anchor(node.at("value").whole(), node.at("phrase").words())


def criteria_from(node: Node) -> dict[str, Criterion]:
    """The criteria that categories may take up, not yet weighed."""
    found = [(item.at("code").text(), item) for item in node.each()]
    check_unique(found)
    return {code: _criterion(item, 0, "code", "name", "help") for code, item in found}


def _criterion(node: Node, weight: int, *keys: str) -> Criterion:
    node.expect(*keys)
    return Criterion(
        node.at("code").text(), node.at("name").words(), node.at("help").words(), weight
    )


def categories_from(node: Node, known: dict[str, Criterion]) -> tuple[Category, ...]:
    """The categories, each of weight one hundred."""
    check_unique([(item.at("code").text(), item) for item in node.each()])
    categories = tuple(_category(item, known) for item in node.each())
    return categories or node.fail("at least one category is expected")


def _category(node: Node, known: dict[str, Criterion]) -> Category:
    node.expect("code", "name", "gloss", "criteria", "specific")
    criteria = tuple(_weighed(item, known) for item in node.at("criteria").each())
    check_unique([(item.at("code").text(), item) for item in node.at("criteria").each()])
    total = sum(criterion.weight for criterion in criteria)
    if total != FULL_WEIGHT:
        node.at("criteria").fail(f"weights add up to {total}, not to {FULL_WEIGHT}")
    category = Category(
        code=node.at("code").text(),
        name=node.at("name").words(),
        gloss=node.at("gloss").words(),
        criteria=criteria,
        specific=node.texts_under("specific"),
    )
    for item in node.at("specific").each():
        _check_criterion(item, category)
    return category


def _weighed(node: Node, known: dict[str, Criterion]) -> Criterion:
    node.expect("code", "weight")
    code, weight = node.at("code").text(), node.at("weight").whole()
    if code not in known:
        node.at("code").fail(f"unknown criterion “{code}”")
    if weight < 1:
        node.at("weight").fail("a weight is at least 1")
    return replace(known[code], weight=weight)


def _check_criterion(node: Node, category: Category) -> None:
    if node.text() not in category.criterion_codes:
        node.fail(f"unknown criterion “{node.text()}” in category “{category.code}”")


def jury_from(node: Node, categories: tuple[Category, ...]) -> JuryRules:
    """The rules of a jury, whose impact criterion belongs to every category."""
    node.expect("impact_criterion", "tie_rule", "deal_rules", "ranking", *JURY_NUMBERS)
    for category in categories:
        _check_criterion(node.at("impact_criterion"), category)
    numbers = {name: node.at(name).whole() for name in JURY_NUMBERS}
    for name, number in numbers.items():
        if number < 0:
            node.at(name).fail("a number cannot be negative")
    return JuryRules(
        impact_criterion=node.at("impact_criterion").text(),
        tie_rule=tuple(item.one_of(TieBreak) for item in node.at("tie_rule").each()),
        deal_rules=_deal_rules(node),
        calibration=_calibration(node.maybe("ranking")),
        **numbers,
    )


def _deal_rules(node: Node) -> tuple[Rule, ...]:
    """What the readers of a file are asked to be together; a template may leave it to us."""
    found = node.maybe("deal_rules")
    if found is None:
        return DEAL_RULES
    return tuple(item.one_of(Rule) for item in found.each())


def _calibration(node: Node | None) -> CalibrationRules:
    """What the adjusted ranking is for; by default it advises, and the raw order stands."""
    if node is None:
        return CalibrationRules()
    node.expect("method", "zone_laureate", "zone_out", "correction_cap")
    rules = CalibrationRules(
        method=node.at("method").one_of(Method),
        zone_laureate=node.at("zone_laureate").whole(),
        zone_out=node.at("zone_out").whole(),
        correction_cap=node.at("correction_cap").whole(),
    )
    if not 0 <= rules.zone_out < rules.zone_laureate <= FULL_WEIGHT:
        node.at("zone_out").fail("zones are bounded between 0 and 100, “zone_out” the lower one")
    if not 0 <= rules.correction_cap <= FULL_WEIGHT:
        node.at("correction_cap").fail("a part of the scale between 0 and 100 is expected")
    return rules


def national_from(
    node: Node, known: dict[str, Criterion], categories: tuple[Category, ...]
) -> NationalLevel:
    """The national level: one more criterion, its own jury, and who goes up from the territories."""
    node.expect("extra_criterion", "others_times", "jury", *PROMOTION_KEYS)
    extra = node.at("extra_criterion")
    weight = extra.at("weight").whole()
    if not 0 < weight < FULL_WEIGHT:
        extra.at("weight").fail("a weight between 1 and 99 is expected")
    criterion = _criterion(extra, weight, "code", "name", "help", "weight")
    if criterion.code in known:
        extra.fail(f"duplicate code “{criterion.code}”")
    times, judged, percent = map(
        node.maybe, ("others_times", "jury_may_have_judged", "quorum_percent")
    )
    if times and _exact(times) != 1 - Decimal(weight) / FULL_WEIGHT:
        times.fail(f"with an extra weight of {weight}, the others give way in proportion to it")
    if percent and not 0 < percent.whole() <= FULL_WEIGHT:
        percent.fail("a part of the territories between 1 and 100 is expected")
    return NationalLevel(
        criterion,
        jury_from(node.at("jury"), categories),
        promotion=_promotion(node),
        jury_may_have_judged=bool(judged and judged.yes()),
        quorum_percent=percent.whole() if percent else QUORUM_PERCENT,
    )


def _promotion(node: Node) -> PromotionRules:
    found = node.maybe("promotion")
    if found is None:
        return PromotionRules()
    found.expect("quota", "confirm_within_days", "reminders_days_before")
    for part in (found.at("quota"), found.at("confirm_within_days")):
        if part.whole() < 1:
            part.fail("at least 1 is expected")
    within = timedelta(days=found.at("confirm_within_days").whole())
    before = tuple(
        timedelta(days=item.whole()) for item in found.at("reminders_days_before").each()
    )
    if any(not timedelta() < each < within for each in before):
        found.at("reminders_days_before").fail("a reminder comes between the offer and its end")
    return PromotionRules(found.at("quota").whole(), within, before)


def _exact(node: Node) -> Decimal:
    try:
        return Decimal(node.text())
    except InvalidOperation:
        return node.fail("a decimal number is expected, between quotes, as in “0.9”")


def prizes_from(node: Node) -> tuple[SpecialPrize, ...]:
    """The prizes given without marks."""
    check_unique([(item.at("code").text(), item) for item in node.each()])
    return tuple(_prize(item) for item in node.each())


def _prize(node: Node) -> SpecialPrize:
    node.expect("code", "name", "kind")
    return SpecialPrize(
        node.at("code").text(), node.at("name").words(), node.at("kind").one_of(PrizeKind)
    )
