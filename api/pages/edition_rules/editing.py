"""Changing the rules of an edition: a form, then what it changes, then a new version."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Form, Screen
from api.errors import NotFound
from api.pages.compared import said_changes
from api.pages.edition_rules.desk import BASE, AtRules, RulesDesk
from domain.edition_parsing import edition_from
from domain.refusals import N_, Refusal
from domain.rules_text.equalising import METHODS
from domain.rules_text.judging import TIES
from domain.rules_text.opening import STEPS
from domain.template_checks import idle_closings
from domain.template_compare import compare
from domain.template_editing import Edited, edited, prefilled
from domain.template_facts import CALENDARS
from domain.template_growing import KINDS
from storage.acts.edition_rules import change_rules, check_may_change, rules_to_edit

router = APIRouter()
PAGE = BASE + "/modifier"
NOT_TYPED = {"csrf_token", "seen"}


@router.get(PAGE)
async def show(desk: AtRules, screen: Screen) -> Response:
    """The rules in a form, as they are."""
    try:
        check_may_change(desk.rules.edition)
    except Refusal as refusal:
        return _form(desk, screen, _now(desk), {"": refusal}, desk.rules.template.fingerprint, 409)
    return _form(desk, screen, _now(desk), {}, desk.rules.template.fingerprint)


@router.post(PAGE)
async def again(desk: AtRules, form: Form, screen: Screen) -> Response:
    """Come back from the differences with everything as it was typed."""
    return _form(desk, screen, dict(form.fields), {}, form.get("seen"))


@router.post(BASE + "/relecture")
async def read_through(desk: AtRules, form: Form, screen: Screen) -> Response:
    """What keeping the form would change; nothing is written."""
    typed = dict(form.fields)
    new = edited(desk.document, typed, desk.around)
    if new.complaints:
        return _form(desk, screen, typed, new.complaints, form.get("seen"), 422)
    return _reading(desk, screen, typed, new)


@router.post(BASE)
async def keep(desk: AtRules, form: Form, db: Db, screen: Screen) -> Response:
    """Keep the form as a new version; the cycles already opened keep theirs."""
    typed = dict(form.fields)
    try:
        async with db.transaction() as session:
            rules = await rules_to_edit(session, desk.rules.edition.code, locked=True)
            if rules is None:
                raise NotFound
            locked = RulesDesk(rules, desk.viewer)
            new = edited(locked.document, typed, locked.around)
            if new.complaints:
                return _form(locked, screen, typed, new.complaints, form.get("seen"), 422)
            by = desk.viewer.person_id
            kept = await change_rules(session, rules, new.document, form.get("seen"), by)
    except Refusal as refusal:
        return _form(desk, screen, typed, {"": refusal}, form.get("seen"), 409)
    said = (
        N_("La nouvelle version est enregistrée. Les prochains cycles ouvriront avec elle.")
        if kept
        else N_("Rien n'a changé : la version reste la même.")
    )
    return screen.go(f"{desk.base}/comparer", said)


def _now(desk: RulesDesk) -> dict[str, str]:
    return prefilled(desk.document, desk.rules.edition.year)


def _form(  # noqa: PLR0913, PLR0917  (what the page is made of)
    desk: RulesDesk,
    screen: Screen,
    typed: Mapping[str, str],
    wrong: Mapping[str, Refusal],
    seen: str,
    status: int = 200,
) -> Response:
    return screen.show(
        "pages/edition_rules/form.html",
        status,
        desk=desk,
        frozen=edition_from(desk.document),
        typed=typed,
        steps=STEPS,
        calendars=CALENDARS,
        library=[
            (each["code"], each["name"][screen.language]) for each in desk.document["criteria"]
        ],
        kinds=[(kind, screen.say(name)) for kind, name in KINDS.items()],
        methods=[(method, screen.say(words)) for method, words in METHODS.items()],
        ties=[(step, screen.say(words)) for step, words in TIES.items()],
        shelf=_absent(desk),
        seen=seen,
        complaints={name: screen.say(each.sentence, **each.facts) for name, each in wrong.items()},
    )


def _absent(desk: RulesDesk) -> list[tuple[str, str]]:
    """The rules of the shipped template that this edition does not have."""
    held = {rule["code"] for rule in desk.document["rules"]}
    return [(each["code"], each["name"]["fr"]) for each in desk.shelf if each["code"] not in held]


def _reading(desk: RulesDesk, screen: Screen, typed: Mapping[str, str], new: Edited) -> Response:
    year = desk.rules.edition.year
    before, after = edition_from(desk.document), edition_from(new.document)
    return screen.show(
        "pages/edition_rules/reading.html",
        desk=desk,
        changes=said_changes(compare(before, after, year), screen.language),
        warnings=[screen.say(each.sentence, **each.facts) for each in idle_closings(after, year)],
        carried={name: value for name, value in typed.items() if name not in NOT_TYPED},
        seen=typed.get("seen", ""),
    )
