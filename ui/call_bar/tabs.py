"""Live calls and unfinished summaries as tabs, each with the shape of its state."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from ui import words
from ui.call_bar.facts import CallTab
from ui.call_bar.view import CallBarView
from ui.formatting import button_text, tooltip
from ui.icons import icon
from ui.theme import Theme, state_colour

LONGEST_PX, LEAST_PX = 216, 72


class CallTabs(QTabBar):
    """Follows the view; a click or arrow key asks for another tab.

    Signals:
        tab_wanted: the place of the tab the agent chose.
    """

    tab_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tabs: tuple[CallTab, ...] = ()
        self.setObjectName("call-tabs")
        self.setAccessibleName(self.tr("Calls and unfinished summaries"))
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(12, 12))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setDrawBase(False)
        self.currentChanged.connect(self.tab_wanted)
        theme.changed.connect(self._repaint_icons)

    def show_view(self, view: CallBarView) -> None:
        self.blockSignals(True)
        while self.count() > len(view.tabs):
            self.removeTab(self.count() - 1)
        while self.count() < len(view.tabs):
            self.addTab("")
        for place, tab in enumerate(view.tabs):
            self._show_tab(place, tab)
        self._tabs = view.tabs
        self.setCurrentIndex(view.selected)
        self.blockSignals(False)

    def _show_tab(self, place: int, tab: CallTab) -> None:
        if place < len(self._tabs) and self._tabs[place] == tab and self.tabText(place):
            return
        self.setTabText(place, button_text(tab.title))
        self.setTabToolTip(place, tooltip(tab.title))
        colour = state_colour(self._theme.colours, tab.look)
        shape = "people" if tab.together else words.agent_state_icon(tab.look)
        self.setTabIcon(place, icon(shape, colour, size=12))

    def tabSizeHint(self, index: int) -> QSize:
        hint = super().tabSizeHint(index)
        return QSize(min(hint.width(), self._widest()), hint.height())

    def _widest(self) -> int:
        """As wide as a tab may be: a long name is cut before a short one beside it."""
        wanted = sorted(
            min(super(CallTabs, self).tabSizeHint(place).width(), LONGEST_PX)
            for place in range(self.count())
        )
        room = self.width()
        for place, width in enumerate(wanted):
            share = room // (len(wanted) - place)
            if width > share:
                return max(share, LEAST_PX)
            room -= width
        return LONGEST_PX

    def _repaint_icons(self, _colours: object) -> None:
        tabs, self._tabs = self._tabs, ()
        for place, tab in enumerate(tabs):
            self._show_tab(place, tab)
        self._tabs = tabs

    def event(self, event: QEvent) -> bool:
        """The wheel scrolls nothing here: a turn of it must not change the call on the page."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().event(event)
