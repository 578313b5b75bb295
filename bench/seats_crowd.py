"""A crowd of seats in one process: event streams as bare sockets, some that fetch (step ⑨).

Prints ``ready`` when all streams are open, listens until stdin closes, then prints one JSON object:
for each stream the times (``time.monotonic``) at which it had heard of, or had, each sequence.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from dataclasses import dataclass, field

import orjson

LINE_BYTES = 1 << 20


@dataclass(slots=True)
class Stream:
    """``heard`` and ``fetched``: sequence → when; of several at once, only the newest is noted."""

    heard: dict[int, float] = field(default_factory=dict)
    fetched: dict[int, float] = field(default_factory=dict)


class Crowd:
    def __init__(self, host: str, port: int, token: str, *, pages: bool) -> None:
        self._host = host
        self._port = port
        self._head = f"Host: {host}\r\nAuthorization: Bearer {token}\r\n"
        self._path = "/api/v1/events" + ("?pages=1" if pages else "")

    async def listen(self, stream: Stream, opened: asyncio.Event, *, fetches: bool) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=LINE_BYTES)
        writer.write(f"GET {self._path} HTTP/1.1\r\n{self._head}\r\n".encode())
        behind: asyncio.Queue[int] = asyncio.Queue()
        fetching = asyncio.create_task(self._fetch(stream, behind)) if fetches else None
        try:
            while line := await reader.readline():
                if not line.startswith(b"data: "):
                    continue
                told = orjson.loads(line[6:])
                reached = told.get("next", told["newest"])
                stream.heard[reached] = time.monotonic()
                opened.set()
                behind.put_nowait(reached)
        finally:
            writer.close()
            if fetching is not None:
                fetching.cancel()

    async def _fetch(self, stream: Stream, behind: asyncio.Queue[int]) -> None:
        """Ask for what was told, on a connection that is kept, as a seat without pages does."""
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=LINE_BYTES)
        cursor = await behind.get()
        while True:
            await behind.get()
            while not behind.empty():
                behind.get_nowait()
            path = f"/api/v1/changes?after={cursor}&limit=500"
            writer.write(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            page = orjson.loads(await reader.readexactly(length))
            cursor = page["next"]
            stream.fetched[cursor] = time.monotonic()


async def work(given: argparse.Namespace) -> list[Stream]:
    crowd = Crowd(given.host, given.port, sys.stdin.readline().strip(), pages=given.pages)
    streams = [Stream() for _ in range(given.streams)]
    tasks = []
    everyone = [asyncio.Event() for _ in streams]
    for number, (stream, opened) in enumerate(zip(streams, everyone, strict=True)):
        fetches = number < given.fetching
        tasks.append(asyncio.create_task(crowd.listen(stream, opened, fetches=fetches)))
        if number % 50 == 49:  # no more at once than the server's queue of new connections holds
            await opened.wait()
    for opened in everyone:
        await opened.wait()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return streams


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--streams", type=int, required=True)
    parser.add_argument("--fetching", type=int, default=0, help="so many fetch what they hear of")
    parser.add_argument("--pages", action="store_true", help="streams that bring the rows")
    streams = asyncio.run(work(parser.parse_args()))
    found = {
        "heard": [list(stream.heard.items()) for stream in streams],
        "fetched": [list(stream.fetched.items()) for stream in streams if stream.fetched],
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
