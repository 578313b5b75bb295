"""Finding a category by a few keys: characters, pinyin, initials, or a mix of them (step ⑥).

``zxfj``, ``zhuanxiang``, ``专xfj`` and ``专项`` all begin 专项附加扣除; ``grzx`` begins 个人所得税
and goes on with 专项附加扣除. Case does not matter; words with spaces between are all looked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent_app.domain.knowledge import Category

BEGINNING, WITHIN, ON_THE_WAY, ABOVE = range(4)
"""How well it fits, the best first: the name begins so; the name has it; the way down to it is
spelt so; only a name above it has it."""

Span = tuple[int, int]


def fits(typed: str, line: Sequence[Category]) -> tuple[int, tuple[Span, ...]] | None:
    """How what is typed fits the last category of ``line``, which begins at the top of the tree.

    The rank of the best word, and which code points of the category's Chinese name all of them
    stand for, in order. None where a word fits nowhere.
    """
    ranks: list[int] = []
    spans: list[Span] = []
    for word in typed.casefold().split():
        found = _word(word, line)
        if found is None:
            return None
        ranks.append(found[0])
        spans += found[1:]
    return min(ranks, default=ABOVE), _apart(spans)


def _word(word: str, line: Sequence[Category]) -> tuple[int, Span] | tuple[int] | None:
    """A word that stands for something in the last name, on the way to it, or above it."""
    own = line[-1]
    place = _place(word, own)
    if place is not None:
        return (BEGINNING if place[0] == 0 else WITHIN), place
    english = own.name_en.casefold()
    if any(part.startswith(word) for part in english.split()):
        return (BEGINNING if english.startswith(word) else WITHIN,)
    for above in line[:-1]:
        for end in range(1, len(word)):
            if _spells(word[:end], above, 0) is not None:
                to = _spells(word[end:], own, 0)
                if to is not None:
                    return ON_THE_WAY, (0, to)
    higher = any(_place(word, above) or word in above.name_en.casefold() for above in line[:-1])
    return (ABOVE,) if higher else None


def _place(word: str, category: Category) -> Span | None:
    """Where in the name the word stands, from its first character to behind its last."""
    for start in range(len(category.name)):
        to = _spells(word, category, start)
        if to is not None:
            return start, to
    return None


def _spells(word: str, category: Category, start: int) -> int | None:
    """Behind which character ``word`` ends when the name is spelt from ``start``; None: not so.

    Each character is spelt by itself or by any beginning of its syllable.
    """
    if not word:
        return start
    if start == len(category.name):
        return None
    character = category.name[start].casefold()
    if word.startswith(character):
        to = _spells(word[len(character) :], category, start + 1)
        if to is not None:
            return to
    syllable = category.syllables[start] if start < len(category.syllables) else ""
    for end in range(min(len(word), len(syllable)), 0, -1):
        if word[:end] == syllable[:end]:
            to = _spells(word[end:], category, start + 1)
            if to is not None:
                return to
    return None


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    apart: list[Span] = []
    for start, end in sorted(spans):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return tuple(apart)
