"""The addresses that a person opens, once everything runs."""

from collections.abc import Mapping

from settings import Settings

# What a part offers to the others, as a person would open it.
FORMS = {
    "Trophies": ("TROPHEES_BASE_URL", "{}"),
    "Mailbox": ("TROPHEES_MAILBOX_PORT", "http://localhost:{}"),
    "Temporal": ("TROPHEES_TEMPORAL_UI_PORT", "http://localhost:{}"),
    "Registry stand-in": ("TROPHEES_REGISTRY_URL", "{}"),
    "PostgreSQL": ("TROPHEES_DATABASE_URL", "{}"),
}


def base_url(settings: Settings) -> str:
    """The public address: the one that was set, or the port that the web application has."""
    if "base_url" in settings.model_fields_set:
        return settings.base_url
    return f"http://localhost:{settings.web_port}"


def addresses(offers: Mapping[str, str]) -> dict[str, str]:
    """Where each thing is, for those that run here."""
    return {
        title: form.format(offers[offer])
        for title, (offer, form) in FORMS.items()
        if offer in offers
    }
