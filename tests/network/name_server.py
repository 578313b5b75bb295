"""A name server that knows one address, and can stop answering (RFC 1035)."""

from __future__ import annotations

import socket
import struct
import threading

PORT = 53
_A = 1
_RESPONSE, _TTL_S, _POINTER_TO_QUESTION = 0x8180, 0, 0xC00C


class NameServer:
    """Says that every name has the IPv4 address ``told``, until it is ``silent``."""

    def __init__(self, address: str, told: str) -> None:
        self.silent = False
        self.asked = threading.Event()
        """Somebody asked while it was silent."""
        self._told = socket.inet_aton(told)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, PORT))
        self._thread = threading.Thread(target=self._run, name="name server", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.sendto(b"", self._socket.getsockname())  # wakes it
        self._thread.join(5)
        self._socket.close()

    def _run(self) -> None:
        while True:
            question, asker = self._socket.recvfrom(512)
            if not question:
                return
            if self.silent:
                self.asked.set()
            else:
                self._socket.sendto(self._answer(question), asker)

    def _answer(self, question: bytes) -> bytes:
        end = question.index(b"\0", 12) + 5
        found = question[end - 4 : end - 2] == struct.pack("!H", _A)
        head = question[:2] + struct.pack("!HHHHH", _RESPONSE, 1, int(found), 0, 0)
        record = struct.pack("!HHHIH", _POINTER_TO_QUESTION, _A, 1, _TTL_S, 4) + self._told
        return head + question[12:end] + (record if found else b"")
