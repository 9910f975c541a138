"""The table of rights, as people read it in docs/rights.md and as the test compares it."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api.rights.matrix import Route

Marks = Mapping[str, str]
NOTHING = "·"
INTRODUCTION = """\
# Who may do what

Every route of the service, page and REST alike, and who is let through to it. `tests/api/rights/test_matrix.py` asks each of them
as everybody below, of what is theirs and of what is another's, and compares with this table: a route without a line fails the test.
The test writes what it measured to `var/rights.measured.md`; after a wanted change, read the difference, then copy it here.

| Mark | Meaning |
|---|---|
| `yes` | let through (the page is about no object of anybody) |
| `all` | let through, whatever the object |
| `own` | let through to their own objects only: another's is not found |
| `other` | let through to another's only |
| `·` | never: not found, forbidden, or asked to sign in |

To be let through says nothing of the moment: a closed call, an unsigned file or a missing reason is refused afterwards, in words.

| Column | Who |
|---|---|
| `nobody` | the public: nobody is signed in |
| `stranger` | somebody signed in without any role |
| `national` | an organiser of every cycle, who also runs the charter: this installation's administrator; what an operator does (migrations, keys, back-ups) is done by command, and has no page |
| `territorial` | an organiser of cycles that were named |
| `chair`, `juror` | seats of a jury that accepted |
| `owner`, `editor`, `signatory`, `reader` | people of a company on an application |
| `partner` | who was invited to countersign it |
| `head`, `lead`, `reporting` | people of a signatory of the charter: who signs, who leads, who reports; who buys and who speaks for the staff may what `lead` may |

A line without any mark is a page for somebody who has no column: the holder of a link received by letter, the author of a
complaint, the next head of a signatory; or for a moment that the world of the test does not know, such as an overdue report.

Programs come in by a key of a person and may what that person may; the key may be narrower than its person.
"""


def cell(own: bool, foreign: bool, route: "Route") -> str:  # noqa: FBT001  (two answers of one table)
    """What is written where a route and a role cross."""
    if not route.has_object:
        return "yes" if own else NOTHING
    return {(True, True): "all", (True, False): "own", (False, True): "other"}.get(
        (own, foreign), NOTHING
    )


def written_table(found: Mapping["Route", Marks]) -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for area, routes in groupby(sorted(found), key=_area):
        parts += [f"\n## {area}\n", _lines(list(routes), found)]
    return "\n".join(parts)


def read_table(page: str) -> dict[str, Marks]:
    """The marks of each route, by role."""
    read: dict[str, Marks] = {}
    roles: list[str] = []
    for line in page.splitlines():
        cells = [each.strip(" `") for each in line.strip("|").split("|")]
        if cells[0] == "Route":
            roles = cells[1:]
        elif cells[0].startswith(("GET ", "POST ", "PUT ", "DELETE ")):
            read[cells[0]] = dict(zip(roles, cells[1:], strict=True))
    return read


def _area(route: "Route") -> str:
    parts = route.path.split("/")[1:]
    return "/" + "/".join(
        parts[:2] if parts[0] in {"api", "organisation"} and len(parts) > 2 else parts[:1]
    )


def _lines(routes: Iterable["Route"], found: Mapping["Route", Marks]) -> str:
    routes = list(routes)
    roles = list(found[routes[0]])
    heading = ["| Route | " + " | ".join(f"`{role}`" for role in roles) + " |"]
    rule = ["|---" * (len(roles) + 1) + "|"]
    rows = [
        f"| `{route.method} {route.path}` | "
        + " | ".join(found[route][role] for role in roles)
        + " |"
        for route in routes
    ]
    return "\n".join((*heading, *rule, *rows)) + "\n"
