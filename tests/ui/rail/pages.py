"""Pages for the tests of the rail: each is a field to type in."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.rail.spec import PageGround, PageSpec


class Sheet(QWidget):
    """A page with one field, where the cursor goes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.field = QLineEdit(self)
        self.field.setObjectName(f"{name}-field")
        self.field.setAccessibleName(name)
        self.setFocusProxy(self.field)
        QVBoxLayout(self).addWidget(self.field)


@dataclass
class Book:
    """Makes sheets and remembers which were asked for."""

    built: list[str] = field(default_factory=list)

    def page(self, name: str, *roles: str) -> PageSpec:
        def build(_ground: PageGround) -> Sheet:
            self.built.append(name)
            return Sheet(name)

        return PageSpec(name, name.title(), "people", build, frozenset(roles))
