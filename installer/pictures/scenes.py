"""What is played before the camera, in this order: each scene leaves the desk as the next needs it.

A page that is added to the rail is taken without being named here; a scene of its own shows it at
work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from agent_app.demo.driver import Driver
from agent_app.desk.seat import Seat
from agent_app.domain.agent_state import AgentState
from agent_app.domain.link import ServerState
from agent_app.wiring.practice_session import OpenPractice
from installer.pictures.camera import SETTLE_S, Camera
from ui.flyout import Flyout
from ui.settings.window import PageName
from ui.window.beside import Beside

CHILDREN = "tax-deduction-children"


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
    await stage.shoot("ready")


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
    for name in ("transfer-button", "keypad-button"):
        driver.click(name)
        await stage.shoot(f"call-{name.removesuffix('-button')}")
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
    await hang_up_and_save(stage)


async def every_page(stage: Set) -> None:
    """The pages of the rail as they come up."""
    driver = stage.driver
    for name in page_names(stage):
        driver.click(f"page-{name}-button")
        await stage.shoot(f"page-{name}")
    driver.click("page-desk-button")


def page_names(stage: Set) -> list[str]:
    rail = stage.driver.find(QWidget, "rail")
    buttons = rail.findChildren(QAbstractButton)
    names = [button.objectName() for button in buttons]
    pages = [name.removeprefix("page-").removesuffix("-button") for name in names]
    return [page for page in pages if page != "desk"]


async def settings(stage: Set) -> None:
    beside = beside_of(stage)
    for page in PageName:
        beside.show_settings(page)
        await stage.shoot(f"settings-{page.value}")
    close_dialogs(stage)


async def small_windows(stage: Set) -> None:
    beside = beside_of(stage)
    for name, show in (
        ("outbox", beside.show_outbox),
        ("inbox", beside.show_inbox),
        ("keys", beside.show_keys),
        ("self-test", beside.show_self_test),
    ):
        show()
        await stage.shoot(name)
        close_dialogs(stage)


def beside_of(stage: Set) -> Beside:
    beside = stage.practice.window.findChild(Beside)
    assert isinstance(beside, Beside)
    return beside


def close_dialogs(stage: Set) -> None:
    for dialog in stage.practice.window.findChildren(QDialog):
        if dialog.isVisible():
            dialog.close()


def dismiss(stage: Set) -> None:
    for flyout in stage.practice.window.findChildren(Flyout):
        if flyout.isVisible():
            flyout.dismiss()


SCENES: dict[str, Callable[[Set], Awaitable[None]]] = {
    "ready": ready,
    "a-call": a_call,
    "an-unknown-caller": an_unknown_caller,
    "every-page": every_page,
    "settings": settings,
    "small-windows": small_windows,
}
