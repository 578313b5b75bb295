"""The self-test's small window: what to do now, how far it is, what it found (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ui.buttons import push_button
from ui.icons import SvgMark
from ui.labels import plain_label
from ui.level_bar import LevelBar
from ui.self_test.model import Finding, SelfTestModel, SelfTestView
from ui.theme import set_style_state

ICONS = {"good": "good", "warning": "warning", "fault": "fault", "neutral": "info"}
LINES = 4
SIZE_PX = (520, 400)


class SelfTestWindow(QDialog):
    """Beside the work, never modal: a real call ends the test and is answered as always."""

    def __init__(self, model: SelfTestModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("self-test-window")
        self.setWindowTitle(self.tr("Self-test"))
        self.setModal(False)
        self._instruction = plain_label(name="self-test-instruction", role="heading")
        self._instruction.setWordWrap(True)
        self._instruction.setMinimumHeight(48)
        self._progress = QProgressBar(self)
        self._level = LevelBar("self-test-level", self)
        self._heard = push_button(self, "self-test-heard-button", self.tr("I hear it"))
        self._silent = push_button(self, "self-test-not-heard-button", self.tr("I hear nothing"))
        self._lines: list[tuple[SvgMark, QLabel, QLabel]] = []
        self._verdict = plain_label(name="self-test-verdict", role="heading")
        self._verdict.setWordWrap(True)
        self._start = push_button(self, "self-test-start-button", self.tr("Start"))
        self._stop = push_button(self, "self-test-stop-button", self.tr("Stop"))
        self._start.setProperty("kind", "primary")
        self._lay_out()
        self._heard.clicked.connect(self._say_heard)
        self._silent.clicked.connect(self._say_silent)
        self._start.clicked.connect(model.start)
        self._stop.clicked.connect(model.stop)
        model.changed.connect(self._show)
        self._show(model.view)
        self.resize(*SIZE_PX)

    def _lay_out(self) -> None:
        self._progress.setObjectName("self-test-progress")
        self._progress.setAccessibleName(self.tr("How far the test is"))
        self._progress.setRange(0, 1000)
        self._progress.setTextVisible(False)
        asked = QHBoxLayout()
        for widget in (self._heard, self._silent):
            asked.addWidget(widget)
        asked.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self._verdict, 1)
        for widget in (self._stop, self._start):
            foot.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self._instruction)
        layout.addWidget(self._progress)
        layout.addWidget(
            plain_label(self.tr("Your voice; it should reach the marked part"), role="caption")
        )
        layout.addWidget(self._level)
        layout.addLayout(asked)
        layout.addLayout(self._results())
        layout.addStretch(1)
        layout.addLayout(foot)

    def _results(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row in range(LINES):
            mark = SvgMark("info", size=16, parent=self)
            what = plain_label(name=f"self-test-what-{row + 1}", role="muted")
            text = plain_label(name=f"self-test-finding-{row + 1}")
            text.setWordWrap(True)
            for column, widget in enumerate((mark, what, text)):
                grid.addWidget(widget, row, column, top)
            self._lines.append((mark, what, text))
        return grid

    def _show(self, view: SelfTestView) -> None:
        self._instruction.setText(view.refusal or view.instruction)
        set_style_state(self._instruction, "state", "fault" if view.refusal else "")
        self._progress.setValue(round(1000 * view.share))
        self._level.show_level(view.level)
        for button in (self._heard, self._silent):
            button.setEnabled(view.asks_about_ring)
        for place, line in enumerate(self._lines):
            found = view.findings[place] if place < len(view.findings) else Finding("", "", "")
            self._show_finding(line, found)
        self._verdict.setText(view.verdict)
        set_style_state(self._verdict, "state", "good" if view.passed else "fault")
        self._start.setEnabled(not view.running)
        self._stop.setEnabled(view.running)

    def _show_finding(self, line: tuple[SvgMark, QLabel, QLabel], found: Finding) -> None:
        mark, what, text = line
        mark.setVisible(bool(found.text))
        mark.show_icon(ICONS.get(found.health, "info"))
        what.setText(found.what)
        text.setText(found.text)
        for widget in (mark, text):
            set_style_state(widget, "health", found.health)

    def _say_heard(self) -> None:
        self._model.ring_heard(True)

    def _say_silent(self) -> None:
        self._model.ring_heard(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._model.stop()
        super().closeEvent(event)
