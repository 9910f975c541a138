"""Addresses that we may send somebody to."""

from urllib.parse import urlsplit

LONGEST = 500


def local_path(wanted: str, otherwise: str = "/") -> str:
    """The path if it leads to a page of this service, else another: no open redirect."""
    # Browsers read a backslash as a slash, and drop tabs and line ends.
    is_plain = wanted.isprintable() and "\\" not in wanted and len(wanted) <= LONGEST
    if not is_plain or not wanted.startswith("/") or wanted.startswith("//"):
        return otherwise
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else wanted
