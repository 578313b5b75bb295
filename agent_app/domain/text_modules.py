"""Ready-made sentences for a summary (常用语), found by a few letters and filled in when used.

The centre defines them for all its seats (setting ``text-modules``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BLANK = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class TextModule:
    """``shortcut`` is what she types to find it (often initials), ``text`` may have blanks."""

    module_id: str
    name: str
    shortcut: str
    text: str


def matching(typed: str, modules: Sequence[TextModule]) -> tuple[TextModule, ...]:
    """Those that ``typed`` names, best first; all of them when nothing is typed."""
    wanted = typed.strip().casefold()
    if not wanted:
        return tuple(modules)
    ranked = [(_rank(wanted, module), place) for place, module in enumerate(modules)]
    return tuple(modules[place] for rank, place in sorted(ranked) if rank < _NO_MATCH)


_NO_MATCH = 4


def _rank(wanted: str, module: TextModule) -> int:
    shortcut, name = module.shortcut.casefold(), module.name.casefold()
    if shortcut.startswith(wanted):
        return 0
    if name.startswith(wanted):
        return 1
    if wanted in name:
        return 2
    return 3 if wanted in module.text.casefold() else _NO_MATCH


def filled(text: str, words: Mapping[str, str]) -> str:
    """``text`` with its blanks filled; one that nothing is known for stays as it is written."""
    return _BLANK.sub(lambda found: words.get(found[1]) or found[0], text)
