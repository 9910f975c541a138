"""How long a partner has, what it may be asked, and how the register knows it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.applications import Status
from domain.edition import EditionTemplate
from domain.form import Completeness
from domain.partners import (
    Delay,
    PartnerAct,
    PartnerStatus,
    check_alive,
    check_in_time,
    delay_of,
    described_in,
    is_recognised,
    moved,
    partner_sections,
    sharable_in,
    text_seen,
    with_countersignature,
)
from domain.refusals import Refusal
from domain.registry import UNKNOWN, UNREACHABLE, RegistryFacts
from tests.builders import NOON, a_calendar

DAY = timedelta(days=1)
CAP, OTHER = "00021202700015", "00021072400019"
AN_EI = RegistryFacts(found=True, verified=True, active=True, siae_types=("EI",))


@pytest.mark.parametrize(
    ("shuts", "ends", "reminds"),
    [(60, 14, 11), (10, 10, 7), (3, 3, 2), (0, 0, 0)],
    ids=["fourteen days", "the closing comes first", "a short delay", "no time at all"],
)
def test_a_delay_ends_at_fourteen_days_or_at_the_door(shuts: int, ends: int, reminds: int) -> None:
    delay = Delay(14, NOON + shuts * DAY)

    assert delay.ends_at(NOON) == NOON + ends * DAY
    assert delay.reminds_at(NOON) == NOON + reminds * DAY


def test_the_door_is_the_closing_unless_complements_open_it_again(shipped: EditionTemplate) -> None:
    calendar = a_calendar()
    later = calendar.closes_at + 14 * DAY

    assert delay_of(shipped, calendar, None) == Delay(14, calendar.closes_at)
    assert delay_of(shipped, calendar, later) == Delay(14, later)


@pytest.mark.parametrize(
    ("after", "sentence"),
    [(15, "14 jours pour répondre sont passés"), (31, "candidatures sont closes")],
)
def test_what_comes_too_late_is_refused_with_its_reason(after: int, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_in_time(Delay(14, NOON + 30 * DAY), NOON, NOON + after * DAY)

    assert sentence in refused.value.sentence % refused.value.facts


def test_the_last_instant_counts() -> None:
    check_in_time(Delay(14, NOON + 30 * DAY), NOON, NOON + 14 * DAY)


@pytest.mark.parametrize("status", PartnerStatus)
def test_an_invitation_is_made_again_until_it_is_countersigned(status: PartnerStatus) -> None:
    if status is PartnerStatus.COUNTERSIGNED:
        with pytest.raises(Refusal):
            moved(status, PartnerAct.INVITE)
    else:
        assert moved(status, PartnerAct.INVITE) is PartnerStatus.INVITED


@pytest.mark.parametrize("status", [Status.ADMITTED, Status.REFUSED, Status.LAPSED])
def test_a_decided_application_waits_for_nobody(status: Status) -> None:
    with pytest.raises(Refusal):
        check_alive(status)


@pytest.mark.parametrize(
    ("declared", "kind", "facts", "known"),
    [
        (CAP, "EI", AN_EI, True),
        (CAP, "ACI", AN_EI, False),
        (CAP, "EI", replace(AN_EI, active=False), False),
        (CAP, "EI", UNKNOWN, False),
        (CAP, "EI", UNREACHABLE, None),
        (CAP, "EI", None, None),
        (OTHER, "EI", AN_EI, False),
    ],
    ids=["known", "other type", "closed", "unknown", "silent", "not asked", "other siret"],
)
def test_the_register_says_what_it_knows_of_a_partner(
    declared: str, kind: str, facts: RegistryFacts | None, *, known: bool | None
) -> None:
    assert is_recognised(CAP, kind, declared, facts) is known


def test_a_partner_always_reads_the_partnership_and_never_a_contact(
    shipped: EditionTemplate,
) -> None:
    shared = [section.code for section in sharable_in(shipped, "PAR")]

    assert described_in(shipped, "PAR") == ("partnership",)
    assert "contacts" not in shared
    assert "story" in shared


def test_the_text_that_is_signed_is_that_of_the_partnership(shipped: EditionTemplate) -> None:
    seen = text_seen(shipped, "PAR", {"agreement": "Cinq ans.", "need": "Un besoin."})

    assert seen == {"agreement": "Cinq ans."}


def test_a_countersignature_counts_for_one(shipped: EditionTemplate) -> None:
    done, sections = Completeness(3, 3, ()), partner_sections(shipped, "PAR")

    missing = with_countersignature(done, sections, is_countersigned=False)
    signed = with_countersignature(done, sections, is_countersigned=True)

    assert (missing.done, missing.required, missing.is_complete) == (3, 4, False)
    assert (signed.done, signed.required, signed.is_complete) == (4, 4, True)
    assert with_countersignature(done, (), is_countersigned=False) == done
