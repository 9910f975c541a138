"""What differs between two versions: changed, added, removed, and nothing for what only moved."""

from domain.charter.changes import Change, changes

BEFORE: dict[str, object] = {
    "version": 1,
    "periods": {"review_days": 21, "reminders": [7, 21]},
    "commitments": [{"code": "E1", "name": {"fr": "Porter"}}, {"code": "E2", "compulsory": True}],
}


def test_the_same_document_changes_nothing() -> None:
    assert changes(BEFORE, dict(BEFORE)) == ()


def test_a_period_that_changes_is_said_with_both_values() -> None:
    after = BEFORE | {"version": 2, "periods": {"review_days": 15, "reminders": [7, 21]}}

    assert changes(BEFORE, after) == (
        Change("version", "1", "2"),
        Change("periods.review_days", "21", "15"),
    )


def test_what_is_added_has_no_before_and_what_is_removed_no_after() -> None:
    after = BEFORE | {"periods": {"review_days": 21, "reminders": [7], "grace_days": 90}}

    assert changes(BEFORE, after) == (
        Change("periods.grace_days", "", "90"),
        Change("periods.reminders[2]", "21", ""),
    )


def test_commitments_that_change_places_are_the_same_commitments() -> None:
    after = BEFORE | {"commitments": list(reversed(list(BEFORE["commitments"])))}  # type: ignore[call-overload]

    assert changes(BEFORE, after) == ()


def test_a_word_of_a_commitment_is_found_by_its_code() -> None:
    after = BEFORE | {
        "commitments": [
            {"code": "E2", "compulsory": False},
            {"code": "E1", "name": {"fr": "Tenir"}},
        ]
    }

    assert changes(BEFORE, after) == (
        Change("commitments[E2].compulsory", "true", "false"),
        Change("commitments[E1].name.fr", "Porter", "Tenir"),
    )
