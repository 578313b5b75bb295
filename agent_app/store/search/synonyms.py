"""Words that callers use for what the articles name otherwise (step ⑥).

``synonyms.txt`` is the tax line's; a site may give its own. A line of it is an *idea*: an article
that has one of its words is also found by the others, and a short question is also asked in the
articles' own word. Words are known as they are spelt, too: ``fangdai``, ``gth``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agent_app.store.search.readings import Readings, readings

_FILE = Path(__file__).with_name("synonyms.txt")
_BEGINNING = 2
"""Code points by which words are looked up; shorter words are left out."""
_REPHRASED = 8
"""Code points of a question that is worth asking in other words; a longer one has others anyway."""

_SPELT, _INITIALS = 4, 3
"""Letters below which a spelling could mean too many words."""


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
        self._spelt = [
            (saying, *_spelt(saying.word, readings()))
            for sayings in self._by_beginning.values()
            for saying in sayings
        ]

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

    def spelt_sayings(self, letters: str, syllables: Sequence[str]) -> tuple[Saying, ...]:
        """The words that stand in ``letters`` spelt, or whose initials ``letters`` are.

        Initials of the articles' own words find the articles themselves.
        """
        starts, at = set(), 0
        for syllable in syllables:
            starts.add(at)
            at += len(syllable)
        return tuple(
            saying
            for saying, spelling, initials in self._spelt
            if (letters == initials and len(initials) >= _INITIALS and not self._is_own(saying))
            or (len(spelling) >= _SPELT and letters.find(spelling) in starts)
        )

    def _is_own(self, saying: Saying) -> bool:
        return saying.word == self._own(saying)

    def _own(self, saying: Saying) -> str:
        """What articles say for it."""
        return self._ideas[int(saying.idea.removeprefix("idea"))][0]

    def variants(self, text: str) -> tuple[str, ...]:
        """The question in the articles' words, if it has others; at most two more ways."""
        if len(text) > _REPHRASED:
            return ()
        said = []
        for saying in self.sayings(text):
            if (own := self._own(saying)) not in text:
                said.append(text.replace(saying.word, own))
        return tuple(dict.fromkeys(said))[:2]


def _spelt(word: str, known: Readings) -> tuple[str, str]:
    """Pinyin and initials of a word; other characters stand for themselves."""
    heard = [known.find(character) or character.lower() for character in word]
    return "".join(heard), "".join(one[0] for one in heard)


@cache
def tax_line() -> Synonyms:
    """Read once, in a worker, at the first build."""
    return Synonyms.parse(_FILE.read_text("utf-8"))


NO_SYNONYMS = Synonyms(())
