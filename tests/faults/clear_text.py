"""Looks for words that must not lie about in the clear: passwords, tokens, phone and ID numbers."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Find:
    """``what`` is the word's name, not the word: a report must not spread it."""

    path: Path
    what: str
    form: str


def forms_of(word: str) -> Mapping[str, bytes]:
    """The ways in which a text lies in files and memory dumps. UTF-16 as Windows and Qt keep it;
    base64 in each of the three positions that a word can have within a longer text."""
    forms = {
        "plain": word.encode(),
        "UTF-16": word.encode("utf-16-le"),
        "UTF-16, big end first": word.encode("utf-16-be"),
        "hexadecimal": word.encode().hex().encode(),
        "reversed": word.encode()[::-1],
    }
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + word.encode())
        first = (before * 8 + 5) // 6  # what the bytes before it share
        whole = (before + len(word.encode())) * 8 // 6
        forms[f"base64, {before} before"] = coded[first:whole]
        forms[f"URL's base64, {before} before"] = coded[first:whole].translate(_URL)
    return forms


_URL = bytes.maketrans(b"+/", b"-_")


def finds_in(places: Iterable[Path], words: Mapping[str, str]) -> Iterator[Find]:
    """Every file under ``places`` that holds one of ``words``, also in its name."""
    sought = [(what, form, coded) for what, w in words.items() for form, coded in _sought(w)]
    for path in _files(places):
        content = str(path.name).encode() + b"\n" + path.read_bytes()
        folded = content.lower()
        for what, form, coded in sought:
            if (folded if form == "hexadecimal" else content).find(coded) >= 0:
                yield Find(path, what, form)


def _sought(word: str) -> Iterable[tuple[str, bytes]]:
    assert len(word) >= 8, "a short word is found everywhere"
    return forms_of(word).items()


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from (path for path in sorted(place.rglob("*")) if path.is_file())
