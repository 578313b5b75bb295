"""INVITE on the wire → caller's card painted, at 2 000 and at 1 000 000 customers.

The real window, store and engine process; the INVITE comes from a raw UDP socket in a process of
its own, which stamps the moment of sending. Each call is another customer, drawn by chance, with
five calls each (5 000 000 in the large centre). The sizes take turns, a fresh desk each time; and
the large one once more while a copying process fetches a million customers from a real server into
a file beside it, as in a first sync; the server, which belongs on a machine of its own, has what is
left of this one (nice 19). "painted" is the end of the first paint with the card in
its widgets; "settled" of the last one, with the rest of the page around it. "work" is the processor
time of the window's thread until the card was painted, which other programs disturb least.
Beside it: the engine's own INVITE → 180 Ringing of the same calls, the store's look-up of other
customers with nothing around it, the same question put to the file by bare SQLite (encrypted, one
thread, no reasons, no edits of this seat), and the small centre.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent_app.runtime.processes import EmbeddedServer
from bench.centre import Centre, prepared
from bench.child import measured
from bench.first_sync_centre import prepared as prepared_server
from bench.sheet import Findings, Options, Results, note, run
from bench.spread import head, line, ratio, spread

Times = dict[str, int]
STAGES = (
    ("INVITE → 180 Ringing (the engine alone)", "", "answer_180"),
    ("INVITE → the desk has the call", "", "event"),
    ("   the call → it rings in every widget", "event", "ringing"),
    ("   it rings → the card is known", "ringing", "value"),
    ("   the card is known → painted", "value", "painted"),
    ("INVITE → card known", "", "value"),
    ("INVITE → card painted", "", "painted"),
    ("INVITE → card settled", "", "settled"),
    ("work of the window's thread until painted", "", "work"),
)
LOOK_UP = "the store's look-up alone"
BARE = "bare SQLite: number → person, numbers, 20 calls"


@dataclass(slots=True)
class Taken:
    """What was measured at one size; the first call of each desk apart."""

    calls: list[Times] = field(default_factory=list)
    first: list[Times] = field(default_factory=list)
    looked_up: list[int] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)
    copied: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """A centre, and the server from which another one is fetched meanwhile ("": none is)."""

    title: str
    centre: Centre
    url: str = ""


def measure(options: Options) -> Findings:
    return asyncio.run(_measure(options))


async def _measure(options: Options) -> Findings:
    small, large = (200, 2_000) if options.quick else (2_000, 1_000_000)
    turns, calls = (1, 4) if options.quick else (4, 30)
    centre, served = prepared(large), prepared_server(large)
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-") as name:
        serve = [
            "nice",
            "-n",
            "19",
            sys.executable,
            "-m",
            "server",
            "serve",
            "--exit-with-stdin",
            "--port",
            "0",
        ]
        server = EmbeddedServer(
            [*serve, "--data", str(served.folder)], log_file=Path(name) / "server.log"
        )
        conditions = [
            Condition(f"{small:,} customers", prepared(small)),
            Condition(f"{large:,} customers", centre),
            Condition(f"{large:,} customers, during a first sync", centre, await server.start()),
        ]
        try:
            taken = await asyncio.to_thread(_taken, conditions, turns, calls)
        finally:
            await server.stop()
            server.close()
    results = {one.title: _results(one.centre, taken[one.title]) for one in conditions}
    few, many, busy = results.values()
    compared = {
        "painted_large_to_small": _ratio(many, few, "INVITE → card painted"),
        "painted_during_sync_to_idle": _ratio(busy, many, "INVITE → card painted"),
        "painted_to_180_small": _within(few),
        "painted_to_180_large": _within(many),
        "store_to_bare_large": _beside(many),
    }
    return Findings({"conditions": results, "ratios": compared}, _lines(results, compared))


def _taken(conditions: list[Condition], turns: int, calls: int) -> dict[str, Taken]:
    taken = {one.title: Taken() for one in conditions}
    for turn in range(turns):
        for one in conditions:
            note(f"card: turn {turn + 1} of {turns}, {one.title}")
            _turn(one, taken[one.title], turn * calls, calls)
    return taken


def _turn(condition: Condition, taken: Taken, first: int, calls: int) -> None:
    given = ("--first", str(first), "--calls", str(calls), "--copy-from", condition.url)
    found = measured("bench.card_desk", str(condition.centre.root), *given)
    taken.first.append(found["calls"][0])
    taken.calls += found["calls"][1:]
    taken.looked_up += found["looked_up"]
    taken.bare += found["bare"]
    taken.copied += found["copied"]


def _results(centre: Centre, taken: Taken) -> dict[str, Any]:
    stages = {title.strip(): spread(_between(taken.calls, *ends)) for title, *ends in STAGES}
    return {
        "rows": centre.rows,
        "filled_s": centre.filled_s,
        "filled_rows_per_s": round(sum(centre.rows.values()) / max(centre.filled_s, 0.01)),
        "file_mib": round(centre.file_bytes / 2**20, 1),
        "rows_copied_meanwhile": taken.copied,
        "ms": {
            **stages,
            LOOK_UP: spread(ns / 1e6 for ns in taken.looked_up),
            BARE: spread(ns / 1e6 for ns in taken.bare),
        },
        "first_call_of_a_desk_painted_ms": spread(_between(taken.first, "", "painted")),
    }


def _between(calls: list[Times], begin: str, end: str) -> list[float]:
    return [(call[end] - (call[begin] if begin else 0)) / 1e6 for call in calls]


def _ratio(one: dict[str, Any], other: dict[str, Any], stage: str) -> Results:
    return {
        share: ratio(one["ms"][stage][share], other["ms"][stage][share])
        for share in ("median", "p99")
    }


def _within(one: dict[str, Any]) -> Results:
    painted, ringing = one["ms"]["INVITE → card painted"], one["ms"][STAGES[0][0]]
    return {share: ratio(painted[share], ringing[share]) for share in ("median", "p99")}


def _beside(one: dict[str, Any]) -> Results:
    store, bare = one["ms"][LOOK_UP], one["ms"][BARE]
    return {share: ratio(store[share], bare[share]) for share in ("median", "p99")}


def _lines(results: dict[str, dict[str, Any]], compared: dict[str, Results]) -> list[str]:
    lines = []
    for title_of_all, found in results.items():
        rows = ", ".join(f"{count} {table}" for table, count in found["rows"].items())
        lines += [
            head(f"Card at {title_of_all}"),
            *(line(title, found["ms"][title.strip()]) for title, *_ in STAGES),
            line(LOOK_UP, found["ms"][LOOK_UP]),
            line(BARE, found["ms"][BARE]),
            line("first call after the desk's start, painted",
                 found["first_call_of_a_desk_painted_ms"]),
            f"  store: {rows}; {found['file_mib']} MiB, filled in {found['filled_s']} s"
            f" ({found['filled_rows_per_s']} rows/s);"
            f" rows copied meanwhile: {found['rows_copied_meanwhile']}",
        ]  # fmt: skip
    for title, shares in compared.items():
        lines.append(f"  {title}: {shares['median']} × median, {shares['p99']} × p99")
    return lines


if __name__ == "__main__":
    run("card", __doc__, measure)
