from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.edition import EditionTemplate
from domain.eligibility import (
    CharterStanding,
    EligibilityFacts,
    Outcome,
    RegistryFacts,
    Verdict,
    blocking_failures,
    is_admissible,
    left_to_check,
    verdicts,
)

CLOSING = datetime(2027, 6, 30, 16, tzinfo=UTC)
REGISTRY = RegistryFacts(found=True, active=True, created_on=date(2015, 4, 1))
TICKS = (
    "declares_social_tax",
    "declares_accuracy",
    "declares_no_conviction",
    "declares_no_liquidation",
    "declares_charter",
    "declares_no_recent_prize",
    "declares_no_tie",
    "agrees_publication",
)


def _facts(
    *, category: str = "CLA", registry: RegistryFacts | None = REGISTRY, **answers: object
) -> EligibilityFacts:
    given: dict[str, object] = {
        "candidate_kind": "company",
        "action_started_on": "2025-01-15",
        "action_communes": ["75056"],
        **dict.fromkeys(TICKS, "yes"),
        **answers,
    }
    return EligibilityFacts(category, CLOSING, given, registry)


def _verdict(template: EditionTemplate, rule: str, facts: EligibilityFacts) -> Verdict:
    return {each.rule.code: each for each in verdicts(template, facts)}[rule]


def _outcome(template: EditionTemplate, rule: str, facts: EligibilityFacts) -> str:
    return _verdict(template, rule, facts).outcome.value


def test_an_ordinary_candidate_is_admissible(shipped: EditionTemplate) -> None:
    found = verdicts(shipped, _facts())

    assert {each.rule.code: each.outcome.value for each in found} == {
        "R01": "pass",
        "R02": "pass",
        "R03": "pass",
        "R04": "declared",
        "R05": "declared",
        "R06": "pass",
        "R07": "pass",
        "R08": "pass",
        "R09": "declared",
        "R11": "declared",
        "R12": "declared",
        "R13": "pass",
        "R14": "declared",
    }
    assert is_admissible(found)
    assert blocking_failures(found) == left_to_check(found) == ()


def test_a_silent_register_leaves_three_rules_to_check(shipped: EditionTemplate) -> None:
    found = verdicts(shipped, _facts(registry=None))

    assert [each.rule.code for each in left_to_check(found)] == ["R01", "R02", "R03"]
    assert blocking_failures(found) == ()
    assert not is_admissible(found)


@pytest.mark.parametrize(
    ("registry", "outcome"),
    [
        (RegistryFacts(found=True), "pass"),
        (RegistryFacts(found=False), "fail"),
        (RegistryFacts(found=False, verified=True), "pass"),
    ],
    ids=["found", "unknown", "proven"],
)
def test_r01_wants_a_registered_organisation(
    shipped: EditionTemplate, registry: RegistryFacts, outcome: str
) -> None:
    assert _outcome(shipped, "R01", _facts(registry=registry)) == outcome


@pytest.mark.parametrize(
    ("active", "outcome"), [(True, "pass"), (False, "fail"), (None, "to_check")]
)
def test_r02_wants_an_active_establishment(
    shipped: EditionTemplate, *, active: bool | None, outcome: str
) -> None:
    registry = replace(REGISTRY, active=active)

    assert _outcome(shipped, "R02", _facts(registry=registry)) == outcome


@pytest.mark.parametrize(
    ("created", "outcome"),
    [(date(2026, 6, 30), "pass"), (date(2026, 7, 1), "fail"), (None, "to_check")],
    ids=["twelve-months", "a-day-short", "unknown"],
)
def test_r03_wants_twelve_months(
    shipped: EditionTemplate, created: date | None, outcome: str
) -> None:
    registry = replace(REGISTRY, created_on=created)

    assert _outcome(shipped, "R03", _facts(registry=registry)) == outcome


def test_r03_says_how_many_months(shipped: EditionTemplate) -> None:
    registry = replace(REGISTRY, created_on=date(2027, 1, 1))

    assert str(_verdict(shipped, "R03", _facts(registry=registry))) == (
        "La structure doit exister depuis au moins 12 mois à la clôture."
    )


@pytest.mark.parametrize(
    ("known", "outcome"), [(True, "fail"), (False, "pass"), (None, "declared")]
)
def test_r04_believes_the_gazette_before_the_candidate(
    shipped: EditionTemplate, *, known: bool | None, outcome: str
) -> None:
    registry = replace(REGISTRY, in_liquidation=known)

    assert _outcome(shipped, "R04", _facts(registry=registry)) == outcome


@pytest.mark.parametrize(
    ("rule", "fact", "good"),
    [
        ("R09", "recent_laureate", False),
        ("R11", "tied_to_organiser", False),
    ],
)
def test_records_are_believed_before_a_declaration(
    shipped: EditionTemplate, rule: str, fact: str, *, good: bool
) -> None:
    known = [replace(_facts(), **{fact: value}) for value in (good, not good, None)]

    assert [_outcome(shipped, rule, facts) for facts in known] == ["pass", "fail", "declared"]


@pytest.mark.parametrize(
    ("standing", "outcome"),
    [
        (CharterStanding.IN_ORDER, "pass"),
        (CharterStanding.FILED, "to_check"),
        (CharterStanding.REFUSED, "fail"),
        (CharterStanding.NONE, "fail"),
        (None, "declared"),
    ],
)
def test_r05_believes_the_charter_and_waits_for_a_file_deposited_in_time(
    shipped: EditionTemplate, standing: CharterStanding | None, outcome: str
) -> None:
    facts = replace(_facts(), charter=standing)

    assert _outcome(shipped, "R05", facts) == outcome


@pytest.mark.parametrize(
    ("rule", "tick"),
    [
        ("R04", "declares_no_liquidation"),
        ("R05", "declares_charter"),
        ("R09", "declares_no_recent_prize"),
        ("R11", "declares_no_tie"),
        ("R12", "declares_accuracy"),
        ("R14", "agrees_publication"),
    ],
)
def test_a_declaration_that_is_not_ticked_fails(
    shipped: EditionTemplate, rule: str, tick: str
) -> None:
    assert _outcome(shipped, rule, _facts(**{tick: ""})) == "fail"


@pytest.mark.parametrize(
    ("started", "ended", "outcome"),
    [
        ("2026-12-30", "", "pass"),
        ("2026-12-31", "", "fail"),
        ("2020-01-01", "2025-01-01", "pass"),
        ("2020-01-01", "2024-12-31", "fail"),
        ("2026-01-01", "2025-01-01", "fail"),
        ("", "", "to_check"),
        ("9999-12-31", "", "fail"),
    ],
    ids=["six-months", "too-new", "ended-in-n2", "too-old", "backwards", "unknown", "far"],
)
def test_r06_wants_an_action_neither_too_new_nor_too_old(
    shipped: EditionTemplate, started: str, ended: str, outcome: str
) -> None:
    facts = _facts(action_started_on=started, action_ended_on=ended)

    assert _outcome(shipped, "R06", facts) == outcome


def test_r07_asks_for_a_territory_without_blocking(shipped: EditionTemplate) -> None:
    found = verdicts(shipped, _facts(action_communes=[]))

    assert [each.rule.code for each in left_to_check(found)] == ["R07"]
    assert is_admissible(found)


@pytest.mark.parametrize(
    ("same", "others", "outcome"),
    [(0, 0, "pass"), (0, 1, "pass"), (0, 2, "fail"), (1, 0, "fail")],
    ids=["first", "second-category", "third-category", "same-category"],
)
def test_r08_counts_applications(
    shipped: EditionTemplate, same: int, others: int, outcome: str
) -> None:
    facts = replace(_facts(), same_siret_and_category=same, other_categories=others)

    assert _outcome(shipped, "R08", facts) == outcome


@pytest.mark.parametrize(
    ("inclusive", "confirmed", "outcome"),
    [
        (True, True, "pass"),
        (True, None, "to_check"),
        (None, True, "to_check"),
        (True, False, "fail"),
        (False, True, "fail"),
    ],
)
def test_r10_wants_a_known_partner_who_countersigns(
    shipped: EditionTemplate, *, inclusive: bool | None, confirmed: bool | None, outcome: str
) -> None:
    facts = replace(
        _facts(category="PAR"), partner_is_inclusive=inclusive, partner_confirmed=confirmed
    )

    assert _outcome(shipped, "R10", facts) == outcome


def test_r10_concerns_partnerships_only(shipped: EditionTemplate) -> None:
    codes = [each.rule.code for each in verdicts(shipped, _facts(category="INN"))]

    assert "R10" not in codes


@pytest.mark.parametrize(
    ("kind", "category", "outcome"),
    [
        ("company", "CLA", "pass"),
        ("association", "PAR", "pass"),
        ("siae", "QUA", "pass"),
        ("siae", "CLA", "fail"),
        ("public_body", "INN", "fail"),
        ("", "CLA", "to_check"),
    ],
)
def test_r13_admits_some_kinds_in_some_categories(
    shipped: EditionTemplate, kind: str, category: str, outcome: str
) -> None:
    facts = _facts(category=category, candidate_kind=kind)

    assert _outcome(shipped, "R13", facts) == outcome


def test_one_blocking_failure_is_enough(shipped: EditionTemplate) -> None:
    found = verdicts(shipped, _facts(declares_accuracy=""))

    assert [each.rule.code for each in blocking_failures(found)] == ["R12"]
    assert not is_admissible(found)


def test_the_closing_day_is_that_of_the_edition() -> None:
    late_in_paris = replace(_facts(), closes_at=datetime(2027, 6, 30, 22, 30, tzinfo=UTC))

    assert late_in_paris.closing_day == date(2027, 7, 1)


def test_another_template_has_its_own_rules(small: EditionTemplate) -> None:
    facts = EligibilityFacts("EQUIPE", CLOSING, {"accepts_rules": "yes"}, REGISTRY)

    found = verdicts(small, facts)

    assert [(each.rule.code, each.outcome) for each in found] == [
        ("P1", Outcome.PASS),
        ("P2", Outcome.DECLARED),
    ]
