"""Microphone, speaker and ring, with the level to see and the ring to hear (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ui.formatting import button_text, tooltip
from ui.labels import plain_label
from ui.level_bar import LevelBar
from ui.settings.device_list import DeviceList
from ui.settings.sound_model import Move, RingChoice, SoundModel, SoundView, Wish


class SoundPage(QWidget):
    """Each change is effective at once, in a call as well.

    Signals:
        self_test_wanted.
    """

    self_test_wanted = Signal()

    def __init__(self, model: SoundModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("sound-page")
        self._microphones = DeviceList("microphones", self.tr("Microphone"), self)
        self._speakers = DeviceList("speakers", self.tr("Speaker"), self)
        self._level = LevelBar("microphone-level", self)
        self._boxes: dict[str, QCheckBox] = {}
        self._ring_boxes = QVBoxLayout()
        self._note = plain_label(name="ring-note", role="caption")
        self._volume = QSlider(Qt.Orientation.Horizontal, self)
        self._try = QPushButton(self)
        self._test = QPushButton(self.tr("Self-test …"), self)
        self._lay_out()
        self._microphones.move_wanted.connect(self._move_microphone)
        self._speakers.move_wanted.connect(self._move_speaker)
        self._volume.actionTriggered.connect(self._on_volume)
        self._volume.sliderReleased.connect(self._take_volume)
        self._try.clicked.connect(model.toggle_ring)
        self._test.clicked.connect(self.self_test_wanted)
        model.level_changed.connect(self._level.show_level)
        model.changed.connect(self._show)
        self._show(model.view)

    def _lay_out(self) -> None:
        self._volume.setObjectName("ring-volume")
        self._volume.setAccessibleName(self.tr("Ring volume"))
        self._volume.setRange(0, 100)
        self._volume.setPageStep(10)
        self._try.setObjectName("ring-test-button")
        self._test.setObjectName("self-test-button")
        self._ring_boxes.setSpacing(2)
        lists = QHBoxLayout()
        lists.setSpacing(16)
        for one in (self._microphones, self._speakers):
            lists.addWidget(one, 1)
        hint = plain_label(
            self.tr("The first of each list that is plugged in is used, now and at every change."),
            role="caption")  # fmt: skip
        ring = QHBoxLayout()
        ring.setSpacing(12)
        ring.addWidget(plain_label(self.tr("Ring volume")))
        ring.addWidget(self._volume, 1)
        ring.addWidget(self._try)
        foot = QHBoxLayout()
        foot.addWidget(
            plain_label(self.tr("Microphone, ring and an echo call to the exchange in 20 s:")), 1
        )
        foot.addWidget(self._test)  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(lists)
        layout.addWidget(hint)
        layout.addWidget(
            plain_label(self.tr("Your voice now; it should reach the marked part"), role="caption")
        )
        layout.addWidget(self._level)
        layout.addWidget(plain_label(self.tr("Ring on"), role="heading"))
        layout.addLayout(self._ring_boxes)
        layout.addWidget(self._note)
        layout.addLayout(ring)
        layout.addStretch(1)
        layout.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.look(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.look(False)

    def _show(self, view: SoundView) -> None:
        self._microphones.show_rows(view.microphones)
        self._speakers.show_rows(view.speakers)
        self._show_rings(view.rings)
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        if not self._volume.isSliderDown():
            self._volume.setValue(view.volume)
        self._try.setText(self.tr("Stop ringing") if view.ringing else self.tr("Try the ring"))

    def _show_rings(self, rings: tuple[RingChoice, ...]) -> None:
        wanted = {ring.name for ring in rings}
        for name in [name for name in self._boxes if name not in wanted]:
            self._boxes.pop(name).deleteLater()
        for place, ring in enumerate(rings, 1):
            box = self._boxes.get(ring.name) or self._box(ring.name)
            box.setObjectName(f"ring-device-{place}")
            text = ring.name if ring.there else self.tr("{name} (not plugged in)")
            box.setText(button_text(text.format(name=ring.name) if not ring.there else text))
            box.setChecked(ring.chosen)

    def _box(self, name: str) -> QCheckBox:
        box = QCheckBox(self)
        box.setProperty("device", name)
        box.setToolTip(tooltip(name))
        box.clicked.connect(self._on_box)
        self._boxes[name] = box
        self._ring_boxes.addWidget(box)
        return box

    def _on_box(self, chosen: bool) -> None:
        box = self.sender()
        if isinstance(box, QCheckBox):
            self._model.choose_ring(str(box.property("device")), chosen)

    def _move_microphone(self, name: str, move: Move) -> None:
        self._model.move(Wish.MICROPHONES, name, move)

    def _move_speaker(self, name: str, move: Move) -> None:
        self._model.move(Wish.SPEAKERS, name, move)

    def _on_volume(self, action: int) -> None:
        """By key, wheel or click: at once; while the handle is held, when it is let go."""
        if action != QAbstractSlider.SliderAction.SliderMove.value:
            self._model.set_volume(self._volume.sliderPosition())

    def _take_volume(self) -> None:
        self._model.set_volume(self._volume.value())
