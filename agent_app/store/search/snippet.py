"""A line of the article around what was asked for, beneath its title (step ⑥)."""

from __future__ import annotations

from agent_app.domain.knowledge import Article
from agent_app.store.search.question import Question
from agent_app.store.search.text import fold, plain

_LENGTH = 60
_SOUGHT = 4_000
"""Code points that are looked through: twenty long answers are read anew at every key."""
_BEFORE = 12
_ELLIPSIS = "…"


def snippet(question: Question, article: Article) -> str:
    """At most 62 code points of plain text on one line: of the answer, if the match is there."""
    answer, asked = _line(article.answer), _line(article.question)
    units = [unit for part in question.parts for unit in part.units]
    for text in (answer, asked):
        place = _first(fold(text), units)
        if place is not None:
            return _window(text, place)
    return _window(answer or asked, 0)


def _line(text: str) -> str:
    return " ".join(plain(text[:_SOUGHT]).split())


def _first(folded: str, units: list[str]) -> int | None:
    places = [place for unit in units if (place := folded.find(unit)) >= 0]
    return min(places, default=None)


def _window(text: str, place: int) -> str:
    start = place - _BEFORE if place > _BEFORE + 4 else 0
    end = start + _LENGTH
    return (_ELLIPSIS if start else "") + text[start:end] + (_ELLIPSIS if end < len(text) else "")
