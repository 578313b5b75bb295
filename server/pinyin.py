"""How a title is spelt in Latin letters, so that a seat can find it by typing them (step ⑨).

Computed here once and shipped with the article: the seats need neither the dictionary nor the time.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from functools import cache

_PART = re.compile(r"[0-9a-z]+|[^0-9a-z\W_]+")
"""Latin words and numbers, or runs of other letters (Chinese); the rest is left out."""


@cache
def _dictionary() -> Callable[[str], Sequence[str]]:
    """Loaded when the first word is spelt: it takes a quarter of a second of a server's start."""
    spelt: Callable[[str], Sequence[str]] = importlib.import_module("pypinyin").lazy_pinyin
    return spelt


def spell(title: str) -> tuple[str, str]:
    """Syllables separated by spaces, and their initials: ``("ge ren …", "gr…")``.

    Latin letters and digits of the title stay as they are, in both; punctuation is left out.
    """
    syllables: list[str] = []
    initials: list[str] = []
    for part in _PART.findall(title.lower()):
        spelt = [part] if part.isascii() else _dictionary()(part)
        syllables += spelt
        initials += spelt if part.isascii() else [syllable[0] for syllable in spelt]
    return " ".join(syllables), "".join(initials)
