"""A form beside the call, as its widgets see it: opened, marked, put away (step ⑥)."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from agent_app.desk.customer_editor import CustomerEditor
from agent_app.desk.gap_form import GapDesk
from agent_app.desk.ticket_form import TicketDesk


class Typing(Protocol):
    """The open form: why the disk would not take it, and whether it was typed before."""

    @property
    def fault(self) -> str: ...

    @property
    def restored(self) -> bool: ...


Desk = TypeVar("Desk", TicketDesk, GapDesk, CustomerEditor)


class FormModel(QObject, Generic[Desk]):
    """What every form has; typing goes to the desk, which keeps it.

    Signals:
        opened: fill everything in anew.
        changed: what is wrong, or why it was not kept.
        closed: put the form away.
    """

    opened = Signal()
    changed = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk = desk
        desk.opened.connect(self._on_opened)
        desk.changed.connect(self._on_changed)
        desk.closed.connect(self.closed)
        desk.close()  # the page was built anew; what was typed is there when she comes back

    @property
    @abstractmethod
    def typing(self) -> Typing | None:
        """What the open form holds; None where none is open."""

    @property
    def note(self) -> str:
        """What she should know; a fault of the disk first."""
        typing = self.typing
        if typing is None:
            return ""
        if typing.fault:
            return self.tr("Not kept on disk: {reason}").format(reason=typing.fault)
        return self.came_back if typing.restored else ""

    @property
    def came_back(self) -> str:
        """What is said of words that were typed before."""
        return self.tr("You had typed this and not sent it.")

    @property
    def is_fault(self) -> bool:
        return self.typing is not None and bool(self.typing.fault)

    def leave(self) -> None:
        """Esc: what was typed is there when she comes back."""
        self._desk.close()

    def discard(self) -> None:
        self._desk.discard()

    def _on_opened(self, _typing: object) -> None:
        self.opened.emit()

    def _on_changed(self, _typing: object) -> None:
        self.changed.emit()


AnyFormModel = FormModel[TicketDesk] | FormModel[GapDesk] | FormModel[CustomerEditor]
