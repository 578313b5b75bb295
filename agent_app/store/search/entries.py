"""One article as the search knows it: folded once, spelt once, at the build (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Article
from agent_app.store.search.readings import Readings
from agent_app.store.search.synonyms import Synonyms
from agent_app.store.search.text import fold, fold_freely, is_han, parts, plain

_NONE: frozenset[str] = frozenset()
BODY_LIMIT = 40_000
"""Characters of an article that are searched; what is behind them is another article's matter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``title`` has the length of the article's title; ``sounds`` has one syllable per code point.

    A Latin letter or digit sounds as itself, punctuation as "". ``spoken`` is all sounds in one
    word, ``initials`` their first letters.
    """

    article: Article
    category: str
    title: str
    keys: str
    ideas: frozenset[str]
    body: str
    words: frozenset[str]
    key_words: frozenset[str]
    sounds: tuple[str, ...]
    spoken: str
    initials: str

    def sound_span(self, spelt: str) -> tuple[int, int] | None:
        """The code points of the title that ``spelt`` spells out, the last perhaps in part."""
        if spelt not in self.spoken:
            return None
        offset = 0
        for start, sound in enumerate(self.sounds):
            if sound and self.spoken.startswith(spelt, offset):
                left, end = len(spelt), start
                while left > 0:
                    left -= len(self.sounds[end])
                    end += 1
                return start, end
            offset += len(sound)
        return None

    def initials_span(self, letters: str) -> tuple[int, int] | None:
        """The code points whose initials are ``letters``."""
        place = self.initials.find(letters)
        if place < 0:
            return None
        heard = [position for position, sound in enumerate(self.sounds) if sound]
        return heard[place], heard[place + len(letters) - 1] + 1


def make_entry(
    article: Article,
    categories: Mapping[CategoryId, str],
    readings: Readings,
    synonyms: Synonyms,
) -> Entry:
    title, keys = fold(article.title), fold(article.keywords)
    sounds = _sounds(title, article.pinyin, readings)
    return Entry(
        article=article,
        category=categories.get(article.category_id, ""),
        title=title,
        keys=keys,
        ideas=_few(one.idea for one in synonyms.sayings(f"{title} {keys}")),
        body=fold_freely(plain(f"{article.question}\n{article.answer}"[:BODY_LIMIT])),
        words=_few(part for part in parts(title) if not is_han(part)),
        key_words=_few(part for part in parts(keys) if not is_han(part)),
        sounds=sounds,
        spoken="".join(sounds),
        initials="".join(sound[0] for sound in sounds if sound),
    )


def _few(words: Iterable[str]) -> frozenset[str]:
    """Most articles have none: they share one, or collecting garbage would visit 100 000 more."""
    return frozenset(words) or _NONE


def _sounds(title: str, pinyin: str, readings: Readings) -> tuple[str, ...]:
    """The server's spelling where it fits the title, else our own, character by character."""
    own = [
        readings.find(character) or (character if character.isalnum() else "")
        for character in title
    ]
    chinese = [position for position, one in enumerate(title) if readings.find(one)]
    given = [part for part in pinyin.split() if part.isalpha()]
    spelt = [part for part in given if part not in parts(title)]
    if len(spelt) == len(chinese):
        for position, syllable in zip(chinese, spelt, strict=True):
            own[position] = syllable.lower()
    return tuple(own)
