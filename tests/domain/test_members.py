"""What each role may do on an application."""

from collections.abc import Callable

import pytest

from domain.members import Role, check_may_invite, check_may_send, check_may_write
from domain.refusals import Refusal


def roles_that_pass(check: Callable[[Role], None]) -> set[Role]:
    passing: set[Role] = set()
    for role in Role:
        try:
            check(role)
        except Refusal:
            continue
        passing.add(role)
    return passing


@pytest.mark.parametrize(
    ("check", "passing"),
    [
        (check_may_write, {Role.OWNER, Role.EDITOR, Role.SIGNATORY}),
        (check_may_send, {Role.OWNER, Role.SIGNATORY}),
        (check_may_invite, {Role.OWNER}),
    ],
    ids=["write", "send", "invite"],
)
def test_a_role_does_its_part(check: Callable[[Role], None], passing: set[Role]) -> None:
    assert roles_that_pass(check) == passing
