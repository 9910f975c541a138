"""``python -m benchmarks.mailing.sink PORT``: an SMTP server that counts letters by recipient and drops them."""

import asyncio
import json
import sys
from collections import Counter
from typing import cast

import uvloop

from embedded.ports import HERE

END_OF_LETTER = b"\r\n.\r\n"
GREETING = b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
ANSWERS = {b"EHLO": GREETING, b"DATA": b"354 Go on\r\n", b"QUIT": b"221 Bye\r\n"}
OK = b"250 OK\r\n"
# Ours, not of SMTP: how many copies each recipient got, as a line of JSON.
TALLY = b"XTALLY"


class Session(asyncio.Protocol):
    """One connection: a lean reading of RFC 5321, for a client that makes no mistakes."""

    def __init__(self, copies: Counter[str]) -> None:
        self._copies = copies
        self._unread = bytearray()
        self._recipient = ""
        self._is_letter = False
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        # Uvloop's is none of asyncio's classes, though it has their methods.
        self._transport = cast("asyncio.WriteTransport", transport)
        self._answer(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer every line that is whole, and every letter that has ended."""
        self._unread += data
        while self._step():
            pass

    def _step(self) -> bool:
        line, ending, rest = self._unread.partition(END_OF_LETTER if self._is_letter else b"\r\n")
        if not ending:
            return False
        self._unread = rest
        self._answer(self._taken() if self._is_letter else self._answer_to(bytes(line)))
        return True

    def _taken(self) -> bytes:
        self._is_letter = False
        self._copies[self._recipient] += 1
        return OK

    def _answer_to(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"RCPT":
            self._recipient = line[line.index(b"<") + 1 : line.index(b">")].decode()
        elif line == TALLY:
            return json.dumps(self._copies).encode() + b"\r\n"
        self._is_letter = verb == b"DATA"
        return ANSWERS.get(verb, OK)

    def _answer(self, words: bytes) -> None:
        if self._transport is not None:
            self._transport.write(words)


async def serve(port: int) -> None:
    """Take letters until the process is ended."""
    copies = Counter[str]()
    server = await asyncio.get_running_loop().create_server(lambda: Session(copies), HERE, port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
