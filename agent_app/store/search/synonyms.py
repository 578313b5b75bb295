"""Words that callers use for what the articles name otherwise (step ⑥).

``synonyms.txt`` is the tax line's; a site may give its own. A line of it is an *idea*: an article
that has one of its words is also found by the others, and a short question is also asked in the
articles' own word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("synonyms.txt")
_BEGINNING = 2
"""Code points by which words are looked up; shorter words are left out."""
_REPHRASED = 8
"""Code points of a question that is worth asking in other words; a longer one has others anyway."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A word of a text and the idea that it stands for."""

    word: str
    idea: str


class Synonyms:
    """Ideas with their words, the articles' own word first. Immutable; any thread."""

    def __init__(self, ideas: Sequence[Sequence[str]]) -> None:
        self._ideas = [[word for word in words if len(word) >= _BEGINNING] for words in ideas]
        self._by_beginning: dict[str, list[Saying]] = {}
        for place, words in enumerate(self._ideas):
            for word in words:
                saying = Saying(word, f"idea{place}")
                self._by_beginning.setdefault(word[:_BEGINNING], []).append(saying)

    @classmethod
    def parse(cls, text: str) -> Synonyms:
        """A file's: one idea a line, words apart by spaces, ``#`` begins a remark."""
        lines = (line.split("#", 1)[0].split() for line in text.splitlines())
        return cls([words for words in lines if len(words) > 1])

    @property
    def ideas(self) -> Sequence[Sequence[str]]:
        return self._ideas

    def sayings(self, text: str) -> tuple[Saying, ...]:
        """The words of ``text`` that stand for an idea, each once, in the order they begin."""
        found: dict[Saying, None] = {}
        for place in range(len(text) - _BEGINNING + 1):
            for saying in self._by_beginning.get(text[place : place + _BEGINNING], ()):
                if text.startswith(saying.word, place):
                    found[saying] = None
        return tuple(found)

    def variants(self, text: str) -> tuple[str, ...]:
        """The question in the articles' words, if it has others; at most two more ways."""
        if len(text) > _REPHRASED:
            return ()
        said = []
        for saying in self.sayings(text):
            own = self._ideas[int(saying.idea.removeprefix("idea"))][0]
            if own not in text:
                said.append(text.replace(saying.word, own))
        return tuple(dict.fromkeys(said))[:2]


@cache
def tax_line() -> Synonyms:
    """Read once, in a worker, at the first build."""
    return Synonyms.parse(_FILE.read_text("utf-8"))


NO_SYNONYMS = Synonyms(())
