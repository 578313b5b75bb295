"""Server-sent events (HTML Living Standard, 9.2) as far as the wire uses them.

The stream carries the newest sequence number and what became of this agent's sign-ins. It wakes a
pull, it is never data.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import requests

from sync.errors import BadReply, Unreachable
from sync.news import News, news

LINE_BYTES = 64 * 1024


class EventStream:
    """Iterate in one thread, in which it blocks; ``close`` from any other."""

    def __init__(self, response: requests.Response) -> None:
        self._response = response
        self._closed = False

    def __iter__(self) -> Iterator[News]:
        """What the server says as it comes, until closed.

        Raises Unreachable when the stream ends by itself or falls silent (through the read limit
        of the connection), BadReply when it does not speak the wire.
        """
        event, data = "", b""
        for line in self._lines():
            name, _, value = line.partition(b":")
            value = value.removeprefix(b" ")
            if line == b"":
                told = news(event, data) if data else None
                if told is not None:
                    yield told
                event, data = "", b""
            elif name == b"event":
                event = value.decode("utf-8", "replace")
            elif name == b"data":
                data += value

    def close(self) -> None:
        """Make the reading thread come back at once."""
        self._closed = True
        # Refused when the connection is gone already; then nobody is waiting on it.
        with suppress(ValueError, RuntimeError, OSError):
            self._response.raw.shutdown()

    def _lines(self) -> Iterator[bytes]:
        rest = b""
        while not self._closed:
            chunk = self._response.raw.read1(4096, decode_content=True)
            if self._closed:
                return
            if not chunk:
                raise Unreachable("the event stream ended")
            *lines, rest = (rest + chunk).replace(b"\r\n", b"\n").split(b"\n")
            if len(rest) > LINE_BYTES:
                raise BadReply("an event without end")
            yield from lines
