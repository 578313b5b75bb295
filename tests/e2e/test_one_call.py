"""The one thing Zuoxi exists for, from ring to server, read as DESIGN.md tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import CallState
from tests.e2e.stage import Desk, play
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

ANSWER = "每个子女每月2000元"


def test_one_call_from_ring_to_server(qapp: DeskApplication, tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        driver, seat = desk.driver, desk.seat

        # ① the engine hears the INVITE of another engine, ② which crosses the pipe …
        await desk.ring("tax-deduction-children")

        # ③ … and is a call, with what the exchange said of it,
        call = seat.phone.calls[0]
        assert call.state is CallState.RINGING
        assert (call.queue, call.menu_path, call.dialled) == ("咨询", "2-1", "12366")
        assert call.waited_s is not None

        # ④ whose caller is found in the seat's own cache
        # ⑤ and stands on the card, with segment and last calls.
        await driver.until("the card", lambda: driver.shown("caller-segment"))
        assert driver.read("caller-name") == "张伟"
        assert any("租金扣除" in row for row in driver.rows("history-list"))

        # ⑥ She answers and hears the caller,
        driver.press("F2")
        await driver.until("talking", lambda: desk.state_is(AgentState.TALKING))
        await desk.hears(desk.scenario("tax-deduction-children").turns[0].recording)

        # finds the official answer while she types, and quotes it:
        driver.press("F7")
        driver.type("子女教育")
        await driver.until("the article", lambda: bool(driver.rows("results-list")))
        driver.press("Return")
        await driver.until("its text", lambda: driver.shown("article-answer"))
        driver.press("Ctrl+Return")

        # the summary has written itself,
        await driver.until("the answer", lambda: ANSWER in driver.read("answer-field"))
        assert "子女教育" in driver.read("question-field")
        assert "Special additional deductions" in driver.read("category-field")
        desk.type_into("follow-up-field", "短信指引")

        # and after the call ⑦ one key keeps it,
        driver.press("F8")
        await driver.until("wrap-up", lambda: desk.state_is(AgentState.WRAP_UP))
        driver.press("F11")
        await driver.until("free again", lambda: desk.state_is(AgentState.PRACTICE))

        # ⑧ the outbox is emptied without her doing anything,
        row = await desk.delivered(call.interaction_id)
        await driver.until("nothing waits", lambda: seat.link.status.waiting == 0)

        # ⑨ and the server has it, once, with the article in the version that was quoted.
        assert row["version"] == 1
        assert ANSWER in str(row["answer"])
        assert row["follow_up"] == "短信指引"
        assert row["exchange_call_id"] == call.exchange_call_id
        assert row["quotes"] == [
            {"article_id": "K0001", "version": 3, "title": "子女教育专项附加扣除标准"}
        ]

        # Looking back, it stands at the top of the history, and her day counts it.
        driver.click("page-records-button")
        await driver.until(
            "the history", lambda: "张伟" in "".join(driver.rows("records-list")[:1])
        )
        driver.click("page-my-day-button")
        await driver.until("her day", lambda: seat.my_day.view.day.figures.summaries == 1)
        figures = seat.my_day.view.day.figures
        assert (figures.calls_taken, figures.calls_missed, figures.quotes) == (1, 0, 1)
        assert figures.signed_in_s > 0

    play(qapp, tmp_path, story)
