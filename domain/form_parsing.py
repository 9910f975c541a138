"""Read the form and the rules of eligibility of a template."""

from domain.conditions import Admission, Rule, RuleCheck, RuleSource
from domain.questions import Choice, Filler, Question, QuestionKind, Section
from domain.template_reading import Node, check_unique
from domain.texts import NO_TEXT

NEEDED_SETTINGS = {
    RuleCheck.AGE: ("months",),
    RuleCheck.RECENT_ACTION: ("months", "years"),
    RuleCheck.APPLICATION_LIMITS: ("files", "categories"),
    RuleCheck.NOT_A_RECENT_LAUREATE: ("editions",),
}
NEEDED_QUESTIONS = {
    RuleCheck.RECENT_ACTION: 2,
    RuleCheck.ADMITTED_KIND: 1,
}
WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.CHOICES)


def sections_from(node: Node, categories: frozenset[str]) -> tuple[Section, ...]:
    """The sections of the form; a question code is found once in the whole form."""
    check_unique([(item.at("code").text(), item) for item in node.each()])
    questions = [each for section in node.each() for each in section.at("questions").each()]
    check_unique([(item.at("code").text(), item) for item in questions])
    return tuple(_section(item, categories) for item in node.each())


def _section(node: Node, categories: frozenset[str]) -> Section:
    node.expect("code", "title", "intro", "questions", "only_for", "filled_by")
    filler = node.maybe("filled_by")
    return Section(
        code=node.at("code").text(),
        title=node.at("title").words(),
        intro=node.at("intro").words(),
        questions=tuple(_question(item, categories) for item in node.at("questions").each()),
        only_for=_only_for(node, categories),
        filled_by=filler.one_of(Filler) if filler else Filler.CANDIDATE,
    )


def _question(node: Node, categories: frozenset[str]) -> Question:
    node.expect(
        "code", "kind", "label", "help", "limit", "required", "choices", "only_for", "public"
    )
    kind, hint = node.at("kind").one_of(QuestionKind), node.maybe("help")
    return Question(
        code=node.at("code").text(),
        kind=kind,
        label=node.at("label").words(),
        help=hint.words() if hint else NO_TEXT,
        limit=_limit(node),
        required=_flag(node, "required"),
        choices=_choices(node, kind),
        only_for=_only_for(node, categories),
        public=_flag(node, "public"),
    )


def _limit(node: Node) -> int | None:
    limit = node.maybe("limit")
    if limit is None:
        return None
    return limit.whole() if limit.whole() > 0 else limit.fail("a limit is at least 1")


def _flag(node: Node, key: str) -> bool:
    found = node.maybe(key)
    return found.yes() if found else False


def _choices(node: Node, kind: QuestionKind) -> tuple[Choice, ...]:
    found = node.maybe("choices")
    if found is None:
        return node.fail("“choices” is missing") if kind in WITH_CHOICES else ()
    if kind not in WITH_CHOICES:
        found.fail(f"a question of kind “{kind}” has no choices")
    check_unique([(item.at("code").text(), item) for item in found.each()])
    return tuple(Choice(item.at("code").text(), item.at("label").words()) for item in found.each())


def _only_for(node: Node, categories: frozenset[str]) -> tuple[str, ...]:
    found = node.maybe("only_for")
    for item in found.each() if found else ():
        if item.text() not in categories:
            item.fail(f"unknown category “{item.text()}”")
    return node.texts_under("only_for")


def rules_from(
    node: Node, categories: frozenset[str], questions: frozenset[str]
) -> tuple[Rule, ...]:
    """The rules of eligibility; those that look at the form name known questions."""
    check_unique([(item.at("code").text(), item) for item in node.each()])
    return tuple(_rule(item, categories, questions) for item in node.each())


def _rule(node: Node, categories: frozenset[str], questions: frozenset[str]) -> Rule:
    node.expect(
        "code",
        "check",
        "name",
        "source",
        "blocking",
        "settings",
        "questions",
        "only_for",
        "admitted",
    )
    settings, asked, admitted = (node.maybe(key) for key in ("settings", "questions", "admitted"))
    for item in asked.each() if asked else ():
        if item.text() not in questions:
            item.fail(f"unknown question “{item.text()}”")
    check = node.at("check").one_of(RuleCheck)
    for name in NEEDED_SETTINGS.get(check, ()):
        node.at("settings").at(name).whole()
    needed = NEEDED_QUESTIONS.get(check)
    if needed and len(node.texts_under("questions")) != needed:
        node.fail(f"check “{check}” looks at {needed} questions")
    return Rule(
        code=node.at("code").text(),
        check=check,
        name=node.at("name").words(),
        source=node.at("source").one_of(RuleSource),
        blocking=node.at("blocking").yes(),
        settings={key: value.whole() for key, value in settings.items()} if settings else {},
        questions=node.texts_under("questions"),
        only_for=_only_for(node, categories),
        admitted=tuple(
            Admission(item.at("kind").text(), _only_for(item, categories))
            for item in (admitted.each() if admitted else ())
        ),
    )
