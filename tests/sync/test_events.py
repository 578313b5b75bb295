from __future__ import annotations

import asyncio
import io
import socket
import threading
from collections.abc import Callable

import pytest

from sync.api import ServerApi
from sync.backoff import BackOff
from sync.errors import AccessExpired, BadReply, SyncError, Unreachable
from sync.events import EventListener
from sync.eventstream import EventStream
from sync.http import HttpLimits
from sync.news import Brought, Changed, News, SessionKind, SessionNews
from tests.sync.centre import Centre
from tests.sync.httpserver import Request, Response, api_for, refusal
from tests.sync.seat import signed_in
from tests.sync.socketserver import serving
from tests.sync.waiting import LIMIT_S, until

STREAM = {"Content-Type": "text/event-stream; charset=utf-8"}


class Pieces(io.BytesIO):
    """A body that arrives in the pieces given."""

    def __init__(self, *pieces: bytes) -> None:
        super().__init__()
        self._pieces = list(pieces)

    def read1(self, size: int | None = -1, /) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


def take(stream: EventStream, heard: list[News]) -> None:
    """One by one: an end by error must not lose those before it."""
    for news in stream:
        heard.append(news)


def news_until_end(body: bytes, cut: int) -> list[News]:
    heard: list[News] = []
    api = api_for(lambda _: Response(200, Pieces(body[:cut], body[cut:]), STREAM))
    with pytest.raises(Unreachable, match="ended"), api.events("t") as stream:
        take(stream, heard)
    return heard


BODY = (
    b": hello\r\n\r\nevent: changed\r\ndata: {\"newest\": 7}\r\n\r\n"
    b"event: other\ndata: 1\n\nevent: changed\n\nid: 3\n"
    b"event:changed\ndata:{\"newest\":\ndata: 8}\n\n"
)  # fmt: skip


@pytest.mark.parametrize("cut", range(1, len(BODY)))
def test_events_are_understood_wherever_the_network_cuts_them(cut: int) -> None:
    assert news_until_end(BODY, cut) == [Changed(7), Changed(8)]


SESSIONS = (
    b'event: session\ndata: {"kind": "second-sign-in", "device": "", "at": "2026-11-22T01:00:00Z"}'
    b'\n\nevent: session\ndata: {"kind": "promoted"}\n\n'
    b'event: session\ndata: {"kind": "ended", "wipe": true}\n\n'
)


def test_a_seat_hears_what_became_of_its_sign_in_and_passes_over_what_it_does_not_know() -> None:
    assert news_until_end(SESSIONS, 30) == [
        SessionNews(SessionKind.SECOND_SIGN_IN, at="2026-11-22T01:00:00Z"),
        SessionNews(SessionKind.ENDED, wipe=True),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"event: changed\ndata: soon\n\n",
        b'event: session\ndata: {"kind": "ended", "wipe": "yes"}\n\n',
        b'event: session\ndata: {"kind": "second-sign-in", "device": 3, "at": "now"}\n\n',
        b"event: session\ndata: []\n\n",
        b"x" * 70_000,
    ],
)
def test_a_stream_that_does_not_speak_the_wire_is_a_bad_reply(body: bytes) -> None:
    api = api_for(lambda _: Response(200, Pieces(body), STREAM))
    with pytest.raises(BadReply), api.events("t") as stream:
        list(stream)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Response(200, b"<html>", {"Content-Type": "text/html"}), BadReply),
        (Response(204, b"", STREAM), BadReply),
        (Response(404, b"nothing"), BadReply),
        (refusal(401, "token-expired"), AccessExpired),
    ],
)
def test_what_is_no_stream_is_told_like_any_other_answer(
    answer: Response, kind: type[SyncError]
) -> None:
    with pytest.raises(kind), api_for(lambda _: answer).events("t"):
        pytest.fail("there is no stream")


def test_a_silent_stream_is_given_up() -> None:
    stop = threading.Event()

    def silent(connection: socket.socket) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
        connection.sendall(head + b'event: changed\ndata: {"newest": 1}\n\n')
        stop.wait(LIMIT_S)

    heard: list[News] = []
    with serving(silent) as url:
        api = ServerApi(url, limits=HttpLimits(silence_s=0.2))
        with pytest.raises(Unreachable, match="in time"), api.events("t") as stream:
            take(stream, heard)
        stop.set()
    assert heard == [Changed(1)]


def test_closing_a_stream_frees_the_thread_that_waits_on_it() -> None:
    stop, opened = threading.Event(), threading.Event()

    def silent(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hi\n\n")
        opened.set()
        stop.wait(3 * LIMIT_S)

    with serving(silent) as url, ServerApi(url).events("t") as stream:
        reader = threading.Thread(target=list, args=(stream,))
        reader.start()
        assert opened.wait(LIMIT_S)
        stream.close()
        reader.join(LIMIT_S)
        assert not reader.is_alive()
        stop.set()


class Heard:
    def __init__(self, centre: Centre, back_off: BackOff | None = None) -> None:
        self.newest: list[int] = []
        self.pages: list[Brought] = []
        self.sessions: list[SessionNews] = []
        self.states: list[bool] = []
        self.loop_thread = threading.get_ident()
        api = api_for(centre)
        self.auth = signed_in(centre)
        self.listener = EventListener(
            api=api,
            auth=self.auth,
            back_off=back_off or BackOff(first_s=0.01, max_s=0.02),
            on_newest=self._hear,
            on_page=self.pages.append,
            on_session=self.sessions.append,
            on_listening=self.states.append,
        )

    def _hear(self, newest: int) -> None:
        assert threading.get_ident() == self.loop_thread
        self.newest.append(newest)


async def running(heard: Heard, condition: Callable[[], bool]) -> None:
    may_connect = asyncio.Event()
    may_connect.set()
    task = asyncio.create_task(heard.listener.run(may_connect))
    try:
        await until(condition)
    finally:
        heard.listener.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def test_a_lost_stream_is_opened_again_and_news_come_in_the_loops_thread() -> None:
    centre = Centre(changes=4)
    heard = Heard(centre)
    asyncio.run(running(heard, lambda: len(heard.newest) >= 3))
    assert set(heard.newest) == {4}
    assert heard.states[:4] == [True, False, True, False]


def test_news_of_sessions_come_in_the_loops_thread_too() -> None:
    centre = Centre()
    centre.intercept = lambda request: (
        Response(200, Pieces(SESSIONS), STREAM) if request.path.endswith("events") else None
    )
    heard = Heard(centre)
    asyncio.run(running(heard, lambda: len(heard.sessions) >= 2))
    assert heard.sessions[1] == SessionNews(SessionKind.ENDED, wipe=True)


def test_a_refused_stream_is_tried_again() -> None:
    centre = Centre(changes=4)
    refused = 0

    def refuse(request: Request) -> Response | None:
        nonlocal refused
        if request.path.endswith("events") and refused < 3:
            refused += 1
            return Response(503, b"")
        return None

    centre.intercept = refuse
    heard = Heard(centre)
    asyncio.run(running(heard, lambda: bool(heard.newest)))
    assert refused == 3


def test_an_ended_session_ends_the_listening() -> None:
    async def work() -> None:
        centre = Centre()
        heard = Heard(centre)
        heard.auth.sign_out()
        may_connect = asyncio.Event()
        may_connect.set()
        async with asyncio.timeout(LIMIT_S):
            await heard.listener.run(may_connect)
        heard.listener.close()
        assert heard.states == [False]

    asyncio.run(work())


def test_a_listener_closed_while_it_connects_does_not_stay() -> None:
    centre = Centre()
    connecting, go_on = threading.Event(), threading.Event()

    def slow(request: Request) -> Response | None:
        if request.path.endswith("events"):
            connecting.set()
            go_on.wait(LIMIT_S)
        return None

    centre.intercept = slow

    async def work() -> None:
        heard = Heard(centre)
        may_connect = asyncio.Event()
        may_connect.set()
        task = asyncio.create_task(heard.listener.run(may_connect))
        await until(connecting.is_set)
        heard.listener.close()
        go_on.set()
        await until(lambda: bool(heard.states))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert (heard.newest, heard.states[0]) == ([], False)

    asyncio.run(work())


def test_tokens_of_a_listener_are_renewed_like_all_others() -> None:
    centre = Centre(changes=1)
    heard = Heard(centre)
    centre.access = "another"
    asyncio.run(running(heard, lambda: bool(heard.newest)))
    assert centre.asked("refresh") == 1


def test_a_stream_that_opened_makes_the_next_waits_short_again() -> None:
    centre = Centre(changes=4)
    heard = Heard(centre, back_off=BackOff(first_s=0.01, max_s=3600))
    asyncio.run(running(heard, lambda: len(heard.newest) >= 14))
