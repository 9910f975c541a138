"""Every article of the rules, in the order in which they are read."""

from collections.abc import Callable

from domain.rules_text import candidates, closing, equalising, judging, opening
from domain.rules_text.blocks import Article
from domain.rules_text.subject import Subject

ARTICLES: tuple[Callable[[Subject], Article | None], ...] = (
    opening.organiser,
    opening.purpose,
    opening.territories,
    opening.categories,
    candidates.who,
    opening.calendar,
    candidates.file,
    candidates.admission,
    judging.marks,
    judging.jury,
    judging.conflicts,
    equalising.equalising,
    judging.ties,
    judging.final,
    judging.public_vote,
    closing.prizes,
    closing.publication,
    closing.laureates,
    closing.property_and_secrecy,
    closing.personal_data,
    closing.changes,
    closing.complaints,
    closing.acceptance,
    closing.version,
)


def articles(subject: Subject) -> tuple[Article, ...]:
    """The articles that this edition needs; one that would say nothing is left out."""
    written = (write(subject) for write in ARTICLES)
    return tuple(article for article in written if article is not None)
