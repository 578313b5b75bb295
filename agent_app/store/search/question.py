"""What an agent typed, taken apart; whatever it is, this never fails (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from agent_app.store.search.readings import Readings
from agent_app.store.search.synonyms import NO_SYNONYMS, Saying, Synonyms
from agent_app.store.search.text import fold, is_han, is_letters, pairs, parts

QUERY_LIMIT = 64
"""Code points looked at; nobody types more, and a pasted page must not hold up the next key."""
_LONGEST_SYLLABLE = 6


@dataclass(frozen=True, slots=True)
class Part:
    """``units`` are looked up; ``syllables`` is how it sounds, the last one perhaps unfinished.

    ``sayings`` are its words that stand for an idea which articles may name otherwise.
    """

    text: str
    units: tuple[str, ...]
    syllables: tuple[str, ...] = ()
    unfinished: bool = False
    sayings: tuple[Saying, ...] = ()

    @property
    def han(self) -> bool:
        return is_han(self.text)

    @property
    def letters(self) -> bool:
        return is_letters(self.text)

    @property
    def weight(self) -> float:
        """Chinese says more with a character than Latin with a letter."""
        return float(len(self.text)) if self.han else max(2.0, len(self.text) / 2)


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    parts: tuple[Part, ...]

    @property
    def single(self) -> str:
        """The one character asked for, "" when there is more or nothing."""
        return self.parts[0].text if len(self.parts) == 1 and len(self.parts[0].text) == 1 else ""


def ask(typed: str, readings: Readings, synonyms: Synonyms = NO_SYNONYMS) -> Question:
    folded = fold(typed[:QUERY_LIMIT])
    found = tuple(dict.fromkeys(parts(folded)))
    return Question(folded.strip(), tuple(_part(one, readings, synonyms) for one in found))


def _part(text: str, readings: Readings, synonyms: Synonyms) -> Part:
    if is_han(text):
        return Part(
            text,
            tuple(dict.fromkeys(pairs(text))),
            tuple(map(readings.find, text)),
            sayings=synonyms.sayings(text),
        )
    if is_letters(text):
        syllables, unfinished = spell(text, readings)
        sayings = synonyms.spelt_sayings(text, syllables)
        return Part(text, (text,), syllables, unfinished, sayings)
    return Part(text, (text,))


def spell(letters: str, readings: Readings) -> tuple[tuple[str, ...], bool]:
    """Cut pinyin into syllables, the fewest that fit; ((), False) when it is none.

    The last may be the beginning of one: then the second value is true.
    """
    best: list[tuple[str, ...] | None] = [(), *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            before, syllable = best[start], letters[start:end]
            if before is None or syllable not in readings.known:
                continue
            now = best[end]
            if now is None or len(before) + 1 < len(now):
                best[end] = (*before, syllable)
    if (whole := best[len(letters)]) is not None:
        return whole, False
    for start in range(len(letters) - 1, 0, -1):
        before = best[start]
        if before and letters[start:] in readings.beginnings:
            return (*before, letters[start:]), True
    return (), False
