"""The pages of the window: which there are, which one is shown, when each is built (step ⑤).

A page is read from the disk when it is first shown, too (``runtime/late_imports``).
"""

# ruff: noqa: PLW0108 - a lambda names the page when it is built, and not before

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from agent_app.domain.customer_roles import PAGE
from agent_app.domain.day import DAY_ROLES
from agent_app.domain.editing import EDITING_ROLES
from ui.customers import page as customers_page
from ui.editing import page as editing_page
from ui.flyout import Flyout
from ui.gaps import page as gaps_page
from ui.keys import PAGES
from ui.my_day import page as my_day_page
from ui.notices import page as notices_page
from ui.rail.rail import Rail
from ui.rail.spec import DESK, PageGround, PageSpec, ShowsCustomer
from ui.records import page as records_page


def page_list(desk: QWidget) -> tuple[PageSpec, ...]:
    """Every page of the program, from the top; ``desk`` is the first one, built already.

    A new page is one line here: its name, word, icon, what builds it, and the roles that have it.
    """
    translate = QCoreApplication.translate
    return (
        PageSpec(DESK, translate("Pages", "Desk"), "headset", lambda _ground: desk),
        PageSpec("customers", translate("Pages", "Customers"), "people",
                 lambda on: customers_page.CustomersPage(on), PAGE),
        PageSpec("editing", translate("Pages", "Editing"), "book",
                 lambda on: editing_page.EditingPage(on), EDITING_ROLES),
        PageSpec("gaps", translate("Pages", "Gaps"), "edit",
                 lambda on: gaps_page.GapsPage(on)),
        PageSpec("notices", translate("Pages", "Notices"), "bell",
                 lambda on: notices_page.NoticesPage(on)),
        PageSpec("records", translate("Pages", "History"), "history",
                 lambda on: records_page.RecordsPage(on)),
        PageSpec("my-day", translate("Pages", "My day"), "clock",
                 lambda on: my_day_page.MyDayPage(on), DAY_ROLES),
    )  # fmt: skip


class Pages(QObject):
    """Shows one page at a time beside the rail; the bars stay where they are.

    Signals:
        leaving: the name of the page that is shown still.
        shown: the name of the page that is shown now.
    """

    leaving = Signal(str)
    shown = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], ground: PageGround, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._ground = ground
        mine = [page for page in pages if page.is_for(ground.seat.agent)]
        self._specs = {page.name: page for page in mine}
        self._built: dict[str, QWidget] = {}
        self._focused: dict[str, QWidget] = {}
        self._current = ""
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self.rail = Rail(mine, ground.keys)
        self.rail.chosen.connect(self.go)
        for action, page in zip(PAGES, mine, strict=False):
            ground.binder.run(action, partial(self.go, page.name))
        self.go(DESK)

    @property
    def current(self) -> str:
        return self._current

    def go(self, name: str) -> bool:
        """Show that page, the cursor where it was there; False where her role has none."""
        if name not in self._specs:
            return False
        if name == self._current:
            return True
        focused = QApplication.focusWidget()
        if self._current:
            self.leaving.emit(self._current)
            if focused is not None and not self.rail.isAncestorOf(focused):
                self._focused[self._current] = focused
        first = not self._current
        self._current = name
        self.stack.setCurrentWidget(self._page(name))
        self.rail.show_current(name)
        if not first:
            self._close_flyouts()
            self.shown.emit(name)
            self._focus(focused)
        return True

    def go_to_desk(self) -> None:
        self.go(DESK)

    def at_desk(self, act: Callable[[], object]) -> None:
        """For what is on the desk's page: from another one she first sees it, then acts."""
        if self._current == DESK:
            act()
        else:
            self.go(DESK)

    def edit_customer(self, act: Callable[[], object]) -> None:
        """The customer of the page that is shown, else the caller by ``act``."""
        page = self._built[self._current]
        if isinstance(page, ShowsCustomer):
            page.edit_customer()
        else:
            self.at_desk(act)

    def show_masked(self, act: Callable[[], object]) -> None:
        """A masked value of the customer of the page that is shown, else of the caller."""
        page = self._built[self._current]
        if isinstance(page, ShowsCustomer):
            page.show_masked()
        else:
            self.at_desk(act)

    def _page(self, name: str) -> QWidget:
        if name not in self._built:
            page = self._specs[name].build(self._ground)
            self._built[name] = page
            self.stack.addWidget(page)
        return self._built[name]

    def _focus(self, focused: QWidget | None) -> None:
        """Arrows in the rail stay there; else the cursor goes where she was on that page."""
        if focused is not None and self.rail.isAncestorOf(focused):
            return
        before = self._focused.get(self._current)
        usable = before is not None and isValid(before) and before.isEnabled()
        if before is not None and usable and before.isVisible():
            before.setFocus()
        else:
            self._built[self._current].setFocus()

    def _close_flyouts(self) -> None:
        """What unfolded over the other page; what stands under the bars may stay."""
        for flyout in self._window.findChildren(Flyout):
            if not flyout.anchor.isVisible():
                flyout.dismiss()
