"""A mailing that people look after: what may be done of it where, and by whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.mailings import (
    MOVES,
    OVER,
    MailingAct,
    MailingStep,
    Release,
    after,
    check_second_person,
)
from domain.refusals import Refusal

ONE, OTHER = "5f0c", "77ab"


@pytest.mark.parametrize(
    ("step", "act", "then"),
    [
        (MailingStep.HELD, MailingAct.RELEASE, MailingStep.SENDING),
        (MailingStep.HELD, MailingAct.CANCEL, MailingStep.CANCELLED),
        (MailingStep.SENDING, MailingAct.PAUSE, MailingStep.PAUSED),
        (MailingStep.PAUSED, MailingAct.RESUME, MailingStep.SENDING),
        (MailingStep.PAUSED, MailingAct.CANCEL, MailingStep.CANCELLED),
    ],
)
def test_an_act_leads_on(step: MailingStep, act: MailingAct, then: MailingStep) -> None:
    assert after(step, act) == then


@given(step=st.sampled_from(MailingStep), acts=st.lists(st.sampled_from(MailingAct)))
def test_what_is_over_stays_over_and_what_is_held_leaves_only_once_released(
    step: MailingStep, acts: list[MailingAct]
) -> None:
    released = step is not MailingStep.HELD
    for act in acts:
        before = step
        try:
            step = after(step, act)
        except Refusal:
            assert before not in MOVES[act][0]
            continue
        released = released or act is MailingAct.RELEASE
        assert before not in OVER
        assert step is not MailingStep.SENDING or released


@pytest.mark.parametrize(
    "release",
    [
        Release({ONE}, OTHER),
        Release({ONE}, ONE, may_be_alone=True),
        Release(set(), ONE),
    ],
    ids=["another person", "the platform allows one", "nobody signed"],
)
def test_a_second_person_releases(release: Release) -> None:
    check_second_person(release)


def test_who_signed_may_not_release_alone() -> None:
    with pytest.raises(Refusal, match="c'est à une autre personne qui organise ce cycle"):
        check_second_person(Release({ONE, OTHER}, ONE))
