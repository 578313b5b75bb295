"""A second sign-in becomes a notice with seat and time; an end does not."""

from __future__ import annotations

from datetime import UTC, datetime

from agent_app.desk.faults import FaultKind, Faults
from agent_app.wiring.sign_ins import SignInNotices
from sync.news import SessionKind, SessionNews
from tests.desk.fakes import HandClock


def heard(*devices: str, at: str = "2026-11-22T01:00:00.000Z") -> Faults:
    faults = Faults(clock=HandClock())
    notices = SignInNotices(faults=faults, device="desk-1")
    for device in devices:
        notices.hear(SessionNews(SessionKind.SECOND_SIGN_IN, device=device, at=at))
    return faults


def test_another_seat_is_named_with_its_time(qapp: object) -> None:
    (fault,) = heard("窗口 3", "窗口 3").faults
    assert (fault.kind, fault.detail) == (FaultKind.SECOND_SIGN_IN, "窗口 3")
    assert fault.at == datetime(2026, 11, 22, 1, tzinfo=UTC)


def test_this_computer_needs_no_name(qapp: object) -> None:
    assert heard("desk-1").faults[0].detail == ""


def test_what_a_seat_calls_itself_is_shown_without_its_tricks(qapp: object) -> None:
    detail = heard("a\u202e\nb" + "x" * 500).faults[0].detail
    assert detail.startswith("abx")
    assert len(detail) == 60


def test_a_time_that_is_none_is_now(qapp: object) -> None:
    for at in ("", "soon", "2026-11-22T01:00:00"):
        assert heard("desk-2", at=at).faults[0].at == HandClock().now()


def test_an_end_is_no_notice(qapp: object) -> None:
    faults = Faults(clock=HandClock())
    SignInNotices(faults=faults, device="").hear(SessionNews(SessionKind.ENDED, wipe=True))
    assert faults.faults == ()
