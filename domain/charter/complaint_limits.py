"""How many complaints one person may send, and what is said to who has sent enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.refusals import N_, Refusal
from domain.template_reading import Node

A_DAY = timedelta(days=1)
PARIS = ZoneInfo("Europe/Paris")

_ENOUGH_TODAY = N_(
    "Vous avez envoyé %(most)s signalements en vingt-quatre heures, et c’est le plus que nous prenons "
    "de la même personne. Celui-ci n’est pas parti : gardez votre texte, et envoyez-le à partir du "
    "%(day)s à %(hour)s, heure de Paris."
)
_ONE_IS_OPEN = N_(
    "Vous avez déjà un signalement en cours sur cette structure : celui-ci n’est pas parti. Un fait "
    "nouveau, une preuve ? Répondez à la lettre qui a accusé réception du premier ; il en sera tenu "
    "compte. Une lettre vous dira comment il finit, et vous pourrez alors en écrire un autre."
)


@dataclass(frozen=True, slots=True)
class ComplaintLimits:
    """How many of one person: in any twenty-four hours, and open about one signatory."""

    a_day: int
    open_about_a_signatory: int


@dataclass(frozen=True, slots=True)
class Filed:
    """A complaint that somebody sent before: when, and whether it is still open about the same one."""

    at: datetime
    is_open_about_the_same: bool = False


def limits_from(document: Mapping[str, object]) -> ComplaintLimits:
    """The limits that a document gives; each at least one, so that nobody is silenced by a typo."""
    root = Node(document)
    root.expect("a_day", "open_about_a_signatory")
    return ComplaintLimits(
        _positive(root.at("a_day")), _positive(root.at("open_about_a_signatory"))
    )


def check_may_file(limits: ComplaintLimits, filed: Sequence[Filed], now: datetime) -> None:
    """Refuse one complaint more than there is room for, saying when there will be."""
    if sum(each.is_open_about_the_same for each in filed) >= limits.open_about_a_signatory:
        raise Refusal(_ONE_IS_OPEN)
    recent = sorted(each.at for each in filed if each.at > now - A_DAY)
    if len(recent) >= limits.a_day:
        again = recent[-limits.a_day] + A_DAY
        raise Refusal(_ENOUGH_TODAY, most=limits.a_day, **_in_paris(again))


def _in_paris(instant: datetime) -> dict[str, str]:
    # A minute later than the instant, whose seconds are not said.
    local = (instant + timedelta(minutes=1)).astimezone(PARIS)
    return {"day": f"{local:%d/%m/%Y}", "hour": f"{local:%H} h {local:%M}"}


def _positive(node: Node) -> int:
    number = node.whole()
    return number if number > 0 else node.fail("at least one is expected")
