"""What a page of the window is, and what it is given (step ⑤)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from agent_app.desk.seat import Seat, SeatAgent
from ui.key_binder import KeyBinder
from ui.keys import KeyMap
from ui.theme import Theme

DESK = "desk"
"""The page with caller, summary and knowledge base; the first, and every role's."""


@dataclass(frozen=True, slots=True)
class PageGround:
    """What a page may use. ``dial`` fills the dial field and dials nothing; ``go`` shows the page
    of that name, and answers False where her role has none; ``read`` shows an article in the
    knowledge base as it was in that version (0: as it is)."""

    seat: Seat
    keys: KeyMap
    theme: Theme
    binder: KeyBinder
    dial: Callable[[str], None]
    go: Callable[[str], bool]
    read: Callable[[str, int], None]


@runtime_checkable
class ShowsCustomer(Protocol):
    """A page with a customer of its own: keys about the caller are about that one there."""

    def edit_customer(self) -> None: ...

    def show_masked(self) -> None: ...


@dataclass(frozen=True, slots=True)
class PageSpec:
    """``word`` stands under the icon. ``roles``: who has the page; empty: everybody.

    ``build`` is called when the page is shown for the first time, in the GUI thread; the widget's
    focus proxy is where the cursor goes. It is built anew when language or keys change: what must
    outlast that belongs to the desk.
    """

    name: str
    word: str
    icon: str
    build: Callable[[PageGround], QWidget]
    roles: frozenset[str] = frozenset()

    def is_for(self, agent: SeatAgent) -> bool:
        """Practice shows everything; a role that is not known yet is asked of the server later."""
        return not self.roles or agent.practice or not agent.role or agent.role in self.roles
