"""Which key does what: the map as data, and its rules (step ⑥).

Every key can be remapped; clashes are refused, and so is what is pressed while typing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


class KeyAction(StrEnum):
    KEYS = "keys"
    ANSWER = "answer"
    DIAL_FIELD = "dial-field"
    TRANSFER = "transfer"
    CONSULT = "consult"
    PICK_UP = "pick-up"
    KNOWLEDGE_SEARCH = "knowledge-search"
    HANG_UP = "hang-up"
    MUTE = "mute"
    HOLD = "hold"
    CONFERENCE = "conference"
    KEYPAD = "keypad"
    HISTORY = "history"
    SETTINGS = "settings"
    SAVE_SUMMARY = "save-summary"
    PARK_SUMMARY = "park-summary"
    CONTINUE_WRAP_UP = "continue-wrap-up"
    PARKED = "parked"
    CATEGORY = "category"
    PROMISE = "promise"
    TICKET = "ticket"
    CUSTOMER = "customer"
    SAVE_CUSTOMER = "save-customer"
    OTHER_PERSON = "other-person"
    UNDO_MOVE = "undo-move"
    REVEAL = "reveal"
    OUTBOX = "outbox"
    INBOX = "inbox"
    KEEP_MINE = "keep-mine"
    TAKE_THEIRS = "take-theirs"
    CORRECT = "correct"
    SEND_AGAIN = "send-again"
    PUT_ASIDE = "put-aside"
    UNDO_DECISION = "undo-decision"
    QUOTE = "quote"
    GAP_REPORT = "gap-report"
    SEND_FORM = "send-form"
    OUTCOME = "outcome"
    GAPS = "gaps"
    TAKE_REPORT = "take-report"
    ANSWER_REPORT = "answer-report"
    DECLINE_REPORT = "decline-report"
    NOTICES = "notices"
    READ_NOTICE = "read-notice"
    WRITE_NOTICE = "write-notice"
    SAVE_DRAFT = "save-draft"
    SUBMIT_DRAFT = "submit-draft"
    PUBLISH_DRAFT = "publish-draft"
    RING_CALLER = "ring-caller"
    PICK_1 = "pick-1"
    PICK_2 = "pick-2"
    PICK_3 = "pick-3"
    PICK_4 = "pick-4"
    PICK_5 = "pick-5"
    PICK_6 = "pick-6"
    PICK_7 = "pick-7"
    PICK_8 = "pick-8"
    PICK_9 = "pick-9"
    SUGGESTION_1 = "suggestion-1"
    SUGGESTION_2 = "suggestion-2"
    SUGGESTION_3 = "suggestion-3"
    SUGGESTION_4 = "suggestion-4"
    SUGGESTION_5 = "suggestion-5"
    PAGE_1 = "page-1"
    PAGE_2 = "page-2"
    PAGE_3 = "page-3"
    PAGE_4 = "page-4"
    PAGE_5 = "page-5"
    PAGE_6 = "page-6"
    PAGE_7 = "page-7"
    PAGE_8 = "page-8"
    PAGE_9 = "page-9"


PICKS = tuple(action for action in KeyAction if re.fullmatch(r"pick-\d", action))
"""Candidate one to nine."""

SUGGESTIONS = tuple(action for action in KeyAction if action.startswith("suggestion-"))
"""Suggested article one to five: apart from the picks, so that no key changes its meaning."""

PAGES = tuple(action for action in KeyAction if action.startswith("page-"))
"""The pages of the rail, from its top."""

STANDARD = {
    KeyAction.KEYS: "F1",
    KeyAction.ANSWER: "F2",
    KeyAction.DIAL_FIELD: "F3",
    KeyAction.TRANSFER: "F4",
    KeyAction.CONSULT: "F5",
    KeyAction.PICK_UP: "F6",
    KeyAction.KNOWLEDGE_SEARCH: "F7",
    KeyAction.HANG_UP: "F8",
    KeyAction.MUTE: "F9",
    KeyAction.HOLD: "F10",
    KeyAction.CONFERENCE: "Ctrl+J",
    KeyAction.KEYPAD: "Ctrl+T",
    KeyAction.HISTORY: "Ctrl+H",
    KeyAction.SETTINGS: "Ctrl+,",
    KeyAction.SAVE_SUMMARY: "F11",
    KeyAction.PARK_SUMMARY: "Shift+F11",
    KeyAction.CONTINUE_WRAP_UP: "Ctrl+F11",
    KeyAction.PARKED: "Ctrl+Shift+F11",
    KeyAction.CATEGORY: "Ctrl+L",
    KeyAction.PROMISE: "Ctrl+B",
    KeyAction.TICKET: "F12",
    KeyAction.CUSTOMER: "Ctrl+P",
    KeyAction.SAVE_CUSTOMER: "Ctrl+S",
    KeyAction.OTHER_PERSON: "Alt+P",
    KeyAction.UNDO_MOVE: "Alt+Z",
    KeyAction.REVEAL: "Ctrl+Shift+I",
    KeyAction.OUTBOX: "Ctrl+O",
    KeyAction.INBOX: "Ctrl+I",
    KeyAction.KEEP_MINE: "Alt+M",
    KeyAction.TAKE_THEIRS: "Alt+T",
    KeyAction.CORRECT: "Alt+E",
    KeyAction.SEND_AGAIN: "Alt+S",
    KeyAction.PUT_ASIDE: "Alt+N",
    KeyAction.UNDO_DECISION: "Alt+U",
    KeyAction.QUOTE: "Ctrl+Return",
    KeyAction.GAP_REPORT: "Ctrl+G",
    KeyAction.SEND_FORM: "Alt+Return",
    KeyAction.OUTCOME: "Alt+G",
    KeyAction.GAPS: "Ctrl+Shift+G",
    KeyAction.TAKE_REPORT: "Alt+K",
    KeyAction.ANSWER_REPORT: "Alt+A",
    KeyAction.DECLINE_REPORT: "Alt+D",
    KeyAction.NOTICES: "Ctrl+N",
    KeyAction.READ_NOTICE: "Alt+R",
    KeyAction.WRITE_NOTICE: "Alt+W",
    KeyAction.SAVE_DRAFT: "Ctrl+Shift+S",
    KeyAction.SUBMIT_DRAFT: "Ctrl+Shift+Return",
    KeyAction.PUBLISH_DRAFT: "Ctrl+Shift+B",
    KeyAction.RING_CALLER: "Ctrl+R",
    **{action: f"Ctrl+{position}" for position, action in enumerate(PICKS, 1)},
    **{action: f"Ctrl+Shift+{position}" for position, action in enumerate(SUGGESTIONS, 1)},
    **{action: f"Alt+{position}" for position, action in enumerate(PAGES, 1)},
}

EDITING = frozenset(f"Ctrl+{letter}" for letter in "ACEKUVXYZ")
"""Keys every text field needs for itself; on X11 they go to a line's end (E) and delete (K, U)."""


class KeyMapError(Exception):
    """A wish for a key that cannot be granted. The message is for the log, not for the screen.

    KeyMapError
    ├── UnknownActionError   there is no such action
    ├── UnusableKeyError     not a key, a single letter, or one that text fields need
    └── KeyClashError        two actions want the same key
    """


class UnknownActionError(KeyMapError):
    pass


class UnusableKeyError(KeyMapError):
    pass


class KeyClashError(KeyMapError):
    """``key`` belongs to ``owner`` already and is wanted by ``wanting``, too."""

    def __init__(self, key: str, owner: KeyAction, wanting: KeyAction) -> None:
        super().__init__(f"{key} is wanted by {owner} and by {wanting}")
        self.key = key
        self.owner = owner
        self.wanting = wanting


@dataclass(frozen=True, slots=True)
class KeyMap:
    """One key for each action, in Qt's portable spelling ("Ctrl+Shift+R")."""

    keys: Mapping[KeyAction, str] = field(default_factory=lambda: dict(STANDARD))

    def sequence(self, action: KeyAction) -> QKeySequence:
        return QKeySequence(self.keys[action], QKeySequence.SequenceFormat.PortableText)

    def sequences(self, action: KeyAction) -> tuple[QKeySequence, ...]:
        """Every way to press it: Qt has two names for the two Enter keys, people have one."""
        names = dict.fromkeys((self.keys[action], self.keys[action].replace("Return", "Enter")))
        return tuple(QKeySequence(name, QKeySequence.SequenceFormat.PortableText) for name in names)

    def text(self, action: KeyAction) -> str:
        """As it stands on this system's keyboards; what Qt calls Return is Enter in every text."""
        native = self.sequence(action).toString(QKeySequence.SequenceFormat.NativeText)
        return native.replace("Return", "Enter")

    def remapped(self, wishes: Mapping[str, str]) -> KeyMap:
        """This map with ``wishes`` (action name → key, as in the settings file) put in.

        Raises one of the KeyMapErrors; then nothing is changed.
        """
        keys = dict(self.keys)
        for name, text in wishes.items():
            try:
                action = KeyAction(name)
            except ValueError:
                raise UnknownActionError(f"there is no action {name!r}") from None
            keys[action] = _usable(text)
        taken: dict[str, KeyAction] = {}
        for action, text in keys.items():
            if text in taken:
                raise KeyClashError(text, taken[text], action)
            taken[text] = action
        return KeyMap(keys)


def _usable(text: str) -> str:
    """The portable spelling of one key press that a text field does not need."""
    sequence = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    portable = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    portable = portable.replace("Enter", "Return")  # one key, two names
    if sequence.count() != 1 or not portable or portable in EDITING:
        raise UnusableKeyError(f"{text!r} cannot be used as a key")
    function_key = re.fullmatch(r"(Shift\+)?F\d+", portable)
    commanding = any(f"{modifier}+" in portable for modifier in ("Ctrl", "Alt", "Meta"))
    if not function_key and not commanding:
        raise UnusableKeyError(f"{text!r} would be pressed while typing")
    return portable


def is_plain_enter(event: QKeyEvent) -> bool:
    """Enter of either block, with no other key held."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held
