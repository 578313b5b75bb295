"""A call is told of a new address again and again, until the other side has agreed."""

from __future__ import annotations

import pytest
from pjsua2 import pjsua2 as pj

from sip.engine.moving import AGAIN_S, UNANSWERED_S, Moving


class _Call:
    """A call of the library that counts what it is asked."""

    def __init__(self, *, knows_update: bool = True) -> None:
        self.asked: list[str] = []
        self.busy = False
        self._knows_update = knows_update

    def remoteHasCap(self, _kind: int, _name: str, _value: str) -> int:
        known = pj.PJSIP_DIALOG_CAP_SUPPORTED, pj.PJSIP_DIALOG_CAP_UNSUPPORTED
        return int(known[0] if self._knows_update else known[1])

    def update(self, _operation: pj.CallOpParam) -> None:
        self._ask("UPDATE")

    def reinvite(self, _operation: pj.CallOpParam) -> None:
        self._ask("INVITE")

    def _ask(self, method: str) -> None:
        if self.busy:
            raise OSError("another change is under way")
        self.asked.append(method)


def _moving(call: _Call) -> Moving:
    return Moving(lambda: call, made_here=True)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize("status", [408, 500, 503])
def test_a_question_that_came_to_nothing_is_asked_again(status: int) -> None:
    call = _Call()
    moving = _moving(call)
    moving.want(0.0)
    moving.go_on(0.0)
    assert moving.waiting
    moving.go_on(1.0)  # an answer may come yet
    moving.answered(status, 2.0)
    moving.go_on(2.0 + AGAIN_S)
    assert call.asked == ["UPDATE"] * 2


def test_nothing_is_asked_once_it_was_agreed() -> None:
    call = _Call()
    moving = _moving(call)
    moving.want(0.0)
    moving.go_on(0.0)
    moving.answered(401, 0.1)  # the library answers with the password
    assert moving.waiting
    moving.answered(200, 0.2)
    moving.go_on(UNANSWERED_S + 1)
    assert call.asked == ["UPDATE"]
    assert not moving.waiting


def test_what_the_library_refuses_at_once_is_asked_again() -> None:
    call = _Call()
    moving = _moving(call)
    moving.want(0.0)
    call.busy = True
    with pytest.raises(OSError, match="under way"):
        moving.go_on(0.0)
    call.busy = False
    moving.go_on(AGAIN_S)
    assert call.asked == ["UPDATE"]


def test_an_answer_about_an_address_before_the_last_is_none() -> None:
    call = _Call()
    moving = _moving(call)
    moving.want(0.0)
    moving.go_on(0.0)
    moving.want(1.0)
    moving.answered(200, 1.1)
    moving.go_on(1.2)
    assert call.asked == ["UPDATE"] * 2


def test_who_knows_no_update_gets_an_invite() -> None:
    call = _Call(knows_update=False)
    moving = _moving(call)
    moving.want(0.0)
    moving.go_on(0.0)
    assert call.asked == ["INVITE"]
