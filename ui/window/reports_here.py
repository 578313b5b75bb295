"""Gap reports and notices in the window: their keys, their marks, the notice to be read (⑤)."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from agent_app.desk.seat import Seat
from ui.gaps.form_model import Searched
from ui.key_binder import KeyBinder
from ui.keys import KeyAction, KeyMap
from ui.notices import card as notices_card
from ui.notices import page as notices_page
from ui.notices.card_model import NoticeCardModel
from ui.on_demand import OnDemand
from ui.window.page import Page
from ui.window.pages import Pages

GAPS, NOTICES = "gaps", "notices"
"""Names of the pages."""


class ReportsHere(QObject):
    """Built anew with the page."""

    def __init__(self, seat: Seat, keys: KeyMap, page: Page, pages: Pages, window: QWidget) -> None:
        super().__init__(page.top)
        self._seat = seat
        self._keys = keys
        self._page = page
        self._pages = pages
        self._window = window
        self._model = NoticeCardModel(seat, self)
        self.card = OnDemand(self._build_card, self)
        self._model.changed.connect(self._on_notice)
        self._on_notice()
        pages.shown.connect(self._on_page)
        page.marks.gaps_wanted.connect(self._show_gaps)
        page.marks.notices_wanted.connect(self._show_notices)
        page.knowledge.gap_wanted.connect(self._report)

    def bind(self, binder: KeyBinder) -> None:
        binder.run(KeyAction.GAP_REPORT, partial(self._pages.at_desk, self._report))
        binder.run(KeyAction.SEND_FORM, self._send)
        binder.run(KeyAction.OUTCOME, self._seat.gaps.heed)
        binder.run(KeyAction.GAPS, self._show_gaps)
        binder.run(KeyAction.NOTICES, self._show_notices)
        binder.run(KeyAction.READ_NOTICE, self._read)

    def _build_card(self) -> notices_card.NoticeCard:
        page = self._page
        return notices_card.NoticeCard(self._model, self._keys, self._window, beside=page.knowledge,
                          foot_px=page.foot.height())  # fmt: skip

    def _on_notice(self) -> None:
        """The first that must be read builds the card, which shows every other one by itself."""
        if self._model.notice is not None:
            self.card.get()

    def _on_page(self, name: str) -> None:
        self._model.put_aside(name == NOTICES)

    def _show_gaps(self) -> None:
        self._pages.go(GAPS)

    def _show_notices(self) -> None:
        self._pages.go(NOTICES)

    def _report(self) -> None:
        """The form about what the knowledge panel shows."""
        panel = self._page.knowledge
        self._page.forms.report(Searched(panel.search_text, panel.article))

    def _send(self) -> None:
        """The form that is open: a report, a ticket, or a notice."""
        page = self._notices_page()
        if page is not None and page.write_box.isVisible():
            page.write_box.publish()
        else:
            self._page.forms.send()

    def _read(self) -> None:
        """The notice on the page of notices, else the one that must be read."""
        page = self._notices_page()
        if page is None or not page.read_by_key():
            self._model.read()

    def _notices_page(self) -> notices_page.NoticesPage | None:
        if self._pages.current != NOTICES:
            return None
        return cast("notices_page.NoticesPage", self._pages.stack.currentWidget())
