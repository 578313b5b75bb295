"""The exchange itself: what a citizen reaches and what an agent is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.asterisk import Exchange
from tests.exchange.baresip import await_heard, citizen, colleague
from tests.sip.voice import write_voice

pytestmark = pytest.mark.processes


def test_a_citizen_reaches_an_agent_through_menu_and_queue(
    exchange: Exchange, tmp_path: Path
) -> None:
    question = write_voice(tmp_path / "question.wav", low=300, high=1500)
    answer = write_voice(tmp_path / "answer.wav", low=1600, high=3000)
    agent = exchange.agent()
    with (
        colleague(tmp_path / "agent", exchange, agent, says=answer, auto=True) as desk,
        exchange.serving("7001", agent),
        citizen(tmp_path / "citizen", exchange, says=question) as caller,
    ):
        caller.call(exchange.uri("12366"))
        caller.press("21")
        desk.wait("CALL_ESTABLISHED")
        await_heard(question, desk, tmp_path)

        await_heard(answer, caller, tmp_path)
        caller.hang_up()
        desk.wait("CALL_CLOSED")
    assert not exchange.complaints()
