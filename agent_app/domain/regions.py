"""Where a Chinese number is at home, in words, without 3 seconds and 130 MB of tables (step ④).

``phonenumbers`` ships the same words for the whole world in one import that stops everything for
seconds. ``regions_cn.bin`` holds China's, made from that import by ``pack`` (run this module to
make it again after an update of ``phonenumbers``): sorted first seven digits with the name that is
valid from there on.
"""

from __future__ import annotations

import importlib
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("regions_cn.bin")
_COUNTRY = "86"
_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Regions:
    """``starts`` are seven-digit beginnings of national numbers, ascending."""

    starts: array[int]
    name_of_start: array[int]
    names: tuple[str, ...]

    def find(self, national: str) -> str:
        """The region of a national number (no 0, no 86), "" when it is not known."""
        if len(national) < _DIGITS:
            return ""
        position = bisect_right(self.starts, int(national[:_DIGITS])) - 1
        return self.names[self.name_of_start[position]] if position >= 0 else ""


def pack(words: Mapping[str, Mapping[str, str]]) -> bytes:
    """The file's content from ``phonenumbers``' prefixes; the longest prefix of a number wins."""
    name_at = [""] * 10**_DIGITS
    for prefix in sorted((key for key in words if key.startswith(_COUNTRY)), key=len):
        national = prefix[len(_COUNTRY) :]
        span = 10 ** (_DIGITS - len(national))
        start = int(national) * span
        name_at[start : start + span] = [words[prefix].get("zh", "")] * span
    starts: array[int] = array("I")
    held: list[str] = []
    for beginning, name in enumerate(name_at):
        if not held or held[-1] != name:
            starts.append(beginning)
            held.append(name)
    names = sorted(set(held))
    place = {name: position for position, name in enumerate(names)}
    head = "\n".join(names).encode()
    body = starts.tobytes() + array("H", (place[name] for name in held)).tobytes()
    return zlib.compress(
        len(head).to_bytes(4, "little") + len(starts).to_bytes(4, "little") + head + body, 9
    )


def unpack(packed: bytes) -> Regions:
    content = zlib.decompress(packed)
    head_end = 8 + int.from_bytes(content[:4], "little")
    count = int.from_bytes(content[4:8], "little")
    starts, name_of_start = array("I"), array("H")
    starts.frombytes(content[head_end : head_end + 4 * count])
    name_of_start.frombytes(content[head_end + 4 * count :])
    return Regions(starts, name_of_start, tuple(content[8:head_end].decode().split("\n")))


@cache
def regions() -> Regions:
    """Read once, at the first question."""
    return unpack(_FILE.read_bytes())


if __name__ == "__main__":
    _FILE.write_bytes(pack(importlib.import_module("phonenumbers.geodata").GEOCODE_DATA))
