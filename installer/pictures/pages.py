"""The pages of the rail, the settings and the small windows, before the camera.

A page that is added to the rail is taken without being named here; a scene of its own shows it at
work.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from installer.pictures.scenes import Set, a_call, an_unknown_caller, dismiss, ready
from ui.settings.page_name import PageName
from ui.window.beside import Beside


async def every_page(stage: Set) -> None:
    """The pages of the rail as they come up."""
    driver = stage.driver
    for name in page_names(stage):
        driver.click(f"page-{name}-button")
        await stage.shoot(f"page-{name}")
    driver.click("page-desk-button")


def page_names(stage: Set) -> list[str]:
    rail = stage.driver.find(QWidget, "rail")
    names = [button.objectName() for button in rail.findChildren(QAbstractButton)]
    pages = [name.removeprefix("page-").removesuffix("-button") for name in names]
    return [page for page in pages if page != "desk"]


async def customers(stage: Set) -> None:
    driver = stage.driver
    driver.click("page-customers-button")
    driver.click("customer-search-field")
    driver.type("张伟")
    await driver.until("somebody", lambda: bool(driver.rows("customer-list")))
    driver.click_row("customer-list", 0)
    await driver.until("who it is", lambda: driver.shown("customer-details-name"))
    await stage.shoot("customers-details")
    driver.click("customer-edit-button")
    await stage.shoot("customers-edit")
    dismiss(stage)
    for name in ("duplicates", "import"):
        if driver.shown(f"customer-{name}-button"):  # for those who may
            driver.click(f"customer-{name}-button")
            await stage.shoot(f"customers-{name}")
            dismiss(stage)


async def editing(stage: Set) -> None:
    driver = stage.driver
    driver.click("page-editing-button")
    driver.click("editing-new-button")
    driver.click("editing-title")
    driver.type("灵活就业人员个税怎么申报")
    driver.click("editing-answer")
    driver.type("按**经营所得**申报，次年3月31日前办理汇算清缴。")
    await stage.shoot("editing-draft")


async def records(stage: Set) -> None:
    driver = stage.driver
    driver.click("page-records-button")
    await driver.until("calls", lambda: bool(driver.rows("records-list")), 20)
    driver.click_row("records-list", 0)
    await stage.shoot("records-details")


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


SCENES: dict[str, Callable[[Set], Awaitable[None]]] = {
    "ready": ready,
    "a-call": a_call,
    "an-unknown-caller": an_unknown_caller,
    "every-page": every_page,
    "customers": customers,
    "editing": editing,
    "records": records,
    "settings": settings,
    "small-windows": small_windows,
}
