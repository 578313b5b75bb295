from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from agent_app.desk.practice import Practice, PracticeState
from tests.ui.fakes import FakePractice, Rig, a_scenario
from ui.keys import KeyMap
from ui.language import Language, Languages
from ui.practice.model import PracticeModel, PracticeView
from ui.practice.practice_bar import PracticeBar
from ui.theme import DARK, Theme, ThemeChoice


@pytest.fixture
def model(trainee: Rig, languages: Languages) -> PracticeModel:
    return PracticeModel(cast("Practice", trainee.practice))


@pytest.fixture
def bar(model: PracticeModel, theme: Theme, qtbot: QtBot) -> PracticeBar:
    bar = PracticeBar(model, keys=KeyMap(), theme=theme)
    qtbot.addWidget(bar)
    bar.resize(1366, 40)
    bar.show()
    return bar


def test_a_caller_can_ring_while_nobody_calls(trainee: Rig, model: PracticeModel) -> None:
    assert model.view.can_ring
    model.let_caller_ring(None)
    model.let_caller_ring("s2")
    assert trainee.practice.asked == [None, "s2"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PracticeState.STARTING, "“Education deduction” is about to call"),
        (PracticeState.RINGING, "“Education deduction” is ringing"),
        (PracticeState.TALKING, "“Education deduction” talks: 2 of 3"),
    ],
)
def test_the_simulated_caller_is_followed_in_words(
    trainee: Rig, model: PracticeModel, state: PracticeState, words: str
) -> None:
    trainee.practice.put(state, scenario_id="s1", turn=2, turns=3)
    assert model.view.status == words
    assert not model.view.can_ring
    model.let_caller_ring(None)
    assert trainee.practice.asked == []


def test_what_practice_means_is_read_whole_while_nobody_calls(
    bar: PracticeBar, qtbot: QtBot
) -> None:
    meaning = bar.findChild(QLabel, "practice-meaning")
    assert meaning is not None
    qtbot.waitUntil(lambda: meaning.width() >= meaning.sizeHint().width(), timeout=3000)


def test_the_next_scenario_is_chosen_while_one_rings(trainee: Rig, bar: PracticeBar) -> None:
    chooser = bar.findChild(QComboBox, "scenario-chooser")
    assert chooser is not None
    trainee.practice.put(PracticeState.RINGING, scenario_id="s1")
    assert chooser.isEnabled(), "one that is switched off loses the cursor to its neighbour"


def test_a_caller_that_could_not_call_can_be_tried_again(
    trainee: Rig, model: PracticeModel
) -> None:
    trainee.practice.put(PracticeState.FAULT, detail="no port")
    assert model.view.fault
    assert "Try again" in model.view.status
    assert model.view.can_ring


def test_the_same_status_is_sent_once(trainee: Rig, model: PracticeModel) -> None:
    seen: list[PracticeView] = []
    model.changed.connect(seen.append)
    trainee.practice.put(PracticeState.RINGING, scenario_id="s1")
    trainee.practice.put(PracticeState.RINGING, scenario_id="s1")
    assert len(seen) == 1


def test_without_scenarios_nothing_can_ring_and_that_is_said(languages: Languages) -> None:
    view = PracticeModel(cast("Practice", FakePractice())).view
    assert not view.can_ring
    assert view.status == "There are no practice scenarios here."


def test_scenarios_have_their_title_in_the_language_of_the_screen(languages: Languages) -> None:
    languages.choose(Language.CHINESE)
    view = PracticeModel(cast("Practice", FakePractice(a_scenario()))).view
    assert [choice.title for choice in view.choices] == ["子女教育怎么扣除"]


def test_the_button_shows_its_key_and_rings_the_chosen_scenario(
    trainee: Rig, bar: PracticeBar
) -> None:
    assert bar.ring_button.text() == "Let a caller ring Ctrl+R"
    QTest.mouseClick(bar.ring_button, Qt.MouseButton.LeftButton)
    chooser = bar.findChild(QComboBox, "scenario-chooser")
    assert chooser is not None
    chooser.setCurrentIndex(2)
    QTest.mouseClick(bar.ring_button, Qt.MouseButton.LeftButton)
    assert trainee.practice.asked == [None, "s2"]


def test_the_strip_is_striped_in_every_look(bar: PracticeBar, theme: Theme) -> None:
    for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme.choose(choice)
        image = bar.grab().toImage()
        along_the_edge = {image.pixelColor(x, 1).name() for x in range(0, image.width(), 2)}
        assert {theme.colours.practice_soft, theme.colours.practice_stripe} <= along_the_edge
    assert theme.colours is DARK


def test_the_strip_says_that_this_is_practice(bar: PracticeBar) -> None:
    title = bar.findChild(QLabel, "practice-title")
    assert title is not None
    assert title.text() == "Practice centre"
