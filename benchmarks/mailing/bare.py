"""``python -m benchmarks.mailing.bare PORT LETTERS CONNECTIONS``: the client of SMTP alone, and its seconds.

Letters are written beforehand; the process gives way as the worker of the post does.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import uvloop
from aiosmtplib import SMTP

from activities.letters.parcel import Label, Parcel, pack
from activities.letters.rendering import Writer
from benchmarks.mailing.crowd import KIND, SAMPLE
from embedded.ports import HERE
from settings import Settings
from worker import give_way

# As many different letters, each to many recipients: ten thousand would only fill memory.
WRITTEN = 50


async def send(port: int, letters: int, connections: int) -> float:
    """Seconds that the letters take over that many connections."""
    parcels = _parcels(letters)
    servers = [
        SMTP(hostname=HERE, port=port, use_tls=False, start_tls=False) for _ in range(connections)
    ]
    for server in servers:
        await server.connect()
    began = time.perf_counter()
    await asyncio.gather(*(_one_by_one(server, parcels) for server in servers))
    took = time.perf_counter() - began
    for server in servers:
        await server.quit()
    return took


async def _one_by_one(server: SMTP, parcels: Iterator[Parcel]) -> None:
    for parcel in parcels:
        await server.sendmail(parcel.sender, [parcel.recipient], parcel.content)


def _parcels(letters: int) -> Iterator[Parcel]:
    writer, at = Writer(Settings()), datetime.now(UTC)
    written = writer.write(KIND, "fr", "Camille Robin", SAMPLE)
    models = [
        pack(
            written,
            Label(f"bare:{n}", None, "bare@exemple.fr", "Camille", "fr", at),
            writer.sender,
            writer.contact,
        )
        for n in range(WRITTEN)
    ]
    return (replace(models[n % WRITTEN], recipient=f"bare-{n}@exemple.fr") for n in range(letters))


if __name__ == "__main__":
    give_way()
    print(uvloop.run(send(*(int(word) for word in sys.argv[1:4]))))
