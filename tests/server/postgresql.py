"""A private PostgreSQL cluster for tests, on a free loopback port, with a database per test."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from server.serve import Listen, open_socket

SERVER_USER = "postgres"
LIMIT_S = 60


def binaries() -> Path | None:
    """Where PostgreSQL's programs are, None when it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


class Cluster:
    """``new_database`` gives the URL of an empty database."""

    def __init__(
        self, programs: Path, root: Path, user: str | None, *, durable: bool = False
    ) -> None:
        self._sync = "on" if durable else "off"
        self._programs = programs
        self._root = root
        self._user = user
        listener = open_socket(Listen())
        self.port: int = listener.getsockname()[1]
        listener.close()
        self._server: subprocess.Popen[bytes] | None = None

    def new_database(self, name: str, *, template: str = "template1") -> str:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url(name)

    def restart(self) -> None:
        """As after a crash: nobody says goodbye."""
        assert self._server is not None
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(LIMIT_S)
        self.start()

    def start(self) -> None:
        self._server = subprocess.Popen(
            [self._programs / "postgres", "-D", self._root / "data", "-p", str(self.port),
             "-k", self._root, "-h", "127.0.0.1", "-c", f"fsync={self._sync}",
             "-c", "max_connections=60"],
            user=self._user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._root,
        )  # fmt: skip
        asked = f'"{self._programs / "pg_isready"}" -q -h 127.0.0.1 -p {self.port}'
        subprocess.run(
            ["timeout", str(LIMIT_S), "sh", "-c", f"until {asked}; do sleep 0.1; done"], check=True
        )

    def stop(self) -> None:
        """Waits for no client, and writes nothing that is about to be deleted."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            with suppress(subprocess.TimeoutExpired):
                self._server.wait(LIMIT_S)
            self._server.kill()
            self._server.wait()

    def _url(self, name: str) -> str:
        return f"postgresql://{SERVER_USER}@127.0.0.1:{self.port}/{name}"


@contextmanager
def cluster(programs: Path, *, durable: bool = False) -> Iterator[Cluster]:
    """Started in the foreground by our own process, as its own user when we are root.

    ``durable`` waits for the disk at every commit, as a site's database does.
    """
    root = Path(tempfile.mkdtemp(prefix="zuoxi-pg-"))
    user = SERVER_USER if hasattr(os, "getuid") and os.getuid() == 0 else None
    if user:
        shutil.chown(root, user)
    subprocess.run(
        [programs / "initdb", "-D", root / "data", "-U", SERVER_USER, "-A", "trust", "-E", "UTF8",
         "--locale=C", "--no-sync"],
        check=True, capture_output=True, user=user, timeout=LIMIT_S, cwd=root,
    )  # fmt: skip
    found = Cluster(programs, root, user, durable=durable)
    try:
        found.start()
        yield found
    finally:
        found.stop()
        shutil.rmtree(root, ignore_errors=True)
