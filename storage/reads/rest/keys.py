"""Things that programs call by their code, or by their id."""

from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col

from storage.tables.cycles import Cycle, Edition


def named(table: type[Edition | Cycle], name: str) -> ColumnElement[bool]:
    """Whether a row has that id, if it is one, or else that code."""
    try:
        return col(table.id) == UUID(name)
    except ValueError:
        return col(table.code) == name
