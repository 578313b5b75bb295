"""The simulated caller speaks all its turns to a silent agent and hangs up by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_app.demo import listening
from agent_app.desk.practice import PracticeState
from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import EndReason
from tests.e2e.stage import Desk, play
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

SCENARIO = "tax-deduction-children"
LIMIT_S = 60


def test_every_turn_is_heard_and_the_caller_hangs_up(qapp: DeskApplication, tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.talk(SCENARIO)
        interaction = desk.seat.phone.calls[0].interaction_id
        await desk.driver.until(
            "the caller is done", lambda: desk.state_is(AgentState.WRAP_UP), LIMIT_S
        )
        ended = desk.seat.phone.call(interaction)
        assert ended is not None
        assert ended.end_reason is EndReason.CALLER_HUNG_UP
        practice = desk.seat.practice
        assert practice is not None
        await desk.driver.until(
            "another may ring", lambda: practice.status.state is PracticeState.IDLE
        )

        heard = listening.loudness(desk.speaker)
        matches = [
            listening.find(listening.loudness(turn.recording), heard)
            for turn in desk.scenario(SCENARIO).turns
        ]
        assert min(match.correlation for match in matches) > 0.8
        offsets = [match.offset_s for match in matches]
        assert offsets == sorted(offsets)

    play(qapp, tmp_path, story)
