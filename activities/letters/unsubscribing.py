"""The address at which one click ends the letters that nobody needs (RFC 8058)."""

from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from settings import Settings

PATH = "/lettres/rappels/"


def path_for(settings: Settings, person_id: UUID) -> str:
    """The path for this person; whoever holds the letter may follow it, and undo it there."""
    return PATH + _token(settings).dumps(str(person_id))


def person_in(settings: Settings, token: str) -> UUID | None:
    """The person whom a token names, if we signed it."""
    try:
        return UUID(_token(settings).loads(token))
    except (BadData, ValueError, TypeError, AttributeError):
        return None


def _token(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key.get_secret_value(), "reminders")
