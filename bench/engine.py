"""The SIP engine: start → ready, one command and back, the processor time of a call.

Under the desk's event loop (Qt with asyncio in it), no window. Beside the command's way: a line to
``cat`` and back over the same kind of pipes. Beside the call: baresip, where it is installed, which
is called by the same engine (it says back what it hears; ours sends silence).
"""

from __future__ import annotations

from typing import Any

from bench.baresip import Peer, answering
from bench.child import measured
from bench.sheet import Findings, Options, note, run
from bench.spread import head, line, ratio, spread


def measure(options: Options) -> Findings:
    given = ["--starts", "1", "--trips", "50", "--call-s", "0.5"] if options.quick else []
    note("engine: starts, commands, calls")
    with answering() as peer:
        raw = measured("bench.engine_desk", *given, *_peer(peer))
    starts, trips, pipe = (spread(raw[name]) for name in ("starts", "trips", "pipe"))
    results: dict[str, Any] = {
        "start_ms": starts,
        "command_and_back_ms": trips,
        "cat_and_back_ms": pipe,
        "processor_percent": {"engine": raw["call"], "baresip": raw.get("peer")},
        "ratios": {"command_to_cat": {s: ratio(trips[s], pipe[s]) for s in ("median", "p99")}},
    }
    if "peer" in raw:
        results["ratios"]["call_to_baresip"] = ratio(raw["call"]["in_call"], raw["peer"]["in_call"])
    return Findings(results, _lines(results))


def _peer(peer: Peer | None) -> tuple[str, ...]:
    return () if peer is None else ("--peer-uri", peer.uri, "--peer-pid", str(peer.pid))


def _lines(results: dict[str, Any]) -> list[str]:
    ratios, percent = results["ratios"], results["processor_percent"]
    ours, baresip = percent["engine"], percent["baresip"]
    beside = "baresip is not installed"
    if baresip is not None:
        beside = (
            f"baresip {baresip['in_call']} % ({baresip['idle']} % idle, {baresip['codec']}): "
            f"{ratios['call_to_baresip']} ×"
        )
    return [
        head("Engine"),
        line("start → ready", results["start_ms"]),
        line("a command → its answer, in the desk's loop", results["command_and_back_ms"]),
        line("a line to cat and back", results["cat_and_back_ms"]),
        f"  command: {ratios['command_to_cat']['median']} × cat (median), "
        f"{ratios['command_to_cat']['p99']} × (p99)",
        f"  in a call {ours['in_call']} % of a processor ({ours['idle']} % idle, {ours['codec']});"
        f" {beside}",
    ]


if __name__ == "__main__":
    run("engine", __doc__, measure)
