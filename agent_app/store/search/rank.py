"""Which of the candidates is meant, and which letters of its title say so (step ⑥).

Pure functions. Every part of a question is worth between 0 and 1 in an article; what stands in
the title counts more than a keyword, a keyword more than the text, a sound almost as much as the
character it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from agent_app.store.search.entries import Entry
from agent_app.store.search.question import Part, Question

_IN_TITLE, _IN_KEYS, _IN_BODY = 0.85, 0.6, 0.35
_LEAST = 0.12
_LEAST_OF_BEST = 0.4
_INVALID = 0.4
_SPREAD = 4
"""How far apart the letters of an abbreviation may stand: 个税 in 个人所得税."""


_SAID_LEAST, _SAID_EACH, _SAID_MOST, _BOTH = 0.2, 0.02, 0.55, 0.05

_CLEAR = 0.6
"""What is named as directly as this needs no synonyms."""

Rarity = Callable[[str], float]
"""How much a unit says, more than 0: what stands everywhere says little."""


def _alike(_unit: str) -> float:
    return 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    row: int
    score: float
    valid: bool


def rank(
    question: Question,
    found: Iterable[tuple[int, float]],
    entries: Sequence[Entry],
    today: date,
    rarity: Rarity = _alike,
) -> list[Ranked]:
    """Best first; what only shares a letter or two is left out. Expired ones come behind."""
    rarity = cache(rarity)  # asked again for each candidate
    candidates = list(found)
    highest = max((score for _, score in candidates), default=0.0) or 1.0
    weighed = [
        (worth(question, entries[row], rarity), row, score / highest) for row, score in candidates
    ]
    best = max((value for value, _, _ in weighed), default=0.0)
    kept = []
    for value, row, share in weighed:
        if value < max(_LEAST, best * _LEAST_OF_BEST):
            continue
        entry = entries[row]
        valid = entry.article.valid_on(today)
        score = value + 0.1 * share - 0.003 * len(entry.title) - (0 if valid else _INVALID)
        kept.append(Ranked(row, score, valid))
    return sorted(kept, key=lambda one: (-one.score, one.row))


def worth(question: Question, entry: Entry, rarity: Rarity = _alike) -> float:
    """How much of the question this article answers, 0 to a little over 1."""
    total = sum(part.weight for part in question.parts)
    last = question.parts[-1]
    return sum(
        part.weight * _part_worth(part, entry, rarity, typing=part is last)
        for part in question.parts
    ) / max(total, 1.0)


def _part_worth(part: Part, entry: Entry, rarity: Rarity, *, typing: bool) -> float:
    if part.han:
        return _han_worth(part, entry, rarity)
    found = _word_worth(part.text, entry, typing=typing)
    if part.letters:
        found = max(found, _letters_worth(part, entry))
    return _with_saying(found, part, entry, rarity)


def _han_worth(part: Part, entry: Entry, rarity: Rarity) -> float:
    text = part.text
    if text in entry.title:
        return 1.05 if entry.title.startswith(text) else 1.0
    weights = [rarity(unit) for unit in part.units]
    found = sum(
        weight * _unit_worth(unit, entry) for unit, weight in zip(part.units, weights, strict=True)
    ) / sum(weights)
    found = _with_saying(found, part, entry, rarity)
    if text in entry.keys:
        found = max(found, 0.8)
    elif text in entry.body:
        found = max(found, 0.5)
    if len(text) > 1:
        found = max(found, _sound_worth(part, entry), _abbreviation_worth(text, entry.title))
    return found


def _with_saying(found: float, part: Part, entry: Entry, rarity: Rarity) -> float:
    """What is not named clearly may be named in other words."""
    if found < _CLEAR and (said := _said_worth(part, entry, rarity)):
        return max(found, said) + _BOTH * min(found, said)
    return found


def _said_worth(part: Part, entry: Entry, rarity: Rarity) -> float:
    """The words that callers use for it, each by its length and by how much it says."""
    said = sum(rarity(one.idea) * len(one.word) for one in part.sayings if one.idea in entry.ideas)
    return min(_SAID_MOST, _SAID_LEAST + _SAID_EACH * said) if said else 0.0


def _unit_worth(unit: str, entry: Entry) -> float:
    if unit in entry.title:
        return _IN_TITLE
    if unit in entry.keys:
        return _IN_KEYS
    return _IN_BODY if unit in entry.body else 0.0


def _sound_worth(part: Part, entry: Entry) -> float:
    if entry.sound_span("".join(part.syllables)):
        return 0.9
    heard = sum(one + two in entry.spoken for one, two in pairwise(part.syllables))
    return 0.6 * heard / (len(part.syllables) - 1)


def _abbreviation_worth(text: str, title: str) -> float:
    """All characters in order and close together: the title with words dropped."""
    places = _in_order(text, title)
    if not places or places[-1] - places[0] >= _SPREAD * len(text):
        return 0.0
    return 0.7 + 0.15 * len(text) / (places[-1] - places[0] + 1)


def _in_order(text: str, title: str) -> list[int]:
    """Where the characters of ``text`` stand in ``title``, one behind the other; [] if not all."""
    places: list[int] = []
    for character in text:
        place = title.find(character, places[-1] + 1 if places else 0)
        if place < 0:
            return []
        places.append(place)
    return places


def _word_worth(word: str, entry: Entry, *, typing: bool) -> float:
    if word in entry.words:
        return 1.0
    if word in entry.key_words:
        return 0.8
    if typing and any(one.startswith(word) for one in entry.words):
        return 0.9
    if typing and any(one.startswith(word) for one in entry.key_words):
        return 0.7
    return 0.3 if len(word) > 1 and word in entry.body else 0.0


def _letters_worth(part: Part, entry: Entry) -> float:
    place = entry.initials.find(part.text)
    if place >= 0:
        return 1.0 if place == 0 else 0.9
    if part.syllables and entry.sound_span(part.text):
        return 1.0
    if len(part.syllables) > 2:
        return _sound_worth(part, entry)
    return 0.0


def marks(question: Question, entry: Entry) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of code points of the title that the question touches, in order."""
    touched: set[int] = set()
    for part in question.parts:
        touched.update(_touched(part, entry))
    ranges: list[tuple[int, int]] = []
    for position in sorted(touched):
        if ranges and ranges[-1][1] == position:
            ranges[-1] = (ranges[-1][0], position + 1)
        else:
            ranges.append((position, position + 1))
    return tuple(ranges)


def _touched(part: Part, entry: Entry) -> set[int]:
    found: set[int] = set()
    for unit in part.units:
        place = entry.title.find(unit)
        while place >= 0:
            found.update(range(place, place + len(unit)))
            place = entry.title.find(unit, place + 1)
    if not found and part.syllables:
        found = _spoken(part, entry)
    if not found and part.letters and (span := entry.initials_span(part.text)):
        found = set(range(*span))
    if not found and part.han:
        found = set(_in_order(part.text, entry.title))
    return found


def _spoken(part: Part, entry: Entry) -> set[int]:
    """The whole sound, or the pairs of syllables that are there."""
    if part.han and len(part.text) < 2:
        return set()
    if span := entry.sound_span("".join(part.syllables)):
        return set(range(*span))
    found: set[int] = set()
    for one, two in pairwise(part.syllables):
        if span := entry.sound_span(one + two):
            found.update(range(*span))
    return found
