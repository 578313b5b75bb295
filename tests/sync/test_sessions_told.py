"""An ended session and a second sign-in reach a seat through its stream, at once."""

from __future__ import annotations

from sync.news import SessionKind, SessionNews
from sync.status import Cause, Phase
from tests.sync.centre import Centre, LiveStream
from tests.sync.story import PATIENT, Seat, run
from tests.sync.waiting import until


def say(live: LiveStream, data: bytes) -> None:
    live._pieces.put(b"event: session\ndata: %s\n\n" % data)


def test_a_seat_whose_session_was_ended_asks_and_is_signed_out() -> None:
    centre = Centre(changes=1)
    centre.live = live = LiveStream()

    async def story(seat: Seat) -> None:
        heard: list[SessionNews] = []
        seat.replication.listen_to_sessions(heard.append)
        await seat.reaches(Phase.ONLINE)
        centre.access = centre.refresh_token = "void"
        say(live, b'{"kind": "ended", "wipe": false}')
        status = await seat.reaches(Phase.SIGNED_OUT)
        assert status.cause is Cause.SESSION_ENDED
        assert heard == [SessionNews(SessionKind.ENDED)]

    run(Seat(centre, PATIENT), story)


def test_a_second_sign_in_is_told_and_the_seat_goes_on() -> None:
    centre = Centre(changes=1)
    centre.live = live = LiveStream()

    async def story(seat: Seat) -> None:
        heard: list[SessionNews] = []
        seat.replication.listen_to_sessions(heard.append)
        await seat.reaches(Phase.ONLINE)
        at = "2026-11-22T01:00:00Z"
        say(live, b'{"kind": "second-sign-in", "device": "desk-2", "at": "%s"}' % at.encode())
        await until(lambda: bool(heard))
        assert heard == [SessionNews(SessionKind.SECOND_SIGN_IN, device="desk-2", at=at)]
        assert seat.replication.status.phase is Phase.ONLINE
        live.end()

    run(Seat(centre, PATIENT), story)


def test_sign_ins_that_were_there_before_are_told_once() -> None:
    centre = Centre(changes=1)
    centre.live = live = LiveStream()
    at = "2026-11-22T01:00:00Z"
    centre.others = [{"device": "desk-2", "started_at": at, "seen_at": at}]

    async def story(seat: Seat) -> None:
        heard: list[SessionNews] = []
        seat.replication.listen_to_sessions(heard.append)
        await until(lambda: bool(heard))
        say(live, b'{"kind": "second-sign-in", "device": "desk-2", "at": "%s"}' % at.encode())
        say(live, b'{"kind": "second-sign-in", "device": "desk-3", "at": "%s"}' % at.encode())
        await until(lambda: len(heard) > 1)
        assert [news.device for news in heard] == ["desk-2", "desk-3"]
        live.end()

    run(Seat(centre, PATIENT), story)
