"""A private PostgreSQL cluster for tests, on a free loopback port, with a database per test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Cluster:
    """``new_database`` gives the URL of an empty database."""

    port: int

    def new_database(self, name: str, *, template: str = "template1") -> str:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql://{SERVER_USER}@127.0.0.1:{self.port}/{name}"


@contextmanager
def cluster(programs: Path) -> Iterator[Cluster]:
    """Started in the foreground by our own process, as its own user when we are root."""
    root = Path(tempfile.mkdtemp(prefix="zuoxi-pg-"))
    user = SERVER_USER if hasattr(os, "getuid") and os.getuid() == 0 else None
    if user:
        shutil.chown(root, user)
    data = root / "data"
    listener = open_socket(Listen())
    port = listener.getsockname()[1]
    listener.close()
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", SERVER_USER, "-A", "trust", "-E", "UTF8",
         "--locale=C", "--no-sync"],
        check=True, capture_output=True, user=user, timeout=LIMIT_S, cwd=root,
    )  # fmt: skip
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-p", str(port), "-k", root, "-h", "127.0.0.1",
         "-c", "fsync=off", "-c", "max_connections=60"],
        user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=root,
    )  # fmt: skip
    try:
        subprocess.run(
            ["timeout", str(LIMIT_S), "sh", "-c",
             f'until "{programs / "pg_isready"}" -q -h 127.0.0.1 -p {port}; do sleep 0.1; done'],
            check=True,
        )  # fmt: skip
        yield Cluster(port)
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(LIMIT_S)
        server.kill()
        server.wait()
        shutil.rmtree(root, ignore_errors=True)
