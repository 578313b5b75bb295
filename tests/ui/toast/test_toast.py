from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from sip import messages as m
from tests.ui.fakes import Rig
from ui.call_bar.facts import CallFacts
from ui.toast.model import ToastModel
from ui.toast.toast import Toast

ACTIVE, INACTIVE = Qt.ApplicationState.ApplicationActive, Qt.ApplicationState.ApplicationInactive
FIRST = m.LineId("1-9")


@pytest.fixture
def model(rig: Rig) -> ToastModel:
    return ToastModel(rig.seat)


@pytest.fixture
def toast(model: ToastModel, qtbot: QtBot) -> Toast:
    toast = Toast(model)
    qtbot.addWidget(toast)
    return toast


def test_in_the_window_the_call_needs_no_toast(rig: Rig, model: ToastModel) -> None:
    model.follow_application(ACTIVE)
    rig.ring()
    assert model.facts is None


def test_a_call_rings_outside_the_window_when_that_is_not_in_front(
    rig: Rig, model: ToastModel
) -> None:
    seen: list[CallFacts | None] = []
    model.changed.connect(seen.append)
    model.follow_application(INACTIVE)
    assert seen == []
    rig.ring()
    assert model.facts is not None
    assert (model.facts.name, model.facts.number) == ("张伟", "138 0013 8000")
    assert model.facts.details.startswith("queue 咨询 · dialled 12366")
    model.follow_application(ACTIVE)
    assert seen[-1] is None


def test_the_toast_goes_when_the_ringing_ends(rig: Rig, model: ToastModel) -> None:
    model.follow_application(INACTIVE)
    rig.ring()
    rig.answered()
    assert model.facts is None
    rig.ended()
    rig.ring()
    assert model.facts is not None
    rig.ended()
    assert model.facts is None


def test_the_first_of_two_ringing_calls_is_shown(rig: Rig, model: ToastModel) -> None:
    model.follow_application(INACTIVE)
    first = rig.ring()
    rig.ring("1-10", number="057185123456", name="")
    assert model.facts is not None
    assert model.facts.interaction_id == first


def test_answering_without_a_call_does_nothing(rig: Rig, model: ToastModel) -> None:
    model.answer()
    assert rig.commands == []


def test_the_toast_takes_no_focus_from_where_the_agent_types(
    rig: Rig, model: ToastModel, toast: Toast, qtbot: QtBot
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=3000)
    model.follow_application(INACTIVE)
    rig.ring()
    assert toast.isVisible()
    assert field.hasFocus()
    assert toast.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert toast.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert toast.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_the_toast_shows_who_rings_as_plain_text(rig: Rig, model: ToastModel, toast: Toast) -> None:
    model.follow_application(INACTIVE)
    rig.ring(name="<img src=x>", number="110")
    name = toast.findChild(QLabel, "toast-name")
    assert name is not None
    assert name.text() == "<img src=x>"
    assert name.textFormat() is Qt.TextFormat.PlainText


def test_answering_in_the_toast_answers_and_brings_the_window(
    rig: Rig, model: ToastModel, toast: Toast, qtbot: QtBot
) -> None:
    model.follow_application(INACTIVE)
    rig.ring()
    button = toast.findChild(QPushButton, "toast-answer-button")
    assert button is not None
    with qtbot.waitSignal(toast.window_wanted, timeout=1000):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert rig.commands == [m.Answer(FIRST)]
    rig.answered()
    assert not toast.isVisible()


def test_a_call_without_a_name_shows_its_number_once(
    rig: Rig, model: ToastModel, toast: Toast
) -> None:
    model.follow_application(INACTIVE)
    rig.ring(name="", number="057185123456")
    name, number = toast.findChild(QLabel, "toast-name"), toast.findChild(QLabel, "toast-number")
    assert name is not None
    assert number is not None
    assert name.text() == "0571 8512 3456"
    assert not number.isVisible()
