"""The fields of the customer's form, each bound to one part (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from agent_app.domain.customer_edit import CustomField, FieldKind
from ui.choice_box import ChoiceBox
from ui.customer.model import CustomerFormModel, Typed
from ui.record_words import custom_name, yes_no
from ui.summary.labelled import Labelled
from ui.summary.text_field import TextField


class Part(QObject):
    """One field with its caption; each kind of it shows a value in its own way.

    Signals:
        typed: Typed, what she wants this part to have.
    """

    typed = Signal(object)

    def __init__(self, name: str, caption: str, field: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        field.setObjectName(f"customer-{name.replace('_', '-').replace('.', '-')}")
        field.setAccessibleName(caption)
        self.name = name
        self.field = field
        self.block = Labelled(caption, field)

    def _tell(self, value: object) -> None:
        self.typed.emit(Typed(self.name, value))


class LinePart(Part):
    """A line of text."""

    def __init__(self, name: str, caption: str, parent: QObject) -> None:
        self._line = QLineEdit()
        super().__init__(name, caption, self._line, parent)
        self._line.textEdited.connect(self._tell)

    def show_value(self, value: object) -> None:
        self._line.setText("" if value is None else str(value))
        self._line.setCursorPosition(0)


class TextPart(Part):
    """Several lines of text."""

    def __init__(self, name: str, caption: str, parent: QObject, *, lines: tuple[int, int]) -> None:
        self._text = TextField(name="", spoken="", least=lines[0], most=lines[1])
        super().__init__(name, caption, self._text, parent)
        self._text.edited.connect(self._tell)

    def show_value(self, value: object) -> None:
        self._text.show_fresh(str(value))


class ChoicePart(Part):
    """One of several; ``None`` where nothing is chosen."""

    def __init__(
        self, name: str, caption: str, parent: QObject, *, choices: tuple[tuple[object, str], ...]
    ) -> None:
        self._box = ChoiceBox()
        super().__init__(name, caption, self._box, parent)
        self._keys: list[object] = []
        self.offer(choices)
        self._box.activated.connect(self._on_activated)

    def offer(self, choices: tuple[tuple[object, str], ...]) -> None:
        """Other choices from now on."""
        self._box.clear()
        self._keys = [key for key, _ in choices]
        self._box.addItems([word for _, word in choices])

    def show_value(self, value: object) -> None:
        """A value that is no choice (any more) is shown as it is, and kept."""
        if value not in self._keys:
            self._keys.append(value)
            self._box.addItem(str(value))
        self._box.setCurrentIndex(self._keys.index(value))

    def _on_activated(self, index: int) -> None:
        self._tell(self._keys[index])


AnyPart = LinePart | TextPart | ChoicePart


def custom_part(custom: CustomField, model: CustomerFormModel, parent: QObject) -> AnyPart:
    """The field for one that the centre defined."""
    name, caption = f"custom.{custom.field_id}", custom_name(custom)
    part: AnyPart
    match custom.kind:
        case FieldKind.CHOICE:
            part = ChoicePart(name, caption, parent, choices=((None, ""), *custom.choices))
        case FieldKind.YES_NO:
            choices = ((None, ""), (True, yes_no(True)), (False, yes_no(False)))
            part = ChoicePart(name, caption, parent, choices=choices)
        case FieldKind.TEXT | FieldKind.NUMBER | FieldKind.DATE:
            part = LinePart(name, caption, parent)
    part.show_value(model.fields.custom.get(custom.field_id))
    return part
