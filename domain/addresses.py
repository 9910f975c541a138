"""Electronic addresses, as people type them and as they are kept."""

import re

from domain.refusals import N_, Refusal

LONGEST = 254
# Narrower than the standard: quoted names and unusual alphabets before the @ are refused.
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}")


def parse_address(typed: str) -> str:
    """The address in lower case, its domain as the network writes it, or a refusal."""
    name, _, domain = typed.strip().lower().rpartition("@")
    try:
        address = f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        address = ""
    if not _ADDRESS.fullmatch(address) or len(address) > LONGEST or _has_lone_dots(name):
        raise Refusal(N_("Cette adresse de courriel semble incomplète. Exemple : nom@exemple.fr."))
    return address


def _has_lone_dots(name: str) -> bool:
    return name.startswith(".") or name.endswith(".") or ".." in name
