"""The customer's form over the page: every key of the call stays live beside it (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.buttons import push_button
from ui.customer.model import CustomerFormModel
from ui.customer.parts import AnyPart, ChoicePart, LinePart, TextPart, custom_part
from ui.flyout import FOOT_PX, MARGIN_PX
from ui.form_flyout import FormFlyout
from ui.keys import KeyAction, KeyMap
from ui.record_words import kind_name, part_name
from ui.scrolled import Scrolled

WIDTH_PX = 520
HEIGHT_PX = 760
LEAST_PX = 240


class CustomerFlyout(FormFlyout):
    """Esc leaves the form and keeps what was typed; saving and discarding are buttons."""

    def __init__(self, model: CustomerFormModel, keys: KeyMap, anchor: QWidget) -> None:
        super().__init__("customer", model, anchor)
        self._model = model
        self._parts = self._make_parts()
        self._custom: dict[str, AnyPart] = {}
        self.save_button = push_button(
            self, "customer-save-button", self.tr("Save"), keys.text(KeyAction.SAVE_CUSTOMER)
        )
        self._form = QWidget()
        self._form.setObjectName("customer-fields")
        self._form.setProperty("role", "scrolled")
        self._rows = QVBoxLayout(self._form)
        self._scrolled = Scrolled(self._form)
        self._lay_out()
        self._connect()
        self.finish(self.save_button, WIDTH_PX)

    def _make_parts(self) -> dict[str, AnyPart]:
        kinds = tuple((kind, kind_name(kind)) for kind in ("person", "company"))
        parts: list[AnyPart] = [
            LinePart("name", part_name("name"), self),
            ChoicePart("kind", part_name("kind"), self, choices=kinds),
            TextPart("phones", self.tr("Numbers, one a line, with whose it is"), self,
                     lines=(2, 5)),
            ChoicePart("segment_id", part_name("segment_id"), self, choices=()),
            LinePart("region", part_name("region"), self),
            LinePart("company", part_name("company"), self),
            LinePart("address", part_name("address"), self),
            LinePart("id_number", self.tr("ID number; typing replaces all of it"), self),
            LinePart("warning", part_name("warning"), self),
            TextPart("notes", part_name("notes"), self, lines=(2, 5)),
        ]  # fmt: skip
        return {part.name: part for part in parts}

    def _lay_out(self) -> None:
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(8)
        for names in (("name", "kind"), ("phones",), ("segment_id", "region"), ("company",),
                      ("address",), ("id_number",), ("warning",), ("notes",)):  # fmt: skip
            line = QHBoxLayout()
            line.setSpacing(8)
            for place, name in enumerate(names):
                line.addWidget(self._parts[name].block, 2 - place)
            self._rows.addLayout(line)
        self.body.addWidget(self._scrolled, 1)

    def _connect(self) -> None:
        for part in self._parts.values():
            part.typed.connect(self._model.take)
        self.save_button.clicked.connect(self.save)

    def place(self) -> None:
        """Over the caller's card, below the bars: the call's buttons stay in sight."""
        window = self._anchor.window()
        card = self._anchor.parentWidget() or window
        corner = card.mapTo(window, QPoint(0, 0))
        room = window.height() - corner.y() - FOOT_PX
        self.setFixedHeight(min(HEIGHT_PX, max(LEAST_PX, room)))
        self.move(max(MARGIN_PX, corner.x()), min(corner.y(), window.height() - self.height()))

    def want(self) -> None:
        model = self._model
        self.show_title(model.title)
        segments = ((None, ""), *((s.segment_id, s.name) for s in model.choices.segments))
        segment = self._parts["segment_id"]
        if isinstance(segment, ChoicePart):
            segment.offer(segments)
        for name, part in self._parts.items():
            value = model.phones_text if name == "phones" else getattr(model.fields, name)
            part.show_value(value)
        self._show_custom()
        self._show_state()
        self.open(self._parts["name"].field)

    def _show_custom(self) -> None:
        """The centre's own fields, anew: the centre may have changed them."""
        for part in self._custom.values():
            part.block.hide()
            part.block.deleteLater()
            part.deleteLater()
        self._custom.clear()
        for custom in self._model.choices.custom:
            part = custom_part(custom, self._model, self)
            part.typed.connect(self._model.take)
            self._custom[part.name] = part
            self._rows.addWidget(part.block)

    def _show_state(self) -> None:
        super()._show_state()
        for name, part in (self._parts | self._custom).items():
            part.block.show_remark(self._model.remark(name))

    def save(self) -> None:
        """On a refusal the cursor goes to the first field that is wrong."""
        self._model.save()
        if wrong := (self._parts | self._custom).get(self._model.first_wrong):
            wrong.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
