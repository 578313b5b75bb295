"""The copying process's end of its pipes (step ⑧)."""

from __future__ import annotations

import os
import queue
import threading
from typing import BinaryIO

from agent_app.store.copying.talk import (
    Order,
    Said,
    TokenWanted,
    decode_order,
    decode_token,
    encode_said,
)

DESK_GONE = 3


class DeskLine:
    """Reads in a thread of its own, which ends the process when the desk has closed the pipe."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._lock = threading.Lock()
        self._token = ""
        self._tokens: queue.SimpleQueue[str] = queue.SimpleQueue()

    def order(self) -> Order:
        """The first line; tokens are listened for from then on."""
        order = decode_order(self._incoming.readline())
        threading.Thread(target=self._listen, name="desk", daemon=True).start()
        return order

    def say(self, said: Said) -> None:
        with self._lock:
            self._outgoing.write(encode_said(said))
            self._outgoing.flush()

    def token(self, refused: str = "") -> str:
        """An access token other than ``refused``; waits for the desk to get one."""
        if not self._token or self._token == refused:
            self.say(TokenWanted(refused))
            self._token = self._tokens.get()
        return self._token

    def _listen(self) -> None:
        while line := self._incoming.readline():
            self._tokens.put(decode_token(line).token)
        os._exit(DESK_GONE)
