"""As much of Asterisk's manager interface as tests need: ask, and wait for an event."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from types import TracebackType

LIMIT_S = 20.0
Message = dict[str, str]


class ManagerInterface:
    """One connection; messages are kept in the order they came, ``wait`` walks through them."""

    def __init__(self, port: int, secret: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S)
        self._bytes = b""
        self._unread: list[Message] = []
        self._line()  # the greeting
        self.action("Login", Username="zuoxi", Secret=secret)

    def __enter__(self) -> ManagerInterface:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def action(self, name: str, **fields: str) -> Message:
        """Send an action and return its answer, which must be a success."""
        lines = [f"Action: {name}", *(f"{key}: {value}" for key, value in fields.items()), "", ""]
        self._socket.sendall("\r\n".join(lines).encode())
        limit = time.monotonic() + LIMIT_S
        while True:
            message = self._message(limit)
            if "Response" in message:
                assert message["Response"] in {"Success", "Goodbye"}, message
                return message
            self._unread.append(message)

    def wait(
        self,
        event: str,
        when: Callable[[Message], bool] = lambda _message: True,
        *,
        limit_s: float = LIMIT_S,
    ) -> Message:
        """The next event of that name that was not passed yet; fails after ``limit_s``."""
        limit = time.monotonic() + limit_s
        while True:
            message = self._unread.pop(0) if self._unread else self._message(limit)
            if message.get("Event") == event and when(message):
                return message

    def _message(self, limit: float) -> Message:
        message: Message = {}
        while True:
            line = self._line(limit)
            if not line and message:
                return message
            key, _, value = line.partition(": ")
            if key:
                message[key] = value

    def _line(self, limit: float | None = None) -> str:
        while b"\r\n" not in self._bytes:
            left = LIMIT_S if limit is None else limit - time.monotonic()
            assert left > 0, "the exchange's manager did not say it in time"
            self._socket.settimeout(left)
            try:
                received = self._socket.recv(65_536)
            except TimeoutError:
                raise AssertionError("the exchange's manager did not say it in time") from None
            assert received, "the exchange closed the manager's connection"
            self._bytes += received
        line, _, self._bytes = self._bytes.partition(b"\r\n")
        return line.decode("utf-8", "replace")
