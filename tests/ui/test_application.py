from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ui.application import BODY_PX, body_font

SCRIPT = """
import os
from ui.application import create_application
from ui.language import Language
from ui.theme import ThemeChoice
application = create_application(["zuoxi"], Language.CHINESE, ThemeChoice.DARK)
from agent_app.domain.agent_state import AgentState
from ui import words
print(application.palette().window().color().name(), words.agent_state(AgentState.READY))
print(application.font().pixelSize(), application.quitOnLastWindowClosed())
os.sys.stdout.flush()
os._exit(0)
"""


def test_body_text_has_tabular_digits(qapp: QApplication) -> None:
    font = body_font()
    assert font.pixelSize() == BODY_PX
    assert font.featureValue(QFont.Tag("tnum")) == 1


@pytest.mark.processes
def test_the_application_starts_in_the_chosen_look_and_language() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, timeout=60,
                           capture_output=True, encoding="utf-8", check=True)  # fmt: skip
    assert ended.stdout.splitlines() == ["#14181e 空闲", "13 False"]
