"""One desk a profile: a second start tells the first one, and ends.

The first listens on a local socket (a named pipe on Windows) that only its user may open; its name
follows from the profile. A message is one short text: what shall be in the dial field, or nothing
for the window alone. Whoever reads it treats it as anybody's.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

MESSAGE_BYTES = 2048
"""The longest message; a sender of more is cut off."""
ANSWER_MS = 2000
"""How long the second start waits for the first."""

_SOCKET = "desk.sock"
_PATH_LIMIT = 100  # sun_path holds 108 bytes on Linux, 104 elsewhere
_END = b"\n"
_TAKEN = b"taken\n"


def server_name(root: Path) -> str:
    """The socket of the profile at ``root``: inside its folder where the path is short enough."""
    absolute = str(root.absolute())
    name = f"zuoxi-{hashlib.sha256(absolute.encode()).hexdigest()[:24]}"
    if sys.platform == "win32":
        return name
    inside = root.absolute() / _SOCKET
    if len(bytes(inside)) <= _PATH_LIMIT:
        return str(inside)
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name)


def tell_running(root: Path, text: str) -> bool:
    """Give ``text`` to the desk that runs with this profile; False when none took it.

    Blocks, at most some seconds. Needs no Qt application.
    """
    socket = QLocalSocket()
    socket.connectToServer(server_name(root))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    socket.write(text.replace("\n", " ").encode("utf-8", "replace")[: MESSAGE_BYTES - 1] + _END)
    socket.flush()
    answer = b""
    while len(answer) < len(_TAKEN) and socket.waitForReadyRead(ANSWER_MS):
        answer += bytes(socket.readAll().data())
    socket.abort()
    return answer == _TAKEN


class Instance(QObject):
    """The listening end, in the GUI thread, for whoever holds the profile's lock."""

    def __init__(
        self, root: Path, on_message: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._name = server_name(root)
        self._on_message = on_message
        self._heard: dict[QLocalSocket, bytes] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> str:
        """Begin; "" or why it cannot be, and then the desk works all the same.

        What a killed desk left behind is replaced: the lock is ours.
        """
        return "" if self._server.listen(self._name) else self._server.errorString()

    def close(self) -> None:
        self._server.close()
        for socket in tuple(self._heard):
            socket.abort()
        self._heard.clear()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._heard[socket] = b""
            socket.readyRead.connect(self._on_bytes)
            socket.disconnected.connect(self._on_gone)

    def _on_bytes(self) -> None:
        for socket, before in tuple(self._heard.items()):
            received = before + bytes(socket.read(MESSAGE_BYTES + 1).data())
            self._heard[socket] = received
            if _END in received[:MESSAGE_BYTES]:
                self._drop(socket, _TAKEN)
                line = received.partition(_END)[0]
                self._on_message(line.decode("utf-8", "replace"))
            elif len(received) >= MESSAGE_BYTES:
                self._drop(socket)

    def _on_gone(self) -> None:
        for socket in tuple(self._heard):
            if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:
                self._drop(socket)

    def _drop(self, socket: QLocalSocket, answer: bytes = b"") -> None:
        """Forget it first: what follows may tell us at once that it is gone."""
        del self._heard[socket]
        if answer:
            socket.write(answer)
            socket.flush()
        socket.disconnectFromServer()
        socket.deleteLater()
