"""A part of a window by its kind and name; a test that asks for one that is not there fails."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

Part = TypeVar("Part", bound=QWidget)


def found(window: QWidget, kind: type[Part], name: str) -> Part:
    part = window.findChild(kind, name)
    assert part is not None, name
    return part
