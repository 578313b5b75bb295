"""INVITE on the wire → caller's card painted, at 2 000 and at 1 000 000 customers.

The real window, store and engine process; the INVITE comes from a raw UDP socket in a process of
its own, which stamps the moment of sending. Each call is another customer, drawn by chance. The two
sizes take turns, a fresh desk each time. "painted" is the end of the first paint with the card in
its widgets; "settled" of the last one, when the new contents had changed the layout. "work" is the
processor time of the window's thread, which other programs disturb least.
Beside it: the engine's own INVITE → 180 Ringing of the same calls, the store's look-up of other
customers with nothing around it, and the small centre.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bench.centre import Centre, prepared
from bench.child import measured
from bench.sheet import Findings, Options, Results, note, run
from bench.spread import head, line, ratio, spread

Times = dict[str, int]
STAGES = (
    ("INVITE → 180 Ringing (the engine alone)", "", "answer_180"),
    ("INVITE → the desk has the call", "", "event"),
    ("   the call → it rings in every widget", "event", "ringing"),
    ("   it rings → the card is known", "ringing", "value"),
    ("   the card is known → in the widgets", "value", "widgets"),
    ("   in the widgets → painted", "widgets", "painted"),
    ("INVITE → card known", "", "value"),
    ("INVITE → card painted", "", "painted"),
    ("INVITE → card settled", "", "settled"),
    ("work of the window's thread until painted", "", "work"),
)
LOOK_UP = "the store's look-up alone"


@dataclass(slots=True)
class Taken:
    """What was measured at one size; the first call of each desk apart."""

    calls: list[Times] = field(default_factory=list)
    first: list[Times] = field(default_factory=list)
    looked_up: list[int] = field(default_factory=list)


def measure(options: Options) -> Findings:
    sizes = (200, 2_000) if options.quick else (2_000, 1_000_000)
    turns, calls = (1, 4) if options.quick else (5, 30)
    centres = {size: prepared(size) for size in sizes}
    taken = {size: Taken() for size in sizes}
    for turn in range(turns):
        for size, centre in centres.items():
            note(f"card: turn {turn + 1} of {turns}, {size} customers")
            _turn(centre, taken[size], turn * calls, calls)
    results = {str(size): _results(centres[size], taken[size]) for size in sizes}
    small, large = (results[str(size)] for size in sizes)
    compared = {
        "painted_large_to_small": _ratio(large, small, "INVITE → card painted"),
        "painted_to_180_small": _within(small),
        "painted_to_180_large": _within(large),
    }
    return Findings({"sizes": results, "ratios": compared}, _lines(results, compared))


def _turn(centre: Centre, taken: Taken, first: int, calls: int) -> None:
    given = ("--first", str(first), "--calls", str(calls))
    found = measured("bench.card_desk", str(centre.root), *given)
    taken.first.append(found["calls"][0])
    taken.calls += found["calls"][1:]
    taken.looked_up += found["looked_up"]


def _results(centre: Centre, taken: Taken) -> dict[str, Any]:
    stages = {title.strip(): spread(_between(taken.calls, *ends)) for title, *ends in STAGES}
    return {
        "rows": centre.rows,
        "filled_s": centre.filled_s,
        "filled_rows_per_s": round(sum(centre.rows.values()) / max(centre.filled_s, 0.01)),
        "file_mib": round(centre.file_bytes / 2**20, 1),
        "ms": {**stages, LOOK_UP: spread(ns / 1e6 for ns in taken.looked_up)},
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


def _lines(results: dict[str, dict[str, Any]], compared: dict[str, Results]) -> list[str]:
    lines = []
    for size, found in results.items():
        rows = ", ".join(f"{count} {table}" for table, count in found["rows"].items())
        lines += [
            head(f"Card at {int(size):,} customers".replace(",", " ")),
            *(line(title, found["ms"][title.strip()]) for title, *_ in STAGES),
            line(LOOK_UP, found["ms"][LOOK_UP]),
            line("first call after the desk's start, painted",
                 found["first_call_of_a_desk_painted_ms"]),
            f"  store: {rows}; {found['file_mib']} MiB, filled in {found['filled_s']} s"
            f" ({found['filled_rows_per_s']} rows/s)",
        ]  # fmt: skip
    for title, shares in compared.items():
        lines.append(f"  {title}: {shares['median']} × median, {shares['p99']} × p99")
    return lines


if __name__ == "__main__":
    run("card", __doc__, measure)
