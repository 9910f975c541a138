"""The kinds of column that every table shares."""

from typing import Any
from uuid import uuid4

from sqlalchemy import BigInteger, DateTime, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

# JSON columns hold what people typed or a frozen document; their readers check the shape.


def identity() -> Any:  # noqa: ANN401  (SQLModel's Field is typed so)
    """An unguessable primary key."""
    return Field(default_factory=uuid4, primary_key=True)


def instant(*, nullable: bool = False, index: bool = False) -> Any:  # noqa: ANN401
    """An instant with its zone, given by the caller."""
    default = {"default": None} if nullable else {}
    return Field(**default, sa_type=DateTime(timezone=True), nullable=nullable, index=index)  # type: ignore[call-overload]


def stamped() -> Any:  # noqa: ANN401
    """An instant stamped by the clock of the database when the row arrives."""
    return Field(
        default=None,
        sa_type=DateTime(timezone=True),  # type: ignore[arg-type]
        nullable=False,
        sa_column_kwargs={"server_default": func.clock_timestamp()},
    )


def document(*, nullable: bool = False) -> Any:  # noqa: ANN401
    """A JSON document, empty unless given."""
    if nullable:
        return Field(default=None, sa_type=JSONB, nullable=True)
    return Field(default_factory=dict, sa_type=JSONB, nullable=False)


def items() -> Any:  # noqa: ANN401
    """A JSON list, empty unless given."""
    return Field(default_factory=list, sa_type=JSONB, nullable=False)


def listed() -> Any:  # noqa: ANN401
    """A JSON list of a table that has rows already, and that benchmarks write by hand."""
    return Field(
        default_factory=list,
        sa_type=JSONB,
        nullable=False,
        sa_column_kwargs={"server_default": text("'[]'")},
    )


def worded(word: str = "") -> Any:  # noqa: ANN401
    """A word of a table that has rows already, and that benchmarks write by hand."""
    return Field(default=word, nullable=False, sa_column_kwargs={"server_default": word})


def reference(column: str, *, nullable: bool = False, index: bool = True) -> Any:  # noqa: ANN401
    """A foreign key, indexed unless said otherwise."""
    default = {"default": None} if nullable else {}
    return Field(**default, foreign_key=column, nullable=nullable, index=index)  # type: ignore[call-overload]


def serial() -> Any:  # noqa: ANN401
    """A growing number, for tables read in the order of writing."""
    return Field(
        default=None,
        primary_key=True,
        sa_type=BigInteger,
        sa_column_kwargs={"autoincrement": True},
    )
