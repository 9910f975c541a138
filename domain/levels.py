"""The levels at which trophies are held, and what a level changes in the rules of an edition."""

from dataclasses import replace
from enum import StrEnum

from domain.edition import EditionTemplate
from domain.scoring import at_national_level


class Level(StrEnum):
    """Whose trophies a cycle holds: a territory's, the nation's, or those of one company."""

    TERRITORIAL = "territorial"
    NATIONAL = "national"
    INTERNAL = "internal"


# The territory of the one national cycle of an edition, whose code is ``<edition>:national``.
NATIONAL = "national"
INTERNAL = "internal"


def at_level(template: EditionTemplate, level: Level) -> EditionTemplate:
    """The rules as they stand at that level: the final has one more criterion, and its own jury."""
    if level is not Level.NATIONAL or template.national is None:
        return template
    extra = template.national.extra_criterion
    return replace(
        template,
        categories=tuple(at_national_level(each, extra) for each in template.categories),
        jury=template.national.jury,
    )


def level_of(territory: str) -> Level:
    """The level of the cycle that a territory's code names."""
    return {NATIONAL: Level.NATIONAL, INTERNAL: Level.INTERNAL}.get(territory, Level.TERRITORIAL)
