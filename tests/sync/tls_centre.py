"""The small centre on a real socket with a real certificate, which can be exchanged for another."""

from __future__ import annotations

import io
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.sync.centre import Centre
from tests.sync.httpserver import Request


class TlsCentre:
    """``show`` takes another certificate for connections from now on."""

    def __init__(self, url: str, context: ssl.SSLContext) -> None:
        self.url = url
        self._context = context

    def show(self, stem: Path) -> None:
        self._context.load_cert_chain(f"{stem}.pem", f"{stem}.key")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not trust the certificate hangs up; that is what the tests are of."""


@contextmanager
def tls_centre(centre: Centre, stem: Path) -> Iterator[TlsCentre]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            answer = centre(Request(self.command, parts.path, query, self.headers, body))  # type: ignore[arg-type]
            content = answer.body.getvalue() if isinstance(answer.body, io.BytesIO) else answer.body
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            """Nothing: what was asked is in the centre."""

    server = _Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{stem}.pem", f"{stem}.key")
    # The handshake belongs to the connection's own thread, lest a silent client hold up the others.
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield TlsCentre(f"https://127.0.0.1:{server.server_address[1]}", context)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(20)
