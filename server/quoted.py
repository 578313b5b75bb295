"""Which call quoted which article, so that who was told an answer is found at once (step ⑨)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def highest(quotes: Iterable[Mapping[str, object]]) -> dict[str, int]:
    """The newest version of each article that a call quoted: what its caller heard last."""
    found: dict[str, int] = {}
    for quote in quotes:
        article_id, version = str(quote["article_id"]), int(str(quote["version"]))
        found[article_id] = max(version, found.get(article_id, 0))
    return found
