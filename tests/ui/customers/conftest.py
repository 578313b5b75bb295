"""The page alone, and in the window; somebody is known there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from agent_app.domain.customers import CustomValue
from agent_app.domain.ids import CustomerId, InteractionId
from tests.desk.fakes import FakeCallers, a_customer, past
from tests.desk.fakes_people import a_hit
from tests.ui.customers.hands import LONG, Open, OpenWindow
from tests.ui.fakes import Rig, a_rig, known_callers
from ui.customers.page import CustomersPage
from ui.key_binder import KeyBinder
from ui.keys import KeyMap
from ui.language import Languages
from ui.rail.spec import PageGround
from ui.theme import Theme
from ui.window.desk_window import DeskWindow


def full_callers() -> FakeCallers:
    callers = known_callers()
    history = tuple(
        replace(past("01"), interaction_id=InteractionId(f"i{place}"), delivered=place > 0,
                started_at=datetime(2026, 2, 20 - place, 8, 0, tzinfo=UTC))
        for place in range(3)
    )  # fmt: skip
    callers.customers[CustomerId("c1")] = a_customer(
        history=history, history_total=9, company="云栖餐饮", warning="请班长旁听",
        arrears_cents=1250, provisional=frozenset({"notes"}), notes="下午回电",
        custom=(CustomValue("level", "信用等级", "Credit level", "A"),),
    )  # fmt: skip
    callers.customers[CustomerId("c3")] = a_customer("c3", "张" + LONG)
    return callers


def stocked(role: str) -> Rig:
    rig = a_rig(callers=full_callers(), role=role)
    rig.people.search.hits = (
        a_hit(), a_hit("c2", "张维", provisional=True), a_hit("c3", "张" + LONG, company=LONG),
    )  # fmt: skip
    return rig


@pytest.fixture
def open_page(qtbot: QtBot, theme: Theme, languages: Languages) -> Open:
    def open_it(role: str = "supervisor") -> tuple[CustomersPage, Rig]:
        rig = stocked(role)
        frame = QWidget()
        qtbot.addWidget(frame)
        ground = PageGround(rig.seat, KeyMap(), theme, KeyBinder(frame, KeyMap()), _dial_nothing,
                            _nowhere, _reading_nothing)  # fmt: skip
        page = CustomersPage(ground, frame)
        QVBoxLayout(frame).addWidget(page)
        frame.resize(1300, 600)
        frame.show()
        frame.activateWindow()
        qtbot.waitUntil(frame.isActiveWindow, timeout=3000)
        page.setFocus()
        return page, rig

    return open_it


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, languages: Languages, memory: QSettings) -> OpenWindow:
    def open_it(role: str = "supervisor") -> tuple[DeskWindow, Rig]:
        rig = stocked(role)
        window = DeskWindow(rig.seat, theme=theme, languages=languages, keys=KeyMap(),
                            memory=memory)  # fmt: skip
        qtbot.addWidget(window, before_close_func=_let_close)
        window.resize(1366, 728)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=3000)
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        return window, rig

    return open_it


def _dial_nothing(_number: str) -> None:
    raise AssertionError("no number was chosen")


def _nowhere(_name: str) -> bool:
    return False


def _reading_nothing(_article_id: str, _version: int) -> None:
    raise AssertionError("no article was chosen")


def _let_close(window: DeskWindow) -> None:
    window._leaving = True
