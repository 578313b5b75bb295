"""What unfolds over the page is built when it is first wanted, and only then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.ui.fakes import Rig, a_rig, known_callers
from tests.ui.window.hands import Open, child
from ui.caller.finder import Finder
from ui.flyout import Flyout
from ui.language import Language, Languages
from ui.window.desk_window import DeskWindow

KEYS = {
    "call-history": "Ctrl+H",
    "pick-up": "F6",
    "transfer": "F4",
    "keypad": "Ctrl+T",
    "ticket": "F12",
    "gap": "Ctrl+G",
    "customer": "Ctrl+P",
    "promise": "Ctrl+B",
    "person-finder": "Alt+P",
}


@pytest.fixture
def agent(qapp: QApplication) -> Rig:
    return a_rig(callers=known_callers(), role="agent")


def talking(rig: Rig) -> None:
    rig.ring()
    rig.answered()


def unfolding(window: DeskWindow) -> list[str]:
    """Names of what is built of it."""
    parts = (*window.findChildren(Flyout), *window.findChildren(Finder))
    return [part.objectName() for part in parts]


def press(window: DeskWindow, keys: str) -> None:
    *held, last = keys.split("+")
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= {"Ctrl": Qt.KeyboardModifier.ControlModifier,
                      "Alt": Qt.KeyboardModifier.AltModifier}[one]  # fmt: skip
    key = getattr(Qt.Key, f"Key_{last}")
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


def test_nothing_is_built_that_nobody_asked_for(open_desk: Open, agent: Rig) -> None:
    window = open_desk(agent)
    assert unfolding(window) == []
    talking(agent)
    assert unfolding(window) == []
    agent.ended()
    assert unfolding(window) == []


@pytest.mark.parametrize("name", KEYS)
def test_its_key_builds_it_once(open_desk: Open, agent: Rig, name: str) -> None:
    window = open_desk(agent)
    talking(agent)
    press(window, KEYS[name])
    assert unfolding(window) == [name]
    part = child(window, QWidget, name)
    assert part.isVisible()
    assert part.isAncestorOf(window.focusWidget())
    press(window, "Escape")
    assert not part.isVisible()
    press(window, KEYS[name])
    assert part.isVisible()
    assert unfolding(window) == [name]


def test_the_copy_s_indicator_and_the_parked_ones_build_theirs(open_desk: Open, agent: Rig) -> None:
    window = open_desk(agent)
    window._page.state_bar.server.clicked.emit()
    assert unfolding(window) == ["local-copy"]
    talking(agent)
    agent.ended()
    [draft] = agent.seat.summaries.open_drafts
    agent.seat.summaries.park(draft.interaction_id)
    child(window, QPushButton, "parked-button").click()
    assert unfolding(window) == ["local-copy", "parked"]


def test_another_language_builds_it_anew_when_it_is_wanted(
    open_desk: Open, agent: Rig, languages: Languages
) -> None:
    window = open_desk(agent)
    talking(agent)
    press(window, "Ctrl+T")
    assert child(window, Flyout, "keypad").accessibleName() == "Keypad"
    languages.choose(Language.CHINESE)
    for _ in range(2):  # the page, then what belonged to its buttons
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert unfolding(window) == []
    press(window, "Ctrl+T")
    assert unfolding(window) == ["keypad"]
    assert child(window, Flyout, "keypad").accessibleName() == "键盘"


def test_tab_goes_from_the_caller_s_buttons_into_the_finder_and_on_to_the_card(
    open_desk: Open, agent: Rig
) -> None:
    window = open_desk(agent)
    talking(agent)
    press(window, "Alt+P")
    child(window, QPushButton, "caller-other-button").setFocus()
    stops = []
    for _ in range(3):
        press(window, "Tab")
        stops.append(window.focusWidget().objectName())
    assert stops == ["person-field", "person-nobody", "number-list"]
