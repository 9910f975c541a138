"""What programs send and receive, beside what ``storage.reads.rest`` gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID, uuid4

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from domain.ineligibility import LONGEST_DAYS, SHORTEST_DAYS, USUAL_DAYS
from domain.phases import Phase

Item = TypeVar("Item")
FIRST_YEAR, LAST_YEAR = 2000, 2200


def _sensible(instant: datetime) -> datetime:
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        message = f"an instant between {FIRST_YEAR} and {LAST_YEAR} is expected"
        raise ValueError(message)
    return instant.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_sensible)]
Words = Annotated[str, Field(max_length=4000)]
DateName = Literal[
    "opens_at",
    "closes_at",
    "screening_until",
    "evaluation_from",
    "evaluation_until",
    "deliberation_until",
    "publishes_at",
    "ends_at",
]
Code = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\w.:-]+$")]


class Sent(BaseModel):
    """A document of a program: a field that nobody reads is most often a slip, and refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Items(Generic[Item]):
    """A list, and the ``after`` that gives what follows when there is more."""

    items: Sequence[Item]
    next: str | None = None


class ProblemDocument(BaseModel):
    """What went wrong (RFC 9457): `detail` is a sentence that a person may read."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


class EditionWanted(Sent):
    """An edition to open: on a shipped template, or on a document of its own."""

    template: Code | None = None
    document: dict[str, Any] | None = None
    year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    code: Code | None = None
    name: Annotated[str, Field(max_length=200)] = ""


class CalendarWanted(Sent):
    """The instants of a cycle, each with its zone; they follow one another."""

    opens_at: Instant
    closes_at: Instant
    screening_until: Instant
    evaluation_from: Instant
    evaluation_until: Instant
    deliberation_until: Instant
    publishes_at: Instant
    ends_at: Instant


class CycleWanted(Sent):
    """A cycle to open; its dates are those of the template, of one of its calendars, or given."""

    edition: Code
    territory: Code
    name: Annotated[str, Field(max_length=200)] = ""
    zone: Annotated[str, Field(max_length=60)] = ""
    calendar: Code | CalendarWanted | None = None


class Asking(Sent):
    """An act, and why; the same ``request_id`` again is the same request."""

    reason: Words = ""
    request_id: UUID = Field(default_factory=uuid4)


class Extending(Asking):
    """More time for one company; ``force`` cuts short what it had without a week's notice."""

    until: Instant
    force: bool = False


class EndingExtension(Asking):
    """The end of the time that one company was given."""

    force: bool = False


class Duplicating(Asking):
    """A duplicate to close: ``kept`` is the application that lives on."""

    kept: UUID


class ChangingCategory(Asking):
    """Another category for an application, by its code."""

    category: Code


class Doubting(Asking):
    """A doubt about an admitted file: the rules in doubt, and how many days there are to answer."""

    rules: list[Code] = Field(default_factory=list, max_length=40)
    days: int = Field(default=USUAL_DAYS, ge=SHORTEST_DAYS, le=LONGEST_DAYS)


class Regrouping(Asking):
    """A short category to give away: ``into`` is the id of a neighbour, or nothing for the final."""

    category: Code
    into: UUID | None = None


class Ungrouping(Asking):
    """A category that was given away, to judge here after all."""

    category: Code


class EndingPhase(Asking):
    """The end of a phase before its date."""

    phase: Phase


class MovingDates(Asking):
    """Dates to move, and the version of the calendar that was read before; the others stay."""

    dates: dict[DateName, Instant] = Field(min_length=1)
    version: int
    force: bool = False


class ConfirmingEdition(Sent):
    """A confirmation of the plan that was read, by the `seen` that came with it."""

    seen: Words
    request_id: UUID = Field(default_factory=uuid4)


class MovingEdition(Asking):
    """Dates of an edition to move, by the `seen` of the plan that was read; the others stay."""

    seen: Words
    territorial: dict[DateName, Instant] = Field(default_factory=dict)
    national: dict[DateName, Instant] = Field(default_factory=dict)
    force: bool = False


class Refusing(Asking):
    """A refusal: the rules that are not met, and why."""

    rules: list[Code] = Field(default_factory=list, max_length=40)


class JurorWanted(Sent):
    """Somebody to call to a jury; yes and no may be written as in a file."""

    email: Annotated[str, Field(max_length=300)]
    name: Words = ""
    organisation: Words = ""
    siren: Annotated[str, Field(max_length=30)] = ""
    is_chair: bool | str = False
    reserve_place: int | str | None = None


class LinkAsked(Sent):
    """Somebody to let in without a letter; in development only."""

    email: Annotated[str, Field(max_length=300)]
    next: Annotated[str, Field(max_length=500)] = "/mon-espace"


@dataclass(frozen=True, slots=True)
class Opening:
    """A link that lets somebody in, once."""

    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A line that was left out, and why."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How many jurors a file added, how many were there, and which lines were left out."""

    added: int
    already_there: int
    errors: Sequence[ImportedLine]


@dataclass(frozen=True, slots=True)
class LetterCount:
    """How many letters of a kind stand where."""

    kind: str
    state: str
    count: int
