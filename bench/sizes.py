"""The same questions in a small centre and in a large one, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from bench.sheet import Findings, Results
from bench.spread import head, line, ratio, spread


def compared(times: Mapping[int, Mapping[str, list[float]]]) -> Findings:
    """Milliseconds of each question by the number of customers, the small centre first."""
    spreads = {
        size: {name: spread(values) for name, values in asked.items()}
        for size, asked in times.items()
    }
    small, large = spreads.values()
    lines = []
    for size, asked in spreads.items():
        lines.append(head(f"{size} customers"))
        lines += [line(name, numbers) for name, numbers in asked.items()]
    ratios = {
        name: ratio(numbers["median"], small[name]["median"]) for name, numbers in large.items()
    }
    lines += [f"  {name}: {value} × the small centre's" for name, value in ratios.items()]
    sizes: Results = {"sizes": {str(size): asked for size, asked in spreads.items()},
                      "ratios": ratios}  # fmt: skip
    return Findings(sizes, lines)
