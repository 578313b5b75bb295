"""A call went to another person: the sentence that says so, with the way back (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent_app.desk.relinking import MoveCause, PersonMoved, Relinking
from agent_app.domain.customers import Customer
from ui.caller.view_model import CallerViewModel
from ui.keys import KeyAction, KeyMap
from ui.rows.clipped import ClippedLabel
from ui.theme import set_style_state


class MovedModel(QObject):
    """The last move of the call that the page shows.

    Signals:
        changed: read the properties again.
    """

    changed = Signal()

    def __init__(
        self, view: CallerViewModel, relinking: Relinking, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._relinking = relinking
        relinking.moved.connect(self._on_moved)
        view.changed.connect(self.changed)

    @property
    def move(self) -> PersonMoved | None:
        selected = self._view.selected
        return None if selected is None else self._relinking.last(selected)

    @property
    def sentence(self) -> str:
        return "" if self.move is None else sentence_of(self.move)

    @property
    def can_undo(self) -> bool:
        return self.move is not None and self.move.can_undo

    @property
    def is_fault(self) -> bool:
        return self.move is not None and bool(self.move.fault)

    def undo(self) -> None:
        if self._view.selected is not None:
            self._relinking.undo(self._view.selected)

    def dismiss(self) -> None:
        if self._view.selected is not None:
            self._relinking.dismiss(self._view.selected)
            self.changed.emit()

    def _on_moved(self, move: PersonMoved) -> None:
        if move.interaction_id == self._view.selected:
            self.changed.emit()


def sentence_of(move: PersonMoved) -> str:
    """What happened to the call and what is written of it; names are plain text."""
    after, before = _name(move.after), _name(move.before)
    if move.fault:
        text = QCoreApplication.translate("CallerMoved", "Not moved, still {before}: {reason}")
        return text.format(before=before, reason=move.fault)
    match move.cause:
        case MoveCause.MERGED:
            text = QCoreApplication.translate(
                "CallerMoved", "The centre merged {before} into {after}."
            )
        case MoveCause.GONE:
            text = QCoreApplication.translate(
                "CallerMoved", "{before} is no customer any more; the summary keeps the number."
            )
        case MoveCause.YOU:
            text = "{whose}"
        case MoveCause.COLLEAGUE:
            text = QCoreApplication.translate(
                "CallerMoved", "Your colleague says who it is. {whose}"
            )
        case MoveCause.OTHER_NUMBER:
            text = QCoreApplication.translate(
                "CallerMoved", "The exchange names another number. {whose}"
            )
    if move.saved:
        whose = QCoreApplication.translate(
            "CallerMoved",
            "This call is now: {after} (was: {before}). The saved summary moved along.",
        )
    else:
        whose = QCoreApplication.translate(
            "CallerMoved", "This call is now: {after} (was: {before}). The summary goes along."
        )
    names = {"after": after, "before": before}
    return text.format(whose=whose.format(**names), **names)


def _name(customer: Customer | None) -> str:
    if customer is None:
        return QCoreApplication.translate("CallerMoved", "nobody known")
    return customer.name


class MovedNotice(QFrame):
    """Takes no room while there is nothing to say."""

    def __init__(self, model: MovedModel, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("caller-moved")
        self.setProperty("role", "notice")
        self._shown: str | None = None
        self._text = ClippedLabel(lines=5, name="caller-moved-text")
        undo = self.tr("Undo")
        self.undo_button = QPushButton(f"{undo}  {keys.text(KeyAction.UNDO_MOVE)}")
        self.close_button = QPushButton(self.tr("Understood"))
        for button, name, act in (
            (self.undo_button, "caller-moved-undo", model.undo),
            (self.close_button, "caller-moved-close", model.dismiss),
        ):
            button.setObjectName(name)
            button.setProperty("kind", "inline")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(act)
        self.undo_button.setAccessibleName(undo)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self._text)
        layout.addLayout(row)
        model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        sentence = self._model.sentence
        if sentence == self._shown:
            return
        self._shown = sentence
        self._text.setText(sentence)
        self._text.setAccessibleName(sentence)
        set_style_state(self._text, "state", "fault" if self._model.is_fault else "")
        self.undo_button.setVisible(self._model.can_undo)
        self.setVisible(bool(sentence))
