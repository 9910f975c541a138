"""The addresses of the pages of an application."""

from uuid import UUID

NEW = "/candidatures/nouvelle"
DOCUMENTS = "documents"
PARTNER = "partenaire"


def home_of(application_id: UUID) -> str:
    """The task list."""
    return f"/candidatures/{application_id}"


def page_of(application_id: UUID, page: str) -> str:
    """A page of the application, or one of its sections."""
    return f"/candidatures/{application_id}/{page}"
