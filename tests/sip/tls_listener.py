"""A TLS listener that is asked for nothing but its certificate, and counts who speaks to it."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from pathlib import Path


class TlsListener:
    """``messages`` is what it was told over completed connections, ``peers`` are their ports."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.messages: list[bytes] = []
        self.peers: list[int] = []
        self.tried = threading.Event()
        self.registered = threading.Event()
        """Somebody sent a REGISTER."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                plain, peer = self._socket.accept()
            except OSError:
                return
            self.tried.set()
            plain.settimeout(2.0)
            with contextlib.suppress(OSError), plain, self._secret(plain) as secret:
                self.peers.append(peer[1])
                while data := secret.recv(65_535):
                    self.messages.append(data)
                    if b"REGISTER sip:" in data:
                        self.registered.set()

    def _secret(self, plain: socket.socket) -> ssl.SSLSocket:
        return self._context.wrap_socket(plain, server_side=True)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes accept
        self._socket.close()
        self._thread.join(5.0)
