"""What lies at hand: favourites first, then the last read, then the most used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from agent_app.domain.ids import ArticleId
from agent_app.domain.shelf import SHOWN, ArticleUse, ShelfReason, shelve

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def use(
    name: str, minutes_ago: int, *, opened: int = 1, quoted: int = 0, favourite: bool = False
) -> ArticleUse:
    at = NOON - timedelta(minutes=minutes_ago)
    return ArticleUse(ArticleId(name), opened, quoted, at, favourite)


def shelved(*uses: ArticleUse) -> list[tuple[str, str]]:
    return [(one.article_id, one.reason.value) for one in shelve(uses)]


def test_nothing_was_read_yet() -> None:
    assert shelve(()) == ()


def test_an_article_stands_once_for_the_best_reason() -> None:
    loved = use("loved", 1, opened=9, favourite=True)
    assert shelved(loved, use("read", 2)) == [("loved", "favourite"), ("read", "recent")]


def test_the_last_read_come_before_the_most_used() -> None:
    last = [use(f"r{n}", n) for n in range(SHOWN)]
    often = use("often", 900, opened=40)
    quoted = use("quoted", 800, quoted=20)
    found = shelved(often, quoted, *last, use("once", 700))
    assert found[:SHOWN] == [(f"r{n}", ShelfReason.RECENT.value) for n in range(SHOWN)]
    assert found[SHOWN:] == [("quoted", "most-used"), ("often", "most-used"), ("once", "most-used")]


def test_a_favourite_that_was_never_opened_is_kept_and_one_given_up_is_not() -> None:
    new = use("new", 1, opened=0, favourite=True)
    given_up = use("given up", 1, opened=0)
    assert shelved(new, given_up) == [("new", "favourite")]
