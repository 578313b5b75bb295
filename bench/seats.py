"""A thousand seats on one server process: how long until a change of one is at the others (⑧, ⑨).

One server on PostgreSQL, the seats in another process, 5 changes a second through a third. Beside
streams that bring the rows (what seats use): streams that only bring the number, with 20 seats and
then all of them asking for the rows, each for itself.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import orjson
import requests

from bench.process_tree import usage
from bench.sheet import BenchError, Findings, Options, note, run
from bench.spread import Numbers, head, line, spread
from tests.server.postgresql import binaries, cluster
from tests.server.processes import Running, started

CHANGES_A_SECOND = 5
LIMIT_S = 120
Heard: TypeAlias = list[list[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Sizes:
    """``when_all_ask``: changes of the round that a server cannot keep up with."""

    streams: int
    changes: int
    some: int
    when_all_ask: int


@dataclass(frozen=True, slots=True)
class Agent:
    """Saves interactions; ``token`` is good for every stream."""

    http: requests.Session
    url: str
    id: str
    token: str

    def save(self) -> None:
        record = str(uuid.uuid4())
        payload = {
            "id": record, "agent_id": self.id, "direction": "incoming",
            "started_at": "2026-05-04T03:02:01Z", "number": "+8613800138000", "question": "?" * 80,
        }  # fmt: skip
        operation = {
            "id": str(uuid.uuid4()), "kind": "interaction.save", "record": record, "base": {},
            "author": self.id, "made_at": "2026-05-04T03:05:01.000Z", "payload": payload,
        }  # fmt: skip
        answer = self.http.post(f"{self.url}/operations", json={"operations": [operation]},
                                timeout=LIMIT_S)  # fmt: skip
        if answer.status_code != 200 or answer.json()["results"][0]["outcome"] != "applied":
            raise BenchError(f"an operation was answered {answer.status_code}: {answer.text[:200]}")


def measure(options: Options) -> Findings:
    programs = binaries()
    if programs is None:
        raise BenchError("PostgreSQL is not installed")
    sizes = Sizes(20, 10, 3, 5) if options.quick else Sizes(1_000, 150, 20, 20)
    with cluster(programs, durable=True) as database, tempfile.TemporaryDirectory() as folder:
        url = database.new_database("seats")
        arguments = ("--data", folder, "--database", url, "--port", "0", "--sample", "200")
        with started("server", "serve", *arguments) as server:
            agent = sign_in(server.url)
            runs = {
                "rows in the stream": round_of(server, agent, sizes, fetching=0),
                "numbers, some ask": round_of(server, agent, sizes, fetching=sizes.some),
                "numbers, all ask": round_of(server, agent, sizes, fetching=sizes.streams),
            }
    return Findings({"streams": sizes.streams, "runs": runs}, _lines(sizes, runs))


def round_of(server: Running, agent: Agent, sizes: Sizes, *, fetching: int) -> dict[str, Any]:
    """One way of telling: milliseconds from before the save to each seat, load, memory."""
    note(f"seats: {sizes.streams}, {f'{fetching} ask' if fetching else 'rows are brought'}")
    all_ask = fetching == sizes.streams
    changes = sizes.when_all_ask if all_ask else sizes.changes
    alone = usage(server.pid)
    given = ("--streams", str(sizes.streams), "--fetching", str(fetching))
    with crowd(server, agent, *given, *["--pages"] * (not fetching)) as (process, ready_s):
        crowded = usage(server.pid)
        first = newest(agent)
        began = time.monotonic()
        saved = save_evenly(agent, changes)
        taken_s = time.monotonic() - began
        busy_s = usage(server.pid).processor_s - crowded.processor_s
        time.sleep(1.0 + sizes.streams / 100 * all_ask)  # the last ones arrive
        out, _ = process.communicate("\n", timeout=LIMIT_S)
    found = orjson.loads(out.splitlines()[-1])
    return {
        "opened_s": round(ready_s, 2),
        "told_ms": arrivals(found["heard"], saved, first),
        "fetched_ms": arrivals(found["fetched"], saved, first),
        "not_there": missing(found["fetched" if fetching else "heard"], first + changes),
        "changes_a_second": round(changes / taken_s, 1),
        "processor_percent": round(100 * busy_s / taken_s, 1),
        "kib_a_stream": round((crowded.own_mib - alone.own_mib) * 1024 / sizes.streams, 1),
    }


def arrivals(heard: Heard, saved: list[float], first: int) -> Numbers:
    """Of every change at every seat: one that was told with a later one arrived with it."""
    taken = []
    for stream in heard:
        at = 0
        for reached, when in sorted(stream):
            while at < len(saved) and first + 1 + at <= reached:
                if reached > first:
                    taken.append((when - saved[at]) * 1e3)
                at += 1
    return spread(taken)


def missing(heard: Heard, last: int) -> int:
    """Seats that do not have the last change by the end."""
    return sum(max((reached for reached, _ in stream), default=0) < last for stream in heard)


def save_evenly(agent: Agent, changes: int) -> list[float]:
    """Five a second, at times that are in step with nothing; returns when each was begun."""
    chance = random.Random(changes)
    due, saved = time.monotonic(), []
    for _ in range(changes):
        due += chance.uniform(0.5, 1.5) / CHANGES_A_SECOND
        time.sleep(max(0.0, due - time.monotonic()))
        saved.append(time.monotonic())
        agent.save()
    return saved


@contextmanager
def crowd(
    server: Running, agent: Agent, *given: str
) -> Iterator[tuple[subprocess.Popen[str], float]]:
    """The process of seats, all of them listening, and how long that took."""
    port = server.url.rpartition(":")[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.seats_crowd", "--port", port, *given],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        began = time.monotonic()
        process.stdin.write(agent.token + "\n")
        process.stdin.flush()
        if process.stdout.readline() != "ready\n":
            raise BenchError("the seats could not all listen")
        yield process, time.monotonic() - began
    finally:
        process.kill()
        process.wait(LIMIT_S)


def newest(agent: Agent) -> int:
    page = agent.http.get(
        f"{agent.url}/changes", params={"after": 0, "limit": 1}, timeout=LIMIT_S
    ).json()
    found: int = page["newest"]
    return found


def sign_in(server_url: str) -> Agent:
    http = requests.Session()
    http.trust_env = False
    url = f"{server_url}/api/v1"
    body = {"login": "1001", "password": "practice", "device": "bench"}
    session = http.post(f"{url}/sign-in", json=body, timeout=LIMIT_S).json()
    http.headers["Authorization"] = f"Bearer {session['access_token']}"
    return Agent(http, url, session["agent"]["id"], session["access_token"])


def _lines(sizes: Sizes, runs: dict[str, dict[str, Any]]) -> list[str]:
    lines = [head(f"{sizes.streams} seats, save begun → at a seat")]
    for name, one in runs.items():
        if one["fetched_ms"]["n"]:
            lines.append(line(f"{name}: told", one["told_ms"]))
            lines.append(line(f"{name}: has the rows", one["fetched_ms"]))
        else:
            lines.append(line(f"{name}: has the rows", one["told_ms"]))
        lines.append(
            f"    {one['changes_a_second']} changes/s, server {one['processor_percent']} % of a "
            f"processor, {one['kib_a_stream']} KiB a stream, all open after {one['opened_s']} s, "
            f"{one['not_there']} seats without the last change"
        )
    return lines


if __name__ == "__main__":
    run("seats", __doc__, measure)
