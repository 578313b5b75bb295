"""``python -m bench``: runs the benches one after the other, each in a process of its own."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from bench.sheet import OUT

BENCHES = {
    "card": "INVITE on the wire → card painted, 1 000 000 customers, also during a first sync",
    "search": "key press → results painted in the knowledge search, beside SQLite's FTS5",
    "recall": "labelled questions: is the article meant among the first, beside SQLite's FTS5",
    "customers": "looking for customers as they are typed, at 1 000 000 of them, beside LIKE",
    "history": "the history page's questions at 5 000 000 calls, beside bare SQLite",
    "start": "start → window painted beside a bare PySide6 window; memory when idle",
    "first_sync": "a copy of 1 000 000 customers, beside bare SQLite and PouchDB's replication",
    "engine": "engine start, command round trip, processor time of a call",
    "seats": "a change of one seat → at 1 000 others, on one server process",
    "writes": "durable operations a second on PostgreSQL, beside bare INSERTs",
    "phones": "mouth to ear, gaps, processor time, memory beside baresip, Linphone and Twinkle",
    "soak": "300 calls through a real exchange to two desks: are memory and handles flat?",
}

EPILOG = """\
Every bench prints what it measured beside what it compares with, taken in the same run, and writes
NAME.json. Nothing is decided: the exit code is 0 unless a bench could not run. Times are of one
machine on one day; what counts are the ratios. Run it on a screen (make bench makes one), with
nothing else running. A store of a million customers is filled once (minutes, about 4 GiB) and kept
in ${XDG_CACHE_HOME:-~/.cache}/zuoxi-bench, which may be deleted.

benches:
"""


def main() -> int:
    given = _parser().parse_args()
    unknown = [name for name in given.names if name not in BENCHES]
    if unknown:
        sys.stderr.write(f"there is no bench {unknown[0]}, only {', '.join(BENCHES)}\n")
        return 2
    failed = []
    for name in given.names or BENCHES:
        command = [sys.executable, "-m", f"bench.{name}", "--out", str(given.out)]
        if subprocess.run(command + ["--quick"] * given.quick, check=False).returncode:
            failed.append(name)
    if failed:
        sys.stderr.write(f"could not run: {', '.join(failed)}\n")
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure what the product costs, as ratios within one run.",
        epilog=EPILOG + "\n".join(f"  {name:<10} {what}" for name, what in BENCHES.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these (default: all)")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: does it run at all?")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR",
                        help="where the JSON files go (default: %(default)s)")  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
