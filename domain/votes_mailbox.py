"""Who votes, as far as a vote knows: a mailbox by its fingerprint, and where it came from by another."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address

# A home or an office has one of these; its machines change their own address every day.
HOME = 64


@dataclass(frozen=True, slots=True)
class Voter:
    """A voter by fingerprints only: its mailbox, the domain of it, and its place on the network."""

    mailbox: str
    domain: str
    origin: str


def voter_of(key: str, vote: str, address: str, origin: str) -> Voter:
    """The fingerprints of a voter, good for one vote: nobody without the key can make or link them."""
    mailbox = mailbox_of(address)
    return Voter(
        mailbox=_keyed(key, vote, "mailbox", mailbox),
        domain=_keyed(key, vote, "domain", mailbox.rpartition("@")[2]),
        origin=_keyed(key, vote, "origin", network_of(origin)),
    )


def mailbox_of(address: str) -> str:
    """The mailbox behind an address: in lower case, without what follows a plus sign."""
    name, _, domain = address.strip().lower().rpartition("@")
    return f"{name.partition('+')[0] or name}@{domain}"


def network_of(origin: str) -> str:
    """An address of the network, or the home that it belongs to when it is of the newer kind."""
    try:
        found = ip_address(origin)
    except ValueError:
        return origin
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, HOME), strict=False))


def _keyed(key: str, vote: str, kind: str, value: str) -> str:
    return hmac.new(key.encode(), f"vote:{vote}:{kind}:{value}".encode(), sha256).hexdigest()
