"""The window of a favourite vote follows its edition: as far from its dates as the template says."""

from datetime import datetime

from domain.edition_plan import EditionFrame
from domain.votes import Window


def following(usual: Window, template: EditionFrame, planned: EditionFrame) -> Window | None:
    """The usual window, moved as the edition was; nothing when the three dates would cross.

    It opens with the announcement of the territories, whose laureates are its candidates; its end
    and its results keep their distance to the ceremony.
    """
    announced = planned.territorial.publishes_at - template.territorial.publishes_at
    ceremony = planned.national.publishes_at - template.national.publishes_at
    window = Window(
        usual.opens_at + announced, usual.closes_at + ceremony, usual.publishes_at + ceremony
    )
    return window if window.opens_at < window.closes_at <= window.publishes_at else None


def still_to_come(window: Window, in_force: Window, now: datetime) -> Window | None:
    """The same where it changes nothing that has happened; nothing when no date would change."""
    opens = in_force.opens_at if in_force.opens_at <= now else window.opens_at
    wanted = Window(opens, window.closes_at, window.publishes_at)
    return None if wanted == in_force else wanted
