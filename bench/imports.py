"""What the imports of a start cost, from Python's own ``-X importtime``."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

_ROW = re.compile(r"^import time: +(\d+) \| +(\d+) \|( +)(\S+)$", re.MULTILINE)
SHOWN = 10


def summary(report: str) -> dict[str, Any]:
    """Milliseconds: all together, the ten dearest modules and the ten dearest packages.

    A module's time is its own, without what it imports in turn; a package's is all of its modules'.
    """
    own: Counter[str] = Counter()
    packages: Counter[str] = Counter()
    for self_us, _, _, name in _ROW.findall(report):
        own[name] += int(self_us)
        packages[name.partition(".")[0]] += int(self_us)
    return {
        "modules": len(own),
        "all_ms": round(sum(own.values()) / 1000, 1),
        "dearest_modules_ms": _dearest(own),
        "dearest_packages_ms": _dearest(packages),
    }


def _dearest(found: Counter[str]) -> dict[str, float]:
    return {name: round(us / 1000, 1) for name, us in found.most_common(SHOWN)}
