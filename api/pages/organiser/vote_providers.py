"""The large public mail providers by name: their fingerprints are no sign of a burst."""

from domain.votes_mailbox import voter_of
from settings import Settings

PROVIDERS = (
    "gmail.com",
    "outlook.com",
    "outlook.fr",
    "hotmail.com",
    "hotmail.fr",
    "live.fr",
    "yahoo.com",
    "yahoo.fr",
    "orange.fr",
    "wanadoo.fr",
    "free.fr",
    "sfr.fr",
    "laposte.net",
    "icloud.com",
    "proton.me",
)


def named_domains(settings: Settings, vote: str) -> dict[str, str]:
    """The fingerprint of each provider in that vote, with its name."""
    key = settings.secret_key.get_secret_value()
    return {voter_of(key, vote, f"a@{name}", "").domain: name for name in PROVIDERS}
