"""Everything inside the window, in one language; a switch of language builds it anew (step ⑤)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from agent_app.desk.seat import Seat
from ui.call_bar.call_bar import CallBar
from ui.call_bar.model import CallBarModel
from ui.caller import CallerPanel
from ui.key_binder import KeyBinder
from ui.keys import PICKS, SUGGESTIONS, KeyAction, KeyMap
from ui.knowledge import KnowledgePanel
from ui.notices.marks import WaitingMarks
from ui.practice.model import PracticeModel
from ui.practice.practice_bar import PracticeBar
from ui.scrolled import Scrolled
from ui.state_bar.model import StateBarModel
from ui.state_bar.state_bar import StateBar
from ui.summary import SummaryPanel
from ui.theme import Theme
from ui.window.flyouts import BarFlyouts, Forms
from ui.window.main_menu import MainMenu
from ui.window.pages import Pages
from ui.window.trouble_line import TroubleLine
from ui.window.troubles import TroublesModel


@dataclass(frozen=True, slots=True)
class Page:
    """The parts the window puts into its places."""

    top: QWidget
    centre: QSplitter
    knowledge: KnowledgePanel
    docked: QWidget
    foot: TroubleLine
    state_bar: StateBar
    call_bar: CallBar
    caller: CallerPanel
    summary: SummaryPanel
    practice: PracticeBar | None
    troubles: TroublesModel
    flyouts: BarFlyouts
    forms: Forms
    marks: WaitingMarks


def build_page(seat: Seat, *, keys: KeyMap, theme: Theme, menu: MainMenu) -> Page:
    """All bars and panels with their view-models, connected to each other but to no key."""
    top = QFrame()
    top.setObjectName("top")
    state_bar = StateBar(StateBarModel(seat, top), menu, keys, top)
    call_bar = CallBar(CallBarModel(seat, top), keys=keys, theme=theme, parent=top)
    practice = None
    bars = QVBoxLayout(top)
    bars.setContentsMargins(0, 0, 0, 0)
    bars.setSpacing(0)
    if seat.practice is not None:
        practice = PracticeBar(
            PracticeModel(seat.practice, top), keys=keys, theme=theme, parent=top
        )
        bars.addWidget(practice)
    bars.addWidget(state_bar)
    bars.addWidget(call_bar)
    caller, summary = CallerPanel(seat, keys=keys), SummaryPanel(seat, keys=keys)
    knowledge = KnowledgePanel(seat, keys=keys)
    troubles = TroublesModel(seat, keys, top)
    foot = TroubleLine(troubles, _quiet_text(seat, keys))
    marks = WaitingMarks(seat, top)
    state_bar.add_marks(marks)
    caller.number_clicked.connect(call_bar.dial_box.fill)
    troubles.number_wanted.connect(call_bar.dial_box.fill)
    summary.typed.connect(knowledge.hold_still)
    knowledge.quoted_from_nowhere.connect(summary.focus_answer)
    centre = _centre(caller, summary)
    centre.focused.connect(call_bar.dial_box.field.setFocus)
    return Page(
        top=top,
        centre=centre,
        knowledge=knowledge,
        docked=_with_margins(knowledge),
        foot=foot,
        state_bar=state_bar,
        call_bar=call_bar,
        caller=caller,
        summary=summary,
        practice=practice,
        troubles=troubles,
        flyouts=BarFlyouts(seat, keys, state_bar, call_bar),
        forms=Forms(seat, keys, caller, summary),
        marks=marks,
    )


def _with_margins(panel: QWidget) -> QWidget:
    """The panel as a dock's content, level with the panels of the centre."""
    place = QWidget()
    place.setProperty("role", "page")
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 8, 8, 8)
    layout.addWidget(Scrolled(panel))
    return place


class _Centre(QSplitter):
    """Caller and summary. The cursor of its page goes to the bar above, which no focus proxy may
    do: Qt's Tab key would jump there over all that is on the page.

    Signals:
        focused: the page was chosen.
    """

    focused = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


def _centre(caller: QWidget, summary: QWidget) -> _Centre:
    splitter = _Centre(Qt.Orientation.Horizontal)
    splitter.setObjectName("desk-splitter")
    splitter.setHandleWidth(8)
    splitter.setChildrenCollapsible(False)
    splitter.setContentsMargins(8, 8, 0, 8)
    splitter.addWidget(Scrolled(caller))
    splitter.addWidget(Scrolled(summary))
    splitter.setStretchFactor(1, 1)
    return splitter


def _quiet_text(seat: Seat, keys: KeyMap) -> str:
    """What the foot says while nothing is wrong."""
    if seat.practice is None:
        text = QCoreApplication.translate("DeskPage", "All is well. {key} shows the keys.")
        return text.format(key=keys.text(KeyAction.KEYS))
    text = QCoreApplication.translate(
        "DeskPage", "Press {ring} to let a caller ring, {answer} to answer; {key} shows all keys."
    )
    return text.format(
        ring=keys.text(KeyAction.RING_CALLER),
        answer=keys.text(KeyAction.ANSWER),
        key=keys.text(KeyAction.KEYS),
    )


def bind_keys(page: Page, binder: KeyBinder, pages: Pages) -> None:
    """Every key of the page; the window adds its own.

    What acts on the desk's page goes through ``at_desk``, so that nothing is done out of sight.
    """
    at_desk = pages.at_desk
    page.call_bar.call_actions.bind(binder)
    binder.run(KeyAction.DIAL_FIELD, page.call_bar.dial_box.focus_field)
    binder.run(KeyAction.HISTORY, page.flyouts.history.want)
    binder.run(KeyAction.PICK_UP, page.state_bar.pick_up.click)
    page.summary.bind(binder, at_desk)
    binder.run(KeyAction.CUSTOMER, partial(pages.edit_customer, page.caller.edit_button.click))
    binder.run(KeyAction.OTHER_PERSON, partial(at_desk, page.caller.finder.want))
    binder.run(KeyAction.UNDO_MOVE, partial(at_desk, page.caller.moved.undo))
    binder.run(KeyAction.REVEAL, partial(pages.show_masked, page.caller.particulars.ask_first))
    binder.run(KeyAction.SAVE_CUSTOMER, page.forms.save_customer)
    binder.click(KeyAction.QUOTE, page.knowledge.quote_button, via=at_desk)
    for place, action in enumerate(PICKS, 1):
        binder.run(action, partial(at_desk, partial(page.caller.choose_candidate, place)))
    for place, action in enumerate(SUGGESTIONS, 1):
        binder.run(action, partial(at_desk, partial(page.knowledge.open_suggestion, place)))
    if page.practice is not None:
        page.practice.bind(binder)
