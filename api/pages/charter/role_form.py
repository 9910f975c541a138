"""The form by which roles change in mid-term, for the head of a company and for the organiser."""

from collections.abc import Mapping
from dataclasses import replace

from api.posted import PostedForm
from domain.charter.document import CharterDocument
from domain.charter.entry import NOBODY, Holder
from domain.charter.entry_gaps import role_gaps
from domain.charter.sheet import role_box
from domain.refusals import N_, Refusal
from storage.reads.charter.roles import Team

LONGEST_REASON = 2000
BOXES = ("name", "function", "email")

_NO_REASON = N_("Dites pourquoi, en 2 000 caractères au plus : la raison reste au journal.")
_NO_ADDRESS = N_("Indiquez son adresse électronique : elle y reçoit ce qui concerne ce rôle.")


def holders_in(form: PostedForm, charter: CharterDocument) -> dict[str, Holder]:
    """Who the form names, role by role."""
    return {
        role.code: Holder(*(form.get(role_box(role.code, box)).strip() for box in BOXES))
        for role in charter.roles
    }


def wrong_in(team: Team, holders: Mapping[str, Holder], reason: str) -> dict[str, Refusal]:
    """What keeps these people from taking these roles, by box."""
    wrong: dict[str, Refusal] = {}
    for gap in role_gaps(team.charter, team.size, replace(team.entry, roles=dict(holders))):
        # What is said of a role holds no day.
        facts = {name: fact for name, fact in gap.facts.items() if isinstance(fact, str | int)}
        wrong.setdefault(role_box(gap.code, gap.box or "name"), Refusal(gap.sentence, **facts))
    for role, holder in holders.items():
        # Who held a role without an address before may go on; who comes is written to.
        if not holder.email and holder != team.holders.get(role, NOBODY):
            wrong.setdefault(role_box(role, "email"), Refusal(_NO_ADDRESS))
    if not 0 < len(reason) <= LONGEST_REASON:
        wrong["reason"] = Refusal(_NO_REASON)
    return wrong


def context_of(
    team: Team, holders: Mapping[str, Holder] | None = None, reason: str = ""
) -> dict[str, object]:
    """What the form shows."""
    return {
        "team": team,
        "holders": holders or team.holders,
        "reason": reason,
        "limit": LONGEST_REASON,
        "role_names": {role.code: role.name for role in team.charter.roles},
    }
