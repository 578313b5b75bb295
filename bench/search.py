"""Key press → results painted in the knowledge search, at the sample's articles and at more.

The real panel in the real window; every key of Chinese words, initials, pinyin and single
characters. Beside it, in the same run: SQLite's FTS5 (trigram; LIKE below three characters) on the
same articles, the query alone; and a bare QLineEdit above a bare QListView, the floor of any search
as you type. A key that leaves the rows as they were is not painted and counts only as "found".
At the end 500 articles change while somebody goes on typing.
"""

from __future__ import annotations

from typing import Any

from bench.child import measured
from bench.sheet import Findings, Options, note, run
from bench.spread import head, line, ratio, spread
from bench.typed import KINDS

FRAME_MS = 16.7


def measure(options: Options) -> Findings:
    sizes = (40, 300) if options.quick else (80, 10_000, 100_000)
    found = {}
    for size in sizes:
        note(f"search: {size} articles")
        rounds = ("--quick",) if options.quick else ("--rounds", "3")
        found[str(size)] = _results(measured("bench.search_desk", str(size), *rounds))
    lines = [text for size, one in found.items() for text in _lines(int(size), one)]
    return Findings({"sizes": found}, lines)


def _results(raw: dict[str, Any]) -> dict[str, Any]:
    keys = raw["keys"]
    bare = spread(raw["bare"])
    kinds = {kind: _kind([key for key in keys if key["kind"] == kind]) for kind in KINDS}
    every = _kind(keys)
    painted = [key["painted"] for key in keys if key["painted"] is not None]
    return {
        "ready_s": round(raw["ready_s"], 2),
        "fts_built_s": round(raw["fts_built_s"], 2),
        "all_keys": every,
        "kinds": kinds,
        "bare_window_painted_ms": bare,
        "changed": {
            "articles": raw["changes"]["articles"],
            "taken_in_s": round(raw["changes"]["taken_in_s"], 2),
            "meanwhile": _meanwhile(raw["changes"]["keys"]),
        },
        "over_a_frame": round(sum(one > FRAME_MS for one in painted) / max(len(painted), 1), 4),
        "ratios": {
            "painted_to_bare_window": ratio(every["painted_ms"]["median"], bare["median"]),
            "found_to_fts_query": {
                share: ratio(every["found_ms"][share], every["fts_query_ms"][share])
                for share in ("median", "p99")
            },
        },
    }


def _kind(keys: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "found_ms": spread(key["found"] for key in keys),
        "painted_ms": spread(key["painted"] for key in keys if key["painted"] is not None),
        "fts_query_ms": spread(key["fts"] for key in keys),
        "fts_found_nothing": sum(not key["fts_rows"] for key in keys),
    }


def _meanwhile(keys: list[dict[str, Any]]) -> dict[str, Any]:
    """Keys pressed while the change was taken in."""
    return {
        "found_ms": spread(key["found"] for key in keys),
        "painted_ms": spread(key["painted"] for key in keys if key["painted"] is not None),
    }


def _lines(size: int, found: dict[str, Any]) -> list[str]:
    lines = [head(f"Search in {size:,} articles".replace(",", " "))]
    for title, one in {"every key": found["all_keys"], **found["kinds"]}.items():
        lines += [
            line(f"{title}: key → painted", one["painted_ms"]),
            line(f"{title}: key → found", one["found_ms"]),
            line(f"{title}: FTS5, the query alone", one["fts_query_ms"])
            + f" (nothing found: {one['fts_found_nothing']})",
        ]
    ratios = found["ratios"]
    return [
        *lines,
        line("bare QLineEdit and QListView: key → painted", found["bare_window_painted_ms"]),
        f"  painted: {ratios['painted_to_bare_window']} × the bare window (median); over a frame "
        f"of {FRAME_MS} ms: {found['over_a_frame']:.1%}",
        f"  found: {ratios['found_to_fts_query']['median']} × FTS5's median, "
        f"{ratios['found_to_fts_query']['p99']} × its p99",
        line(
            f"{found['changed']['articles']} articles change: key → painted meanwhile",
            found["changed"]["meanwhile"]["painted_ms"],
        ),
        f"  their new titles are found after {found['changed']['taken_in_s']} s",
        f"  desk ready with this base after {found['ready_s']} s; FTS5 built in "
        f"{found['fts_built_s']} s",
    ]


if __name__ == "__main__":
    run("search", __doc__, measure)
