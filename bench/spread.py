"""How measured times lie: the numbers that every bench reports, and nothing else about them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

Numbers = dict[str, float]


def spread(values: Iterable[float], digits: int = 3) -> Numbers:
    """n, median, p95, p99, max in the values' own unit; all 0 for nothing."""
    ordered = sorted(values)
    if not ordered:
        return {"n": 0, "median": 0.0, "p95": 0.0, "p99": 0.0, "max": 0.0}
    return {
        "n": len(ordered),
        "median": round(statistics.median(ordered), digits),
        "p95": round(quantile(ordered, 0.95), digits),
        "p99": round(quantile(ordered, 0.99), digits),
        "max": round(ordered[-1], digits),
    }


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of the others do not exceed (nearest rank)."""
    rank = -(-len(ordered) * share // 1)  # rounded up
    return ordered[max(0, min(len(ordered), int(rank)) - 1)]


def ratio(one: float, other: float) -> float:
    """How many times ``other`` is in ``one``; 0 when it cannot be said."""
    return round(one / other, 2) if other else 0.0


def line(title: str, numbers: Numbers, unit: str = "ms") -> str:
    """One row of a printed table."""
    return (
        f"  {title:<46} {numbers['median']:>9.2f} {numbers['p95']:>9.2f} {numbers['p99']:>9.2f}"
        f" {numbers['max']:>9.2f} {unit:<3} n={numbers['n']:.0f}"
    )


def head(title: str) -> str:
    """The row above such rows."""
    return f"{title:<48} {'median':>9} {'p95':>9} {'p99':>9} {'max':>9}"
