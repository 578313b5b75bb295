"""Calls before the camera: each scene leaves the desk as the next one needs it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from agent_app.demo.driver import Driver
from agent_app.desk.seat import Seat
from agent_app.domain.agent_state import AgentState
from agent_app.domain.link import ServerState
from agent_app.wiring.practice_session import OpenPractice
from installer.pictures.camera import SETTLE_S, Camera
from ui.flyout import Flyout

CHILDREN = "tax-deduction-children"
IN_A_CALL = {"F4": "transfer", "Ctrl+T": "keypad", "Ctrl+L": "category", "Ctrl+B": "callback",
             "F12": "ticket", "Ctrl+P": "customer", "Alt+P": "other-person"}  # fmt: skip
"""What unfolds over the desk while she talks."""
MOST_NOTICES = 6


@dataclass(frozen=True, slots=True)
class Set:
    """The open practice centre, its hands and eyes, and the camera."""

    practice: OpenPractice
    driver: Driver
    camera: Camera

    @property
    def seat(self) -> Seat:
        return self.practice.centre.running.seat

    def state_is(self, state: AgentState) -> bool:
        return self.seat.shift.status.state is state

    async def shoot(self, scene: str) -> None:
        await asyncio.sleep(SETTLE_S)
        await self.camera.shoot(scene)


async def ready(stage: Set) -> None:
    """Server reached, knowledge here, phone up."""
    seat, driver = stage.seat, stage.driver
    await driver.until(
        "the desk is ready",
        lambda: seat.link.status.server is ServerState.ONLINE and seat.knowledge.ready,
        90,
    )
    await driver.until("a caller may ring", lambda: driver.enabled("ring-caller-button"), 30)
    await driver.until("what must be read", lambda: driver.shown("notice-card"), 30)
    await stage.shoot("ready")
    for _ in range(MOST_NOTICES):
        if driver.shown("notice-card"):
            driver.click("notice-card-button")
            await asyncio.sleep(SETTLE_S)


async def ring(stage: Set, scenario_id: str) -> None:
    driver, seat = stage.driver, stage.seat
    assert seat.practice is not None
    scenario = next(one for one in seat.practice.scenarios if one.scenario_id == scenario_id)
    english = stage.camera.language == "en"
    driver.choose("scenario-chooser", scenario.title_en if english else scenario.title)
    driver.press("Ctrl+R")
    await driver.until("the desk rings", lambda: driver.enabled("answer-button"))


async def quote(stage: Set, words: str) -> None:
    """Search, open the first and quote it."""
    driver = stage.driver
    driver.press("F7")
    driver.type(words)
    await driver.until("results", lambda: bool(driver.rows("results-list")))
    await asyncio.sleep(SETTLE_S)
    driver.press("Return")
    await driver.until("its text", lambda: driver.shown("article-answer"))
    driver.press("Ctrl+Return")
    await driver.until("quoted", lambda: bool(driver.read("answer-field")))


async def hang_up_and_save(stage: Set) -> None:
    driver = stage.driver
    driver.press("F8")
    await driver.until("wrap-up", lambda: stage.state_is(AgentState.WRAP_UP))
    driver.press("F11")
    await driver.until("saved", lambda: stage.state_is(AgentState.PRACTICE))


async def a_call(stage: Set) -> None:
    """A caller who is known, from the ring to the saved summary."""
    driver = stage.driver
    await ring(stage, CHILDREN)
    await driver.until("the card", lambda: driver.shown("caller-segment"))
    await stage.shoot("ringing")
    driver.press("F2")
    await driver.until("talking", lambda: stage.state_is(AgentState.TALKING))
    driver.press("F7")
    driver.type("zinv")
    await driver.until("results", lambda: bool(driver.rows("results-list")))
    await stage.shoot("searching")
    driver.press("Return")
    await driver.until("its text", lambda: driver.shown("article-answer"))
    driver.press("Ctrl+Return")
    await driver.until("quoted", lambda: bool(driver.read("answer-field")))
    driver.click("follow-up-field")
    driver.type("已短信发送办理指引。")
    await stage.shoot("talking")
    driver.click("article-history-button")
    await stage.shoot("article-history")
    driver.click("history-back-button")
    for key, name in IN_A_CALL.items():
        driver.press(key)
        if name == "category":
            driver.press("Down")
        await stage.shoot(f"call-{name}")
        dismiss(stage)
    driver.press("F8")
    await driver.until("wrap-up", lambda: stage.state_is(AgentState.WRAP_UP))
    await stage.shoot("wrap-up")
    driver.press("F11")
    await driver.until("saved", lambda: stage.state_is(AgentState.PRACTICE))


async def an_unknown_caller(stage: Set) -> None:
    driver = stage.driver
    await ring(stage, "password-reset")
    await stage.shoot("unknown-caller")
    driver.press("F2")
    await driver.until("talking", lambda: stage.state_is(AgentState.TALKING))
    await quote(stage, "密码忘记")
    driver.press("Ctrl+G")
    await driver.until("the report", lambda: driver.shown("gap-missing"))
    driver.click("gap-missing")
    driver.type("境外手机号怎么换绑，没有写。")
    await stage.shoot("gap-report")
    driver.press("Alt+Return")
    await hang_up_and_save(stage)


def dismiss(stage: Set) -> None:
    """Fold whatever is unfolded."""
    for flyout in stage.practice.window.findChildren(Flyout):
        if flyout.isVisible():
            flyout.dismiss()
    stage.driver.press("Esc")
