"""The addresses of the pages of complaints."""

from uuid import UUID

FILE = "/signataires/{adherence_id}/signaler"
OF_COMPANY = "/adhesions/{adherence_id}/signalements"
ONE_OF_COMPANY = OF_COMPANY + "/{alert_id}"
FILES = "pieces"
DESK = "/organisation/charte/signalements"
ONE_AT_DESK = DESK + "/{alert_id}"


def form_about(adherence_id: UUID) -> str:
    """Where a complaint about a signatory is written."""
    return FILE.format(adherence_id=adherence_id)


def receipt_of(adherence_id: UUID, alert_id: UUID) -> str:
    """Where its author finds its number and its step."""
    return f"{form_about(adherence_id)}/{alert_id}"


def list_of(adherence_id: UUID) -> str:
    """The complaints of which a company was told."""
    return OF_COMPANY.format(adherence_id=adherence_id)


def page_of(adherence_id: UUID, alert_id: UUID) -> str:
    """One of them."""
    return f"{list_of(adherence_id)}/{alert_id}"


def desk_of(alert_id: UUID) -> str:
    """A complaint at the organiser's desk."""
    return f"{DESK}/{alert_id}"
