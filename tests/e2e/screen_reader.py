"""The window as a screen reader has it: AT-SPI over D-Bus, from another process.

Only names, roles, states, texts and actions come through; object names and widgets do not. The
numbers of states are those of AtspiStateType (at-spi2-core, atspi-constants.h).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ANSWER_LIMIT_S = 20.0
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
ACCESSIBLE, ACTION = "org.a11y.atspi.Accessible", "org.a11y.atspi.Action"
TEXT, EDITABLE = "org.a11y.atspi.Text", "org.a11y.atspi.EditableText"
PROPERTIES = "org.freedesktop.DBus.Properties"
STATES = {"checked": 4, "editable": 7, "enabled": 8, "focusable": 11, "focused": 12,
          "selected": 23, "sensitive": 24, "showing": 25}  # fmt: skip
CONTROLS = frozenset({"push button", "button menu", "check box", "radio button", "combo box",
                      "text", "list", "tree", "table", "page tab list", "slider", "spin button",
                      "toggle button", "button"})  # fmt: skip
"""Roles of what one works with; each of them needs a name."""


class ToldError(Exception):
    """The accessibility bus or the window refused a question; usually the control is gone."""


@dataclass(frozen=True, slots=True)
class Control:
    """One object of the tree, as it was when it was looked at."""

    bus: str
    path: str
    role: str
    name: str
    states: frozenset[str]
    depth: int

    @property
    def is_control(self) -> bool:
        """A text to be read and walked through is a label that takes the keyboard."""
        return self.role in CONTROLS or (self.role == "label" and self.is_("focusable"))

    def is_(self, *states: str) -> bool:
        return self.states.issuperset(states)


class ScreenReader:
    """Asks the accessibility bus; blocking, one thread."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus

    @classmethod
    @contextlib.contextmanager
    def listening(cls, session_bus: str) -> Iterator[ScreenReader]:
        """Say that a screen reader runs, so that programs show their trees, and be it."""
        with open_dbus_connection(session_bus) as session:
            where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", PROPERTIES)
            _ask(session, where, "Set", "ssv", ("org.a11y.Status", "IsEnabled", ("b", True)))
            where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            (address,) = _ask(session, where, "GetAddress")
            with open_dbus_connection(str(address)) as bus:
                yield cls(bus)

    def application(self) -> Control | None:
        """The desk, once it has a window that shows."""
        for bus, path in self._children(*REGISTRY):
            found = self._look(bus, path, 0)
            if found.name == "zuoxi" and any(c.is_("showing") for c in self._below(found)):
                return found
        return None

    def controls(self) -> list[Control]:
        """Everything that shows, in the order of the tree."""
        application = self.application()
        found: list[Control] = []
        if application is not None:
            self._walk(application, found)
        return found

    def find(self, name: str) -> Control | None:
        """The first control that shows with this name; a field's label has the same and is none."""
        for control in self.controls():
            if control.name == name and control.is_control:
                return control
        return None

    def focused(self) -> Control | None:
        """What has the keyboard."""
        marked = [c for c in self.controls() if c.is_("focused") and c.is_control]
        return marked[-1] if marked else None

    def focused_name(self) -> str:
        found = self.focused()
        return "" if found is None else found.name

    def text(self, control: Control) -> str:
        """What stands in a field."""
        (text,) = self._ask(control, TEXT, "GetText", "ii", (0, -1))
        return str(text)

    def write(self, control: Control, text: str) -> None:
        """Put a text into a field, as dictation does."""
        self._ask(control, EDITABLE, "SetTextContents", "s", (text,))

    def act(self, control: Control, action: str = "Press") -> None:
        """Do what the control offers under this name; fails when it does not."""
        offered = self.actions(control)
        assert action in offered, f"{control.role} {control.name} offers only {offered}"
        self._ask(control, ACTION, "DoAction", "i", (offered.index(action),))

    def actions(self, control: Control) -> list[str]:
        (offered,) = self._ask(control, ACTION, "GetActions")
        return [str(action[0]) for action in offered]

    def _walk(self, control: Control, found: list[Control]) -> None:
        for child in self._below(control):
            if child.is_("showing") or child.role == "application":
                found.append(child)
                self._walk(child, found)

    def _below(self, control: Control) -> Iterator[Control]:
        """What is under it; what goes while it is looked at is left out."""
        with contextlib.suppress(ToldError):
            for bus, path in self._children(control.bus, control.path):
                with contextlib.suppress(ToldError):
                    yield self._look(bus, path, control.depth + 1)

    def _children(self, bus: str, path: str) -> list[tuple[str, str]]:
        (children,) = _ask(self._bus, DBusAddress(path, bus, ACCESSIBLE), "GetChildren")
        return [(str(bus), str(path)) for bus, path in children]

    def _look(self, bus: str, path: str, depth: int) -> Control:
        me = DBusAddress(path, bus, ACCESSIBLE)
        (role,) = _ask(self._bus, me, "GetRoleName")
        ((low, high),) = _ask(self._bus, me, "GetState")
        bits = low | high << 32
        states = frozenset(name for name, bit in STATES.items() if bits >> bit & 1)
        where = DBusAddress(path, bus, PROPERTIES)
        ((_, name),) = _ask(self._bus, where, "Get", "ss", (ACCESSIBLE, "Name"))
        return Control(bus, path, str(role), str(name), states, depth)

    def _ask(self, control: Control, interface: str, question: str, kinds: str = "",
             said: tuple[object, ...] = ()) -> tuple[Any, ...]:  # fmt: skip
        where = DBusAddress(control.path, control.bus, interface)
        return _ask(self._bus, where, question, kinds, said)


def _ask(bus: DBusConnection, where: DBusAddress, question: str, kinds: str = "",
         said: tuple[object, ...] = ()) -> tuple[Any, ...]:  # fmt: skip
    """The answer's values. Raises ToldError: refused; TimeoutError: no answer."""
    message = new_method_call(where, question, kinds or None, said)
    answer = bus.send_and_get_reply(message, timeout=ANSWER_LIMIT_S)
    if answer.header.message_type is MessageType.error:
        raise ToldError(f"{question}: {answer.body}")
    return tuple(answer.body)
