"""A whole call without the mouse, its Chinese typed with an input method that composes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from agent_app.demo.driver import Driver
from agent_app.domain.agent_state import AgentState
from tests.e2e.stage import Desk, play
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

ANSWER = "每个子女每月2000元"
SUMMARY = (
    "category-field", "question-field", "answer-field", "quotes-list", "basis-field",
    "follow-up-field",
)  # fmt: skip


def test_a_call_is_worked_and_saved_by_keyboard_alone(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(desk: Desk) -> None:
        driver, seat = desk.driver, desk.seat

        # A caller rings; the keyboard stays where it is, the card is there.
        before = focused()
        driver.press("Ctrl+R")
        await driver.until("the desk rings", lambda: driver.enabled("answer-button"))
        await driver.until("the card", lambda: driver.shown("caller-segment"))
        assert driver.read("caller-name") == "张伟"
        assert focused() == before
        assert nameless(driver) == []

        driver.press("F2")
        await driver.until("talking", lambda: desk.state_is(AgentState.TALKING))

        # She searches; what is only being composed is not searched for.
        driver.press("F7")
        assert focused() == "search-field"
        compose("zi", "zi n", "zi nv")
        assert driver.read("search-field") == ""
        assert driver.rows("results-list") == []
        commit("子女教育")
        await driver.until("the article", lambda: bool(driver.rows("results-list")))
        assert nameless(driver) == []
        driver.press("Down")
        driver.press("Up")
        driver.press("Return")
        await driver.until("its text", lambda: driver.shown("article-answer"))
        assert nameless(driver) == []
        assert walked(driver, "Tab", 8) == [
            "article-history-button", "article-answer", "related-list", "favourite-button",
            "quote-button", "gap-button", "article-back-button", "suggestions-list",
        ]  # fmt: skip

        # Quoted, the keyboard is in the answer, and Tab follows the work.
        driver.press("Ctrl+Return")
        await driver.until("the answer", lambda: ANSWER in driver.read("answer-field"))
        assert focused() == "answer-field"
        assert walked(driver, "Shift+Tab", 2) == list(reversed(SUMMARY[:2]))
        assert walked(driver, "Tab", 5) == list(SUMMARY[1:])

        # She writes what she promised; half a word is not in the summary yet.
        call = seat.phone.calls[0]
        compose("duan", "duan xin")
        draft = seat.summaries.draft(call.interaction_id)
        assert draft is not None
        assert draft.follow_up == ""
        commit("短信")
        driver.type("12366")
        compose("zhi yin")
        commit("指引")
        assert driver.read("follow-up-field") == "短信12366指引"
        assert walked(driver, "Tab", 3) == ["promise-button", "ticket-button", "save-button"]

        # What is not hers to answer goes to a unit, stands in the summary and on the card.
        driver.press("F12")
        await driver.until("the ticket", lambda: focused() == "ticket-unit")
        assert nameless(driver) == []
        driver.press("Down")
        driver.press("Return")
        await driver.until("written", lambda: "Ticket “" in driver.read("follow-up-field"))
        await driver.until("on the card", lambda: len(driver.rows("ticket-list")) == 2)

        # The key says during the call that it will be saved at its end, and so it is.
        driver.press("F11")
        await driver.until("kept for the end", lambda: "ends" in driver.read("save-status"))
        driver.press("F8")
        await driver.until("free again", lambda: desk.state_is(AgentState.PRACTICE))
        row = await desk.delivered(call.interaction_id)
        assert ANSWER in str(row["answer"])
        promised, ticket = str(row["follow_up"]).splitlines()
        assert promised == "短信12366指引"
        assert ticket.startswith("Ticket “")
        assert nameless(driver) == []

    play(qapp, tmp_path, story)


def test_what_is_missing_is_filled_in_by_keyboard_in_wrap_up(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(desk: Desk) -> None:
        driver = desk.driver
        driver.press("Ctrl+R")
        await driver.until("the desk rings", lambda: driver.enabled("answer-button"))
        driver.press("F2")
        await driver.until("talking", lambda: desk.state_is(AgentState.TALKING))
        interaction_id = desk.seat.phone.calls[0].interaction_id
        driver.press("F8")
        await driver.until("wrap-up", lambda: desk.state_is(AgentState.WRAP_UP))

        # What he called about last time is proposed; she takes another category.
        assert driver.read("category-field-remark").startswith("as in the call of")
        driver.press("Ctrl+L")
        assert focused() == "category-field"
        assert nameless(driver) == []
        compose("zhuan xiang")
        assert driver.rows("category-list")
        commit("专项附加")
        await driver.until("the categories", lambda: driver.shown("category-list"))
        driver.press("Return")
        assert driver.read("category-field-remark") == ""

        # Saving leads from one missing field to the next.
        driver.press("F11")
        assert focused() == "question-field"
        commit("子女教育扣除多少")
        driver.press("F11")
        assert focused() == "answer-field"
        commit("每月2000元")
        driver.press("F11")
        await driver.until("free again", lambda: desk.state_is(AgentState.PRACTICE))
        row = await desk.delivered(interaction_id)
        assert (row["question"], row["answer"]) == ("子女教育扣除多少", "每月2000元")

    play(qapp, tmp_path, story)


def focused() -> str:
    """The name of what has the keyboard."""
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def send(event: QInputMethodEvent) -> None:
    field = QApplication.focusWidget()
    assert field is not None, "nothing has the keyboard"
    QApplication.sendEvent(field, event)


def walked(driver: Driver, key: str, steps: int) -> list[str]:
    """Where the key leads, step by step."""
    names = []
    for _ in range(steps):
        driver.press(key)
        names.append(focused())
    return names


def compose(*stages: str) -> None:
    """What an input method shows while she still types a word."""
    for shown in stages:
        send(QInputMethodEvent(shown, []))


def commit(text: str) -> None:
    """The word she chose; what was composed goes away."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    send(event)


def nameless(driver: Driver) -> list[str]:
    """Visible controls that a screen reader has no name for."""
    controls = [
        widget
        for widget in driver.window.findChildren(QWidget)
        if widget.isVisible()
        and (isinstance(widget, QAbstractButton) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus)
    ]
    assert len(controls) > 10
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in controls
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
