"""The first sync of a million customers, beside bare SQLite and PouchDB's replication.

The real server on its embedded database, the real copying process into an encrypted file: from the
first request until the copy is in its place, indexes built; then the comparison with the server's
digests. Beside it, in the same run: the same rows put into an unencrypted SQLite file in pages of
the same size with nothing else to do (and into an encrypted one), and PouchDB replicating some of
the same customers from LevelDB to LevelDB over HTTP. Then a desk with its window fetches everything
once more: how long its loop was busy with something else, idle and meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from agent_app.runtime.processes import EmbeddedServer
from agent_app.store.cache_migrations import CACHE_MIGRATIONS
from agent_app.store.store import Store
from bench.child import measured
from bench.first_sync_centre import Filled, cache, prepared
from bench.key import KEY, open_bare
from bench.sheet import BenchError, Findings, Options, Results, note, run
from bench.spread import head, line, ratio
from server.sample.fill import PASSWORD
from sync.api import ServerApi
from sync.auth import Auth
from sync.copying import Compared, CopyProgress, CopyStage
from sync.wire import TABLES

LOGIN = "1001"
PAGE_ROWS = 5_000
POUCH = Path(__file__).with_name("pouch")
NPM_LIMIT_S, POUCH_LIMIT_S = 300, 900


@dataclass(frozen=True, slots=True)
class Size:
    customers: int
    documents: int
    idle_s: float


QUICK, WHOLE = Size(2_000, 200, 1), Size(1_000_000, 100_000, 20)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was measured in one run."""

    ours: dict[str, float]
    bare: dict[str, float]
    encrypted: dict[str, float]
    pouch: dict[str, Any]
    desk: dict[str, Any]

    @property
    def to_bare(self) -> float:
        return ratio(self.bare["rows_per_s"], self.ours["rows_per_s"])

    @property
    def to_pouch(self) -> float:
        """0 where PouchDB could not be measured."""
        return ratio(self.ours["rows_per_s"], self.pouch.get("documents_per_s", 0.0))


class Memory:
    """A token store that nothing outlives."""

    def get(self) -> str | None:
        return None

    def put(self, secret: str) -> None:
        """The bench keeps no session."""

    def delete(self) -> None:
        """There is nothing to forget."""


def measure(options: Options) -> Findings:
    size = QUICK if options.quick else WHOLE
    centre = prepared(size.customers)
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-") as name:
        folder = Path(name)
        ours, desk = asyncio.run(_beside_a_server(centre, folder, size.idle_s))
        note("the same rows into bare SQLite")
        bare = _inserted(centre, folder / "bare.db", key=b"")
        encrypted = _inserted(centre, folder / "encrypted.db", key=KEY)
        note("PouchDB's replication")
        pouch = _pouch(centre, folder, size.documents, may_install=not options.quick)
    taken = Taken(ours, bare, encrypted, pouch, desk)
    return Findings(_results(centre, taken), _lines(centre, taken))


# --- ours ----------------------------------------------------------------------------------------


async def _beside_a_server(
    centre: Filled, folder: Path, idle_s: float
) -> tuple[dict[str, float], dict[str, Any]]:
    serve = [sys.executable, "-m", "server", "serve", "--exit-with-stdin", "--port", "0"]
    server = EmbeddedServer([*serve, "--data", str(centre.folder)], log_file=folder / "server.log")
    url = await server.start()
    try:
        note(f"first sync of {centre.customers} customers")
        ours = await _copied(url, folder)
        note("the same with a window before it")
        desk = await asyncio.to_thread(
            measured, "bench.first_sync_desk", url, str(folder / "profile"), str(idle_s)
        )
        return ours, desk
    finally:
        await server.stop()
        server.close()


async def _copied(url: str, folder: Path) -> dict[str, float]:
    """Seconds of each stage, and rows a second from the first request to the end."""
    auth = Auth(api=ServerApi(url), tokens=Memory(), device="bench")
    await asyncio.to_thread(auth.sign_in, LOGIN, PASSWORD)
    store = await Store.open(folder / "store", KEY)
    stages: dict[CopyStage, float] = {}
    began = time.monotonic()

    def hear(progress: CopyProgress) -> None:
        stages.setdefault(progress.stage, time.monotonic() - began)

    def tokens(_refused: str) -> str:
        return auth.call(lambda token: token)

    copy = store.copy_of(url)
    await copy.fetch(tokens=tokens, on_progress=hear)
    took_s = time.monotonic() - began
    compared = await copy.compare(tokens=tokens)
    compared_s = time.monotonic() - began - took_s
    rows = await store.replica.cursor()
    await store.close()
    if compared is not Compared.SAME:
        raise BenchError(f"the copy is not the same as the server's data: {compared}")
    indexing = stages[CopyStage.INDEXING]
    return {
        "rows": rows,
        "took_s": round(took_s, 2),
        "fetching_s": round(indexing, 2),
        "indexing_and_exchange_s": round(took_s - indexing, 2),
        "comparing_afterwards_s": round(compared_s, 2),
        "rows_per_s": round(rows / took_s),
        "rows_per_s_fetching": round(rows / indexing),
    }


# --- SQLite --------------------------------------------------------------------------------------


def _inserted(centre: Filled, path: Path, *, key: bytes) -> dict[str, float]:
    """Only the insertion is timed, not where the rows come from."""
    database = open_bare(path, key)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    for migration in CACHE_MIGRATIONS:
        for statement in migration.statements:
            if not statement.startswith("CREATE INDEX"):
                database.execute(statement)
    rows, took_s = 0, 0.0
    for statement, page in _pages(centre):
        began = time.perf_counter()
        database.execute("BEGIN")
        database.executemany(statement, page)
        database.execute("COMMIT")
        took_s += time.perf_counter() - began
        rows += len(page)
    database.close()
    return {"rows": rows, "took_s": round(took_s, 2), "rows_per_s": round(rows / took_s)}


def _pages(centre: Filled) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """The rows that the server has, with the statement that takes them."""
    source = sqlite3.connect(f"file:{centre.folder / 'centre.db'}?mode=ro", uri=True)
    for table, columns in TABLES.items():
        names = ", ".join(columns)
        marks = ", ".join("?" for _ in columns)
        found = source.execute(f"SELECT {names} FROM {table}")
        while page := list(islice(found, PAGE_ROWS)):
            yield f"INSERT INTO {table} ({names}) VALUES ({marks})", page
    source.close()


# --- PouchDB -------------------------------------------------------------------------------------


def _pouch(centre: Filled, folder: Path, documents: int, *, may_install: bool) -> dict[str, Any]:
    """Documents a second, or ``why`` it could not be measured here."""
    try:
        modules = _modules(may_install=may_install)
    except (OSError, subprocess.SubprocessError) as error:
        return {"why": f"PouchDB is not to be had here: {str(error)[:200]}"}
    file = folder / "documents.ndjson"
    _write_documents(centre, file, documents)
    (folder / "pouch-server").mkdir()
    (folder / "pouch-copy").mkdir()
    environment = {"POUCH_MODULES": str(modules), "PATH": str(Path(_node()).parent)}
    script = [_node(), str(POUCH / "pouch.js")]
    server = subprocess.Popen(
        [*script, "serve", str(folder / "pouch-server"), str(file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        told = server.stdout.readline()
        if not told:
            raise BenchError("PouchDB's server did not start")
        done = subprocess.run(
            [*script, "copy", str(folder / "pouch-copy"), json.loads(told)["listening"]],
            capture_output=True, env=environment, text=True, timeout=POUCH_LIMIT_S, check=False,
        )  # fmt: skip
        if done.returncode:
            raise BenchError(f"PouchDB did not replicate: {done.stderr[-500:]}")
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    finally:
        server.kill()
        server.communicate()
    if found["docs"] < documents:
        raise BenchError(f"PouchDB replicated {found['docs']} of {documents} documents")
    seconds = found["seconds"]
    return {
        "documents": documents, "took_s": round(seconds, 2),
        "documents_per_s": round(documents / seconds),
    }  # fmt: skip


def _node() -> str:
    found = shutil.which("node")
    if found is None:
        raise FileNotFoundError("node is not installed")
    return found


def _modules(*, may_install: bool) -> Path:
    """The folder with PouchDB in it, installed by npm in the first whole run."""
    _node()
    content = (POUCH / "package.json").read_bytes()
    folder = cache() / "pouch"
    done = folder / "installed.json"
    if not done.exists() or done.read_bytes() != content:
        npm = shutil.which("npm")
        if npm is None or not may_install:
            raise FileNotFoundError("it is installed by npm, in a whole run only")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_bytes(content)
        command = [npm, "install", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=NPM_LIMIT_S)
        done.write_bytes(content)
    return folder


def _write_documents(centre: Filled, file: Path, documents: int) -> None:
    """Customers as documents; their ids are PouchDB's too."""
    source = sqlite3.connect(f"file:{centre.folder / 'centre.db'}?mode=ro", uri=True)
    columns = TABLES["customers"]
    found = source.execute(
        f"SELECT {', '.join(columns)} FROM customers ORDER BY id LIMIT ?", (documents,)
    )
    with file.open("w", encoding="utf-8") as out:
        for row in found:
            document = dict(zip(columns, row, strict=True))
            document["_id"] = document.pop("id")
            out.write(json.dumps(document, ensure_ascii=False) + "\n")
    source.close()


# --- what is handed in ---------------------------------------------------------------------------


def _results(centre: Filled, taken: Taken) -> Results:
    return {
        "customers": centre.customers,
        "changes": centre.changes,
        "first_sync": taken.ours,
        "bare_sqlite": taken.bare,
        "encrypted_sqlite": taken.encrypted,
        "pouchdb": taken.pouch,
        "window": taken.desk,
        "ratios": {"bare_sqlite_to_ours": taken.to_bare, "ours_to_pouchdb": taken.to_pouch},
    }


def _lines(centre: Filled, taken: Taken) -> list[str]:
    ours, pouch, desk = taken.ours, taken.pouch, taken.desk
    documents = f"PouchDB {pouch.get('documents_per_s')} documents/s ({pouch.get('documents')})"
    return [
        f"first sync of {centre.customers} customers, {ours['rows']:.0f} rows in "
        f"{ours['took_s']} s: {ours['rows_per_s']:.0f} rows/s",
        f"  fetched {ours['fetching_s']} s ({ours['rows_per_s_fetching']:.0f} rows/s), indexes "
        f"and exchange {ours['indexing_and_exchange_s']} s; compared in "
        f"{ours['comparing_afterwards_s']} s afterwards",
        f"  bare SQLite {taken.bare['rows_per_s']:.0f} rows/s = {taken.to_bare} × ours;"
        f" encrypted {taken.encrypted['rows_per_s']:.0f}",
        f"  {pouch.get('why') or documents + f'; ours is {taken.to_pouch} ×'}",
        head("the window's loop, between two beats of 5 ms"),
        line("idle", desk["idle_ms"]),
        line(f"while everything is fetched ({desk['took_s']} s)", desk["fetching_ms"]),
    ]


if __name__ == "__main__":
    run("first_sync", __doc__, measure)
