"""Runs the application on a socket of this machine until it is told to stop (step ⑨)."""

from __future__ import annotations

import errno
import ipaddress
import logging
import os
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import orjson
import uvicorn
from starlette.types import ASGIApp

from server.errors import StartError
from server.open_files import allow_many

_log = logging.getLogger(__name__)

STOP_PATIENCE_S = 3
"""Requests still running when the server stops get this long."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Where to listen; port 0 takes a free one. TLS when both files are given."""

    host: str = "127.0.0.1"
    port: int = 0
    tls_cert: Path | None = None
    tls_key: Path | None = None

    @property
    def tls(self) -> bool:
        return self.tls_cert is not None and self.tls_key is not None


class _Server(uvicorn.Server):
    """uvicorn that says when it listens, and can be stopped by an event besides signals."""

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        stop: threading.Event,
        ready: Callable[[], None],
        before_stop: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._stop = stop
        self._ready = ready
        self._before_stop = before_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    async def on_tick(self, counter: int) -> bool:
        return await super().on_tick(counter) or self._stop.is_set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._before_stop()
        await super().shutdown(sockets=sockets)


def serve(
    app: ASGIApp,
    listen: Listen,
    *,
    stop: threading.Event | None = None,
    before_stop: Callable[[], None] = lambda: None,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve until a signal, or until ``stop`` is set. Blocks; main thread; raises StartError.

    ``announce`` gets the line of JSON that says where the server listens (default: stdout).
    ``before_stop`` runs on the loop before connections are waited for.
    """
    check_listen(listen)
    allow_many()
    listener = open_socket(listen)
    stop = stop or threading.Event()
    line = orjson.dumps({"listening": _url(listen, listener), "pid": os.getpid()}).decode()

    def ready() -> None:
        _log.info("listening on %s", _url(listen, listener))
        (announce or _to_stdout)(line)

    server = _Server(
        uvicorn.Config(
            app, http="h11", ws="none", loop="asyncio", lifespan="on", log_config=None,
            access_log=False, server_header=False, timeout_keep_alive=30,
            timeout_graceful_shutdown=STOP_PATIENCE_S, ssl_certfile=listen.tls_cert,
            ssl_keyfile=listen.tls_key,
        ),
        stop=stop,
        ready=ready,
        before_stop=before_stop,
    )  # fmt: skip
    _survive_signals(stop)
    with listener:
        server.run(sockets=[listener])
    if not server.started:
        raise StartError("The server could not start; the lines above say why.")
    _log.info("stopped")


def check_listen(listen: Listen) -> None:
    """Refuse what would send passwords in the clear. Raises StartError."""
    if (listen.tls_cert is None) != (listen.tls_key is None):
        raise StartError("TLS needs both --tls-cert and --tls-key.")
    if not listen.tls and not _is_loopback(listen.host):
        raise StartError(
            f"{listen.host} can be reached from other machines: give --tls-cert and --tls-key, "
            "or bind to 127.0.0.1."
        )
    if listen.tls_cert is not None and listen.tls_key is not None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(listen.tls_cert, listen.tls_key)
        except (OSError, ssl.SSLError) as error:
            raise StartError(f"The TLS certificate or key cannot be used ({error}).") from error


def open_socket(listen: Listen) -> socket.socket:
    """A listening socket. Raises StartError in plain words."""
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    # The protocol is named because asyncio sends small answers at once (TCP_NODELAY) only on
    # sockets that name it; without, every request waited 40 ms for a delayed ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((listen.host, listen.port))
        listener.listen(1_024)
    except (OSError, OverflowError) as error:
        listener.close()
        where = f"{listen.host} port {listen.port}"
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise StartError(f"{where} is already in use: choose another --port.") from error
        raise StartError(f"Cannot listen on {where} ({error}).") from error
    return listener


def watch_stdin() -> threading.Event:
    """An event that is set when stdin closes, even because its other end was killed."""
    gone = threading.Event()

    def wait() -> None:
        try:
            while os.read(sys.stdin.fileno(), 4_096):
                pass
        except (OSError, ValueError):
            pass  # no usable stdin is the same as a closed one
        gone.set()

    threading.Thread(target=wait, name="stdin", daemon=True).start()
    return gone


def _survive_signals(stop: threading.Event) -> None:
    """uvicorn raises a signal again after stopping well; that must not end the process badly."""

    def note(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _url(listen: Listen, listener: socket.socket) -> str:
    host = f"[{listen.host}]" if ":" in listen.host else listen.host
    return f"{'https' if listen.tls else 'http'}://{host}:{listener.getsockname()[1]}"


def _to_stdout(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
