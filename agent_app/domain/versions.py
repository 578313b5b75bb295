"""What an article said before, and what is other now, word by word (step ⑥)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import Enum

from agent_app.domain.knowledge import Article

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_WORD = re.compile(r"[A-Za-z]+|[0-9]+(?:[.,][0-9]+)*%?|\s+|.", re.DOTALL)
_MOST_WORDS = 1_500
"""Compared one by one; of a longer passage the whole is other."""


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One version as it was published; ``saved_at`` None and no author where nobody wrote it
    down."""

    article: Article
    saved_at: datetime | None
    author_name: str

    @property
    def version(self) -> int:
        return self.article.version


class Change(Enum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Passage:
    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class PartDifference:
    """One part of an article: title, question, answer, basis, keywords, region or validity."""

    part: str
    passages: tuple[Passage, ...]


def compare(old: Article, new: Article) -> tuple[PartDifference, ...]:
    """The parts in which two versions differ, the answer first."""
    parts = [
        ("answer", old.answer, new.answer),
        ("title", old.title, new.title),
        ("question", old.question, new.question),
        ("basis", old.basis, new.basis),
        ("keywords", old.keywords, new.keywords),
        ("region", old.region, new.region),
        ("validity", _validity(old), _validity(new)),
    ]
    return tuple(
        PartDifference(part, word_differences(before, now))
        for part, before, now in parts
        if before != now
    )


def word_differences(old: str, new: str) -> tuple[Passage, ...]:
    """``old`` is SAME and GONE put together, ``new`` is SAME and NEW. A worker's work."""
    return tuple(_joined(_by_sentence(old, new)))


def _by_sentence(old: str, new: str) -> Iterator[Passage]:
    first, second = _SENTENCE.findall(old), _SENTENCE.findall(new)
    for before, now in _opcodes(first, second):
        if before == now:
            yield Passage(Change.SAME, before)
        else:
            yield from _by_word(_WORD.findall(before), _WORD.findall(now))


def _by_word(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    if max(len(old), len(new)) > _MOST_WORDS:
        pairs = [("".join(old), "".join(new))]
    else:
        pairs = list(_opcodes(old, new))
    for before, now in pairs:
        if before == now:
            yield Passage(Change.SAME, before)
        else:
            yield Passage(Change.GONE, before)
            yield Passage(Change.NEW, now)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield "".join(old[a:b]), "".join(new[c:d])


def _joined(passages: Iterator[Passage]) -> Iterator[Passage]:
    """Neighbours of one kind as one, empty ones left out."""
    last: Passage | None = None
    for one in passages:
        if not one.text:
            continue
        if last is not None and last.change is one.change:
            last = Passage(one.change, last.text + one.text)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _validity(article: Article) -> str:
    until = "" if article.valid_until is None else article.valid_until.isoformat()
    return f"{article.valid_from.isoformat()} … {until}".strip()
