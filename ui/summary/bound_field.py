"""A text field of the summary: every keystroke goes to the desk, its words come back (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.domain.summary import TEXT_LIMIT, SummaryField
from ui.formatting import count
from ui.summary.labelled import Labelled
from ui.summary.text_field import TextField
from ui.summary.view_model import SummaryViewModel
from ui.theme import set_style_state


class BoundField(QObject):
    """One text field, the summary field it stands for, and the remark beside its name.

    Signals:
        typed: she changed it.
    """

    typed = Signal()

    def __init__(
        self,
        view: SummaryViewModel,
        field: SummaryField,
        *,
        name: str,
        caption: str,
        least: int = 2,
        most: int = 0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._field = field
        self._full = False
        self.widget = TextField(name=name, spoken=caption, least=least, most=most, grows=True)
        self.block = Labelled(caption, self.widget)
        self.widget.edited.connect(self._on_edited)
        self.widget.limit_reached.connect(self._on_limit)

    def show_text(self, *, fresh: bool) -> None:
        text = self._view.text(self._field)
        if fresh:
            self.widget.show_fresh(text)
        else:
            self.widget.show_written(text)
        self.widget.setReadOnly(not self._view.editable)
        set_style_state(self.widget, "locked", not self._view.editable)
        self.widget.setEnabled(self._view.draft is not None)
        self._show_remark()

    def _show_remark(self) -> None:
        remark = self._view.missing_text(self._field)
        if self._full:
            remark = self.tr("full: no more than {limit} characters").format(
                limit=count(TEXT_LIMIT)
            )
        self.block.show_remark(remark)

    def _on_edited(self, text: str) -> None:
        self._view.set_text(self._field, text)
        self.typed.emit()

    def _on_limit(self, full: bool) -> None:
        self._full = full
        self._show_remark()
