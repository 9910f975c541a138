"""Applications as lists read them: without the documents, which weigh a hundred times the rest."""

from sqlalchemy.orm import defer
from sqlmodel import col

from storage.tables.applications import Application

# A list that comes to show one of them fails its test, rather than read it row by row.
WITHOUT_DOCUMENTS = tuple(
    defer(document, raiseload=True)  # type: ignore[arg-type]  (col speaks of the column; it is the attribute)
    for document in (
        col(Application.answers),
        col(Application.registry_facts),
        col(Application.verdicts),
    )
)
