"""The centre's day: whole and of numbers, or not used at all."""

from __future__ import annotations

import asyncio

import orjson
import pytest

from sync.api import ServerApi
from sync.auth import Auth
from sync.days import CentreDay, DayBook, centre_day
from sync.errors import BadReply, Unreachable
from sync.remote import Remote
from tests.sync.memory import MemoryTokens


def reply(**changes: object) -> bytes:
    whole = {"day": "2026-05-04", "agents": 3, "median": {"talk_s": 60}, "mean": {"talk_s": 61.5}}
    return orjson.dumps(whole | changes)


def test_a_day_of_the_centre_is_what_was_told() -> None:
    assert centre_day(reply(newer="part")) == CentreDay(
        "2026-05-04", 3, {"talk_s": 60.0}, {"talk_s": 61.5}
    )
    assert centre_day(reply(median={}, mean={})).median == {}


@pytest.mark.parametrize(
    "changes",
    [{"day": ""}, {"agents": -1}, {"agents": "3"}, {"median": None}, {"mean": []},
     {"median": {"talk_s": "60"}}, {"median": {"talk_s": True}}],
)  # fmt: skip
def test_what_the_wire_does_not_allow_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadReply):
        centre_day(reply(**changes))


def test_a_seat_that_closes_asks_nothing_any_more() -> None:
    api = ServerApi("http://127.0.0.1:1")
    remote = Remote(api=api, auth=Auth(api=api, tokens=MemoryTokens(), device="desk"))
    book = DayBook(remote=remote)
    remote.close()
    with pytest.raises(Unreachable):
        asyncio.run(book.centre("2026-05-04"))
