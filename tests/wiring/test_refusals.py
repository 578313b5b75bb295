"""What the sign-in window says of what stands between her and her data."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_app.runtime.errors import OldPasswordNeededError, PasswordNeededError, RuntimeFault
from agent_app.wiring.duty_session import refuse
from ui.sign_in import SignInWindow


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OldPasswordNeededError(), "locked with the one before"),
        (OldPasswordNeededError(wrong=True), "not the password before, either"),
        (PasswordNeededError(), "the password is their key"),
    ],
)
def test_a_password_that_is_wanted_is_named(qtbot: QtBot, error: RuntimeFault, said: str) -> None:
    window = SignInWindow(server="https://zuoxi.test", login="1001")
    qtbot.addWidget(window)
    refuse(window, error)
    message = window.findChild(QLabel, "sign-in-message")
    assert message is not None
    assert said in message.text()
