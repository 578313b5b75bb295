"""The least that typing into a field above a list can cost: Qt's own widgets, nothing behind."""

from __future__ import annotations

import asyncio
import time

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from bench.painting import PaintWatch
from bench.sheet import BenchError
from bench.typed import Question, type_key

SHOWN = 20


class BareSearch(QWidget):
    """At every key the list gets other titles, and is painted."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self._titles = titles
        self._painted = asyncio.Event()
        self._at_ns = 0
        self._asked = 0
        self._field = QLineEdit()
        self._list = QListView()
        self._model = QStringListModel(titles[:SHOWN])
        self._list.setModel(self._model)
        layout = QVBoxLayout(self)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self.resize(420, 600)
        self._field.textChanged.connect(self._filter)
        self._watch = PaintWatch([self._list.viewport()], self._on_paint)

    async def press(self, question: Question) -> float:
        """Milliseconds from the key to the end of the paint. Raises BenchError."""
        self._painted.clear()
        began = time.monotonic_ns()
        type_key(self._field, question)
        try:
            await asyncio.wait_for(self._painted.wait(), 10)
        except TimeoutError:
            raise BenchError("the bare window was not painted") from None
        return (self._at_ns - began) / 1e6

    def _filter(self, text: str) -> None:
        found = [title for title in self._titles if text in title][:SHOWN]
        self._asked += 1
        start = self._asked % len(self._titles)
        self._model.setStringList(found or self._titles[start : start + SHOWN])

    def _on_paint(self, at_ns: int) -> None:
        self._at_ns = at_ns
        self._painted.set()
