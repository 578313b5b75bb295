"""What the desk and the copying process say arrives as it was meant, failures too."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest

from agent_app.store import errors as store
from agent_app.store.copying.desk_line import DeskLine
from agent_app.store.copying.talk import (
    Order,
    Outcome,
    Said,
    TalkError,
    Task,
    TokenWanted,
    decode_order,
    decode_said,
    decode_token,
    encode_order,
    encode_said,
    encode_token,
)
from sync import errors as sync
from sync.copying import Compared, CopyProgress, CopyStage

SAID: list[Said] = [
    TokenWanted("refused"),
    CopyProgress(CopyStage.INDEXING, 3, 7),
    Outcome(Compared.DIFFERENT, ("phones",)),
]
FAILURES: list[Exception] = [
    sync.Unreachable("nobody listens there"),
    sync.BadReply("the answer is not JSON"),
    sync.ServerFailed("the server failed (500)"),
    sync.ServerBusy("the server is busy (429)", retry_after_s=7.0),
    sync.RequestRefused("not for you", status=403, code="not-allowed"),
    sync.SessionEnded("sign in again", wipe=True),
    sync.ServerBehind(cursor=77),
    sync.StartOver("start over", need=sync.Need.TOO_OLD),
    store.MalformedPageError("not what the wire promises"),
    store.CopyError("it was not done"),
    store.DiskFullError(Path("cache.new.db")),
    store.NewerDatabaseError(Path("cache.new.db")),
]
SHOWN = ("retry_after_s", "status", "code", "wipe", "cursor", "need", "path")


def test_an_order_and_a_token_arrive_and_show_no_secret() -> None:
    order = Order(Task.COMPARE, "https://server.example", "/seat/cache.db", "00ff", 20)
    assert decode_order(encode_order(order)) == order
    assert decode_token(encode_token("secret")).token == "secret"
    assert "00ff" not in repr(order)
    assert "secret" not in repr((decode_token(encode_token("secret")), TokenWanted("secret")))


@pytest.mark.parametrize("said", SAID)
def test_what_is_said_arrives(said: Said) -> None:
    assert decode_said(encode_said(said)) == said


@pytest.mark.parametrize("failure", FAILURES, ids=lambda one: type(one).__name__)
def test_a_failure_is_the_same_on_the_desks_side(failure: Exception) -> None:
    told = decode_said(encode_said(failure))
    assert type(told) is type(failure)
    assert str(told) == str(failure)
    assert [getattr(told, name, None) for name in SHOWN] == [
        getattr(failure, name, None) for name in SHOWN
    ]


def test_a_token_refused_after_all_is_a_refusal_and_a_strange_failure_a_copy_error() -> None:
    expired = sync.AccessExpired("used up", status=401, code="token-expired")
    assert type(decode_said(encode_said(expired))) is sync.RequestRefused
    assert type(decode_said(encode_said(ZeroDivisionError("odd")))) is store.CopyError


@pytest.mark.parametrize(
    "line", [b"", b"hello", b"[]", b"{}", b'{"lunch": 1}', b'{"outcome": {}}', b'{"progress": 1}']
)
def test_a_line_that_neither_side_writes_is_refused(line: bytes) -> None:
    with pytest.raises(TalkError):
        decode_said(line)
    with pytest.raises(TalkError):
        decode_order(line)


def test_a_token_is_asked_for_once_until_it_is_refused() -> None:
    told = io.BytesIO()
    order = Order(Task.FETCH, "https://server.example", "f", "00")
    tokens = encode_token("one") + encode_token("two")
    pipe = io.BufferedReader(Endless(encode_order(order) + tokens))
    line = DeskLine(pipe, told)
    assert line.order() == order
    assert [line.token(), line.token(), line.token("one"), line.token()] == [
        "one", "one", "two", "two",
    ]  # fmt: skip
    wanted = [decode_said(one) for one in told.getvalue().splitlines()]
    assert wanted == [TokenWanted(""), TokenWanted("one")]


class Endless(io.RawIOBase):
    """A pipe whose other end stays open: an end of file would end this process."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview[int], /) -> int | None:  # type: ignore[override]
        size = min(len(buffer), len(self._content))
        buffer[:size], self._content = self._content[:size], self._content[size:]
        if not size:
            threading.Event().wait()  # for ever, in a thread that keeps nothing alive
        return size
