"""Whether a file may still be distinguished: admitted, and no prize declined."""

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from domain.applications import Status
from storage.tables.applications import Application


def is_gone(application: Application) -> bool:
    """Whether the file withdrew, is admissible no more, or declined its prize."""
    return application.status != Status.ADMITTED or application.renounced_at is not None


def still_there() -> ColumnElement[bool]:
    """The same, asked of the database: that the file is not gone."""
    return and_(col(Application.status) == Status.ADMITTED, col(Application.renounced_at).is_(None))
