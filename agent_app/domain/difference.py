"""Where two texts differ, so that nobody has to look for the changed word (step ⑥)."""

from __future__ import annotations

from difflib import SequenceMatcher

Span = tuple[int, int]
LONGEST = 1_000
"""Code points compared with care; of longer texts the middle that differs is one span."""


def differing(one: str, other: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Half-open ranges of code points that only the one text has, and that only the other has."""
    start = common_start(one, other)
    end = common_start(one[start:][::-1], other[start:][::-1])
    first, second = one[start : len(one) - end], other[start : len(other) - end]
    if max(len(first), len(second)) > LONGEST:
        return _span(start, len(first)), _span(start, len(second))
    ours: list[Span] = []
    theirs: list[Span] = []
    for act, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if act != "equal":
            ours += _span(start + a, b - a)
            theirs += _span(start + c, d - c)
    return tuple(ours), tuple(theirs)


def _span(start: int, length: int) -> tuple[Span, ...]:
    return ((start, start + length),) if length else ()


def common_start(one: str, other: str) -> int:
    """How many leading code points two texts share."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
