"""Text as the index reads it: folded, cut into parts and units (step ⑥).

A *part* is a run of Chinese characters, of Latin letters, or a number; a *unit* is what is looked
up: two neighbouring characters, a single one that stands alone, or a whole word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_PARTS = re.compile(r"[㐀-䶿一-鿿]+|[a-z]+|[0-9]+(?:\.[0-9]+)?|[^\W\d_a-z㐀-䶿一-鿿]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKED = re.compile(r"[*_~`#|\[]|^ {0,8}[-+] ", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\([^)\s]{0,400}\)")
_MARK = re.compile(r"\*\*|__|~~|`|^ {0,8}#{1,6} |^ {0,8}[-*+] ", re.MULTILINE)
_CELL = re.compile(r" {0,8}\|[ \t|:-]{0,400}")
"""Every run has an end: an article of 40 000 blanks or brackets must not take a minute."""


def fold(text: str) -> str:
    """Full-width and upper case made plain, code point for code point: the length stays."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return folded if len(folded) == len(text) and text.isprintable() else _fold_slowly(text)


def fold_freely(text: str) -> str:
    """As ``fold``, several times faster; the length may change."""
    return unicodedata.normalize("NFKC", text).lower()


def _fold_slowly(text: str) -> str:
    return "".join(_fold_one(character) for character in text)


@cache  # at most as many as there are characters
def _fold_one(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        return " "
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def parts(folded: str) -> list[str]:
    """The runs of ``folded`` that can be searched, in order."""
    return _PARTS.findall(folded)


def is_han(part: str) -> bool:
    return "㐀" <= part[0] <= "鿿"


def is_letters(part: str) -> bool:
    return "a" <= part[0] <= "z"


def pairs(part: str) -> list[str]:
    """Neighbours, or the part itself when it is one character."""
    return [part[i : i + 2] for i in range(len(part) - 1)] or [part]


def units(folded: str) -> list[str]:
    """What is put into the index for a text."""
    found: list[str] = []
    for part in parts(folded):
        found.extend(pairs(part) if is_han(part) else [part])
    return found


def plain(text: str) -> str:
    """An article's text without its mark-up, near enough for looking things up in it."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if _MARKED.search(text):
        text = _CELL.sub(" ", _MARK.sub("", _LINK.sub(r"\1", text)))
    return text
