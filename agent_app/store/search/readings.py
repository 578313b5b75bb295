"""How a character sounds, without loading a dictionary of phrases into the window (step ⑥).

Importing ``pypinyin`` stops every thread for an eighth of a second. ``readings.bin`` holds its
first reading of each character, without tones, made by ``pack`` (run this module to make it
again). Titles come from the server spelt with phrases; this is for what an agent types.
"""

from __future__ import annotations

import importlib
import zlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("readings.bin")
_FIRST, _LAST = 0x3400, 0x9FFF  # CJK ideographs with extension A


@dataclass(frozen=True, slots=True)
class Readings:
    """``syllable_of[code point - 0x3400]`` counts into ``syllables``; 0 is the empty one.

    ``known`` are the syllables, ``beginnings`` what one looks like while it is typed.
    """

    syllable_of: array[int]
    syllables: tuple[str, ...]
    known: frozenset[str]
    beginnings: frozenset[str]

    def find(self, character: str) -> str:
        """A syllable without tone, or "" for what is no Chinese character."""
        place = ord(character) - _FIRST
        return self.syllables[self.syllable_of[place]] if 0 <= place <= _LAST - _FIRST else ""

    def prefixed(self, beginning: str) -> tuple[str, ...]:
        return tuple(one for one in self.syllables if one.startswith(beginning))


def pack(reading: Callable[[str], str]) -> bytes:
    """The file's content; ``reading`` gives "" for a character it does not know."""
    heard = [reading(chr(point)) for point in range(_FIRST, _LAST + 1)]
    syllables = ["", *sorted(set(heard) - {""})]
    place = {syllable: position for position, syllable in enumerate(syllables)}
    head = " ".join(syllables[1:]).encode("ascii")
    body = array("H", (place[one] for one in heard)).tobytes()
    return zlib.compress(len(head).to_bytes(4, "little") + head + body, 9)


def unpack(packed: bytes) -> Readings:
    content = zlib.decompress(packed)
    end = 4 + int.from_bytes(content[:4], "little")
    syllable_of = array("H")
    syllable_of.frombytes(content[end:])
    spoken = content[4:end].decode("ascii").split(" ")
    beginnings = frozenset(one[:length] for one in spoken for length in range(1, len(one) + 1))
    return Readings(syllable_of, ("", *spoken), frozenset(spoken), beginnings)


@cache
def readings() -> Readings:
    """Read once, in a worker, at the first build."""
    return unpack(_FILE.read_bytes())


def _spoken(character: str) -> str:
    """The first reading without tone, as the server spells titles (``lv`` for lü)."""
    pinyin = importlib.import_module("pypinyin")
    [syllable] = pinyin.lazy_pinyin(character, errors=lambda _: [""], v_to_u=False)
    return syllable if syllable.isascii() and syllable.isalpha() else ""


if __name__ == "__main__":
    _FILE.write_bytes(pack(_spoken))
