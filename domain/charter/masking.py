"""What may be published of the values of a report, so that no small group of people is found.

The rule. A count of people below the threshold (5) is shown « < 5 ». Two published figures could
still give a third away, so that:

- a part of a count (« dont contrats de 6 mois ou plus ») is withheld, and shown « non publié », when
  what remains beside it is below the threshold; and always when the whole is below twice the
  threshold, for one of the two is then small, and which of them would tell;
- a share of a count is withheld when the count is masked or not published, and when it stands for
  less than the threshold, or leaves less: share and count together give the number of people;
- a target and a starting value are counts as well, masked by the same rule: « kept » beside a target
  of 4 and a value below 5 would say the value; and no target stands beside a value withheld
  (``targets_beside``), for « kept » would narrow what was withheld;
- totals and differences are made of published figures only (``total``, ``change``), so that they
  say nothing which the figures did not say; how many figures were left out is said beside them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from domain.charter.document import CharterDocument
from domain.charter.indicators import Indicator, Kind
from domain.charter.units import unit_of
from domain.charter.values import Value, shown
from domain.refusals import N_

HALF_A_POINT = Decimal("0.5")
WITHHELD = N_("non publié")


class Mask(StrEnum):
    """Why a figure is not the one that was reported."""

    NONE = "none"
    SMALL = "small"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as the public may know it; ``value`` is None whenever it is masked."""

    indicator: Indicator
    mask: Mask
    value: Value | None
    threshold: int

    def in_(self, language: str) -> str:
        """The figure, or « < 5 »; a figure withheld says nothing here, the page says so."""
        if self.mask is Mask.SMALL:
            return f"<\u00a0{self.threshold}"
        return shown(self.indicator, self.value, language) if self.value is not None else ""

    def unit_in(self, language: str) -> str:
        """The unit as it is said after the figure."""
        return unit_of(self.indicator, self.value, language)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of the published figures alone: at least that many, ``left_out`` being masked."""

    value: Decimal
    left_out: int


def published(document: CharterDocument, values: Mapping[str, Value]) -> dict[str, Published]:
    """What may be shown of one column of a report: its values, or its targets, or its starts."""
    threshold = document.small_counts
    return {code: _as_published(document.indicator(code), values, threshold) for code in values}


def targets_beside(
    targets: Mapping[str, Published], values: Mapping[str, Published]
) -> dict[str, Published]:
    """The targets that may stand beside those values: none beside a value that is withheld."""
    withheld = {code for code, each in values.items() if each.mask is Mask.WITHHELD}
    return {
        code: replace(each, mask=Mask.WITHHELD, value=None) if code in withheld else each
        for code, each in targets.items()
    }


def total(figures: Iterable[Published]) -> Total:
    """The sum of what is published; what is masked adds nothing to it, and is counted apart."""
    known = list(figures)
    values = [each.value for each in known if isinstance(each.value, Decimal)]
    return Total(sum(values, Decimal(0)), left_out=len(known) - len(values))


def change(start: Published, end: Published) -> Decimal | None:
    """From one published figure to the next; None as soon as one of the two is masked."""
    if isinstance(start.value, Decimal) and isinstance(end.value, Decimal):
        return end.value - start.value
    return None


def _as_published(indicator: Indicator, values: Mapping[str, Value], threshold: int) -> Published:
    mask = _mask(indicator, values, threshold)
    value = values[indicator.code] if mask is Mask.NONE else None
    return Published(indicator, mask, value, threshold)


def _mask(indicator: Indicator, values: Mapping[str, Value], threshold: int) -> Mask:
    value = values[indicator.code]
    if indicator.hidden_with and _is_small(values.get(indicator.hidden_with), threshold):
        return Mask.WITHHELD
    if not isinstance(value, Decimal):
        return Mask.NONE
    whole = values.get(indicator.part_of)
    if indicator.part_of and indicator.kind is Kind.PERCENT:
        return _mask_share(value, whole, threshold)
    if indicator.part_of and isinstance(whole, Decimal):
        return _mask_part(value, whole, threshold)
    small = indicator.counts_people and _is_small(value, threshold)
    return Mask.SMALL if small else Mask.NONE


def _mask_part(part: Decimal, whole: Decimal, threshold: int) -> Mask:
    if whole < threshold:
        return Mask.SMALL
    if whole < 2 * threshold:
        return Mask.WITHHELD
    if part < threshold:
        return Mask.SMALL
    return Mask.WITHHELD if whole - part < threshold else Mask.NONE


def _mask_share(share: Decimal, whole: Value | None, threshold: int) -> Mask:
    """A share is rounded: the people that it may stand for lie half a point on either side."""
    if not isinstance(whole, Decimal):
        return Mask.WITHHELD
    fewest = (share - HALF_A_POINT) * whole / 100
    most = (share + HALF_A_POINT) * whole / 100
    is_small = fewest < threshold or whole - most < threshold
    return Mask.WITHHELD if is_small else Mask.NONE


def _is_small(value: Value | None, threshold: int) -> bool:
    return isinstance(value, Decimal) and value < threshold
