from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.sign_in.finding import found
from tests.ui.sign_in.hands import Hands
from ui.sign_in import Credentials, SignInProblem, SignInWindow

SERVER = "https://seat.example:8443"
SECRET = "correct horse"


class Desk:
    """The window, what it said, and its parts by name."""

    def __init__(self, window: SignInWindow) -> None:
        self.window = window
        self.submitted: list[Credentials] = []
        self.cancelled = 0
        window.submitted.connect(self.submitted.append)
        window.cancelled.connect(self.count)

    def count(self) -> None:
        self.cancelled += 1

    def field(self, name: str) -> QLineEdit:
        return found(self.window, QLineEdit, name)

    def words(self, name: str = "sign-in-message") -> str:
        return found(self.window, QLabel, name).text()

    @property
    def button(self) -> QPushButton:
        return found(self.window, QPushButton, "sign-in-button")

    def type_in(self, login: str = "1001", password: str = SECRET) -> None:
        self.field("sign-in-login").setText(login)
        self.field("sign-in-password").setText(password)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def desk(qtbot: QtBot, hands: Hands) -> Desk:
    window = SignInWindow(server=SERVER, clock=hands)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return Desk(window)


def has_focus(window: QWidget, name: str) -> bool:
    """Within its window; whether the window itself is active is the window manager's."""
    focused = window.focusWidget()
    return focused is not None and focused.objectName() == name


def test_return_in_the_password_hands_on_what_was_typed(desk: Desk) -> None:
    desk.type_in(login=" 1001 ")
    QTest.keyClick(desk.field("sign-in-password"), Qt.Key.Key_Return)
    assert desk.submitted == [Credentials("1001", SECRET)]


def test_the_button_hands_it_on_by_mouse_and_by_return(desk: Desk) -> None:
    desk.type_in()
    QTest.mouseClick(desk.button, Qt.MouseButton.LeftButton)
    desk.window.refuse(SignInProblem.WRONG_CREDENTIALS)
    desk.type_in()
    QTest.keyClick(desk.button, Qt.Key.Key_Return)
    assert len(desk.submitted) == 2


def test_nothing_of_the_password_stays_in_the_window(desk: Desk) -> None:
    desk.type_in()
    desk.button.click()
    field = desk.field("sign-in-password")
    assert field.text() == ""
    field.undo()
    assert field.text() == ""
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert SECRET not in repr(desk.submitted)
    held = [*vars(desk.window).values(), *vars(desk.window._model).values()]
    assert not [value for value in held if isinstance(value, str) and SECRET in value]


def test_a_password_not_sent_is_gone_when_the_window_closes(desk: Desk) -> None:
    desk.type_in()
    desk.window.close()
    assert desk.field("sign-in-password").text() == ""


def test_a_second_return_while_it_is_under_way_sends_nothing(desk: Desk) -> None:
    desk.type_in()
    desk.button.click()
    QTest.keyClick(desk.field("sign-in-password"), Qt.Key.Key_Return)
    assert len(desk.submitted) == 1
    assert desk.field("sign-in-password").isReadOnly()
    assert not desk.button.isEnabled()
    assert desk.words() == "Asking the server …"


def test_return_in_the_login_leads_on_to_the_password(desk: Desk) -> None:
    desk.field("sign-in-login").setText("1001")
    QTest.keyClick(desk.field("sign-in-login"), Qt.Key.Key_Return)
    assert has_focus(desk.window, "sign-in-password")
    assert desk.words() == ""


def test_a_missing_login_is_asked_for_and_the_password_stays(desk: Desk) -> None:
    desk.type_in(login="  ")
    desk.button.click()
    assert not desk.submitted
    assert has_focus(desk.window, "sign-in-login")
    assert desk.field("sign-in-password").text() == SECRET
    assert desk.words() == "Enter your login and your password."


def test_after_a_refusal_she_types_the_password_again(desk: Desk) -> None:
    desk.type_in()
    desk.button.click()
    desk.window.refuse(SignInProblem.WRONG_CREDENTIALS)
    assert desk.words() == "The login or the password is wrong."
    assert desk.field("sign-in-login").text() == "1001"
    assert has_focus(desk.window, "sign-in-password")
    assert not desk.field("sign-in-password").isReadOnly()


def test_a_lock_keeps_the_button_until_its_time_is_over(
    desk: Desk, hands: Hands, qtbot: QtBot
) -> None:
    desk.window.refuse(SignInProblem.LOCKED, retry_after_s=42)
    assert desk.words() == "Too many failed attempts. You can try again in 00:42."
    desk.type_in()
    QTest.keyClick(desk.field("sign-in-password"), Qt.Key.Key_Return)
    assert not desk.submitted
    assert not desk.button.isEnabled()
    hands.at_s += 42
    qtbot.waitUntil(desk.button.isEnabled, timeout=5_000)
    QTest.keyClick(desk.field("sign-in-password"), Qt.Key.Key_Return)
    assert desk.submitted == [Credentials("1001", SECRET)]


def test_what_others_say_is_shown_as_plain_text(desk: Desk) -> None:
    desk.window.refuse(SignInProblem.OTHER, detail="<b>502</b> Bad Gateway")
    assert desk.words("sign-in-detail") == "<b>502</b> Bad Gateway"
    assert desk.words("sign-in-server").endswith(SERVER)
    labels = desk.window.findChildren(QLabel)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("problem", SignInProblem)
def test_no_message_moves_what_stands_around_it(desk: Desk, problem: SignInProblem) -> None:
    before = (desk.window.size(), desk.button.geometry())
    desk.window.refuse(problem, retry_after_s=3_700, detail="a cause in other words " * 20)
    QApplication.sendPostedEvents(desk.window, QEvent.Type.LayoutRequest)
    assert (desk.window.size(), desk.button.geometry()) == before


def test_escape_and_closing_are_told_once_each(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk.field("sign-in-login"), Qt.Key.Key_Escape)
    assert desk.cancelled == 1
    assert not desk.window.isVisible()
    desk.window.show()
    desk.window.close()
    assert desk.cancelled == 2


def test_finishing_is_not_cancelling_and_the_window_can_come_again(desk: Desk) -> None:
    desk.window.finish()
    assert desk.cancelled == 0
    assert not desk.window.isVisible()
    desk.window.show()
    desk.window.close()
    assert desk.cancelled == 1


def test_a_minimised_window_comes_back_when_somebody_knocks(desk: Desk) -> None:
    desk.window.showMinimized()
    desk.window.bring_up()
    assert desk.window.isVisible()
    assert not desk.window.isMinimized()


def test_it_asks_for_what_is_not_known_yet(qtbot: QtBot) -> None:
    for login, field in (("", "sign-in-login"), ("1001", "sign-in-password")):
        window = SignInWindow(server=SERVER, login=login)
        qtbot.addWidget(window)
        window.show()
        assert has_focus(window, field)


def test_before_the_desk_it_takes_no_focus(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = SignInWindow(server=SERVER, parent=parent)
    assert window.isWindow()
    assert not window.isModal()
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not SignInWindow(server=SERVER).testAttribute(
        Qt.WidgetAttribute.WA_ShowWithoutActivating
    )


def test_every_control_has_a_name_and_the_tab_order_follows_the_work(desk: Desk) -> None:
    desk.type_in()
    desk.field("sign-in-login").setFocus()
    visited = []
    for _ in range(3):
        focused = desk.window.focusWidget()
        assert focused.accessibleName()
        visited.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert visited == ["sign-in-login", "sign-in-password", "sign-in-button"]


def test_caps_lock_is_pointed_out_beside_the_password(desk: Desk) -> None:
    hint = found(desk.window, QLabel, "sign-in-caps-lock")
    assert not hint.isVisible()
    QTest.sendKeyEvent(
        QTest.KeyAction.Click,
        desk.field("sign-in-password"),
        Qt.Key.Key_A,
        "A",
        Qt.KeyboardModifier.NoModifier,
    )
    assert hint.isVisible()


class Backwards(QTranslator):
    """A language for the test: every text is written from its end."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return source if "{" in source else source[::-1]

    def isEmpty(self) -> bool:
        return False


def test_another_language_changes_every_word_at_once(desk: Desk) -> None:
    desk.window.refuse(SignInProblem.WRONG_CREDENTIALS)
    translator = Backwards()
    application = QApplication.instance()
    assert application is not None
    application.installTranslator(translator)
    try:
        QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
        assert desk.button.text() == "ni ngiS"
        assert desk.field("sign-in-login").accessibleName() == "nigoL"
        assert desk.words() == ".gnorw si drowssap eht ro nigol ehT"
    finally:
        application.removeTranslator(translator)
