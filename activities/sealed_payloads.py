"""What travels through Temporal, encrypted: AES-GCM with a key of its own name, so that keys rotate.

Histories hold ids and dates, no personal data; this is for who does not run their own engine. The pages
of Temporal then show nothing of a payload. What is in clear stays readable, so that the keys may be set
on a running service; a key that encrypted something is kept until the retention of the engine is over.
"""

import os
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

ENCODING = b"binary/encrypted"
NONCE_BYTES = 12


class UnknownKeyError(RuntimeError):
    """A payload was encrypted with a key that the settings do not have, or was altered."""


class SealedPayloads(PayloadCodec):
    """Encrypts with the first key, decrypts with the one that a payload names."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._ciphers = {name: AESGCM(key) for name, key in keys.items()}
        self._newest = next(iter(keys))

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Each payload, whole, under the newest key."""
        return [self._seal(each) for each in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Each payload as it was; one in clear stays so. Raises UnknownKeyError."""
        return [self._open(each) for each in payloads]

    def _seal(self, payload: Payload) -> Payload:
        nonce, name = os.urandom(NONCE_BYTES), self._newest.encode()
        sealed = self._ciphers[self._newest].encrypt(nonce, payload.SerializeToString(), name)
        return Payload(metadata={"encoding": ENCODING, "key": name}, data=nonce + sealed)

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        name = payload.metadata["key"]
        cipher = self._ciphers.get(name.decode())
        if cipher is None:
            message = f"No key called {name.decode()!r} in TROPHEES_TEMPORAL_PAYLOAD_KEYS."
            raise UnknownKeyError(message)
        nonce, sealed = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        try:
            return Payload.FromString(cipher.decrypt(nonce, sealed, name))
        except InvalidTag as error:
            message = f"A payload is not as it was encrypted with the key {name.decode()!r}."
            raise UnknownKeyError(message) from error
