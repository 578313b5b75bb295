"""The desk: one window an agent looks at for eight hours (steps ⑤ and ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QToolBar

from agent_app.desk.seat import Seat
from agent_app.settings import Settings
from ui import words
from ui.key_binder import KeyBinder
from ui.keys import KeyAction, KeyMap
from ui.language import Language, Languages
from ui.rail.spec import DESK, PageGround
from ui.settings.page_name import PageName
from ui.theme import Theme, ThemeChoice
from ui.toast.model import ToastModel
from ui.toast.toast import Toast
from ui.window import memory as layout_memory
from ui.window.beside import Beside
from ui.window.knowledge_dock import KnowledgeDock
from ui.window.main_menu import MainMenu
from ui.window.page import Page, bind_keys, build_page
from ui.window.pages import Pages, page_list
from ui.window.reports_here import ReportsHere
from ui.window.tray import Tray

SMALLEST_PX = (900, 440)


class DeskWindow(QMainWindow):
    """Bars above, caller, summary and knowledge below; the state is the seat's, not the window's.

    Signals:
        quit_wanted: the agent leaves; calls are hers to end, so the owner hangs up what is left.
        sign_out_wanted: she leaves, the program stays; never during a call.
    """

    quit_wanted = Signal()
    sign_out_wanted = Signal()

    def __init__(self, seat: Seat, *, theme: Theme, languages: Languages, keys: KeyMap,
                 memory: QSettings) -> None:  # fmt: skip
        super().__init__()
        self._seat = seat
        self._theme = theme
        self._languages = languages
        self._keys = keys
        self._memory = memory
        self._binder = KeyBinder(self, keys)
        self._beside = self._build_beside()
        self._leaving = False
        self._desk_docks = QByteArray()
        self.setObjectName("desk-window")
        self.setMinimumSize(*SMALLEST_PX)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks)
        self._rail_place = self._make_rail_place()
        self._dock = KnowledgeDock(self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(-2, 0, -2, 0)
        self._page = self._build()
        languages.changed.connect(self._on_language)
        seat.gaps.article_wanted.connect(self._show_article)
        seat.preferences.changed.connect(self._on_settings)
        seat.door.visited.connect(self._on_visit)
        self._restore_layout()
        self._page.knowledge.focus_search()
        self._let_in()

    # --- building --------------------------------------------------------------------------------

    def _make_rail_place(self) -> QToolBar:
        """A tool bar, because those stand outside of the docks; nobody moves or hides it."""
        place = QToolBar(self)
        place.setObjectName("rail-place")
        place.setMovable(False)
        if layout := place.layout():  # the sheet is asked only later
            layout.setContentsMargins(0, 0, 0, 0)
        place.toggleViewAction().setVisible(False)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, place)
        return place

    def _build_beside(self) -> Beside:
        beside = Beside(self._seat, keys=self._keys, theme=self._theme,
                        languages=self._languages, window=self)  # fmt: skip
        beside.hiding_chosen.connect(self.hide)
        beside.quitting_chosen.connect(self._quit)
        beside.language_chosen.connect(self._choose_language)
        beside.look_chosen.connect(self._choose_look)
        return beside

    def _build(self) -> Page:
        menu = MainMenu(theme=self._theme, languages=self._languages, keys=self._keys,
                        knowledge=self._dock.toggleViewAction())  # fmt: skip
        menu.float_wanted.connect(self._dock.toggle_floating)
        page = build_page(self._seat, keys=self._keys, theme=self._theme, menu=menu)
        menu.language_chosen.connect(self._choose_language)
        menu.look_chosen.connect(self._choose_look)
        menu.keys_wanted.connect(self._beside.show_keys)
        menu.settings_wanted.connect(self._show_settings)
        menu.self_test_wanted.connect(self._beside.show_self_test)
        menu.copy_wanted.connect(page.flyouts.local_copy.want)
        menu.quit_wanted.connect(self._ask_or_quit)
        menu.sign_out.setVisible(self._seat.practice is None)
        menu.sign_out_wanted.connect(self._sign_out)
        page.flyouts.forgetting_wanted.connect(self._beside.ask_about_forgetting)
        page.state_bar.outbox_wanted.connect(self._beside.show_outbox)
        page.troubles.inbox_wanted.connect(self._beside.show_inbox)
        page.troubles.settings_wanted.connect(self._on_settings_wanted)
        self._dock.setWindowTitle(self.tr("Knowledge base"))
        # In the order of the work: it is the order of the Tab key, too.
        self.setMenuWidget(page.top)
        self._pages = self._build_pages(page)
        self._dock.setWidget(page.docked)
        self.statusBar().addWidget(page.foot, 1)
        bind_keys(page, self._binder, self._pages)
        self._binder.run(KeyAction.KNOWLEDGE_SEARCH, self._search_knowledge)
        self._binder.run(KeyAction.KEYS, self._beside.show_keys)
        self._binder.run(KeyAction.OUTBOX, self._beside.show_outbox)
        self._binder.run(KeyAction.INBOX, self._beside.show_inbox)
        self._binder.run(KeyAction.SETTINGS, self._show_settings)
        self._reports = ReportsHere(self._seat, self._keys, page, self._pages, self)
        self._reports.bind(self._binder)
        self._toast = self._build_toast()
        self.setWindowTitle(self._title())
        self._tray = self._build_tray()
        return page

    def _build_pages(self, page: Page) -> Pages:
        ground = PageGround(seat=self._seat, keys=self._keys, theme=self._theme,
                            binder=self._binder, dial=page.call_bar.dial_box.fill,
                            go=self._go, read=self._show_article)  # fmt: skip
        pages = Pages(page_list(page.centre), ground, self)
        pages.leaving.connect(self._on_leaving)
        pages.shown.connect(self._on_shown)
        self._dock.desk_wanted.connect(pages.go_to_desk)
        # What she does with a call is on the desk's page; what a call does by itself moves nothing.
        page.call_bar.call_actions.answer.clicked.connect(pages.go_to_desk)
        page.call_bar.tabs.tab_wanted.connect(pages.go_to_desk)
        self._rail_place.addWidget(pages.rail)
        self.setCentralWidget(pages.stack)
        return pages

    def _go(self, name: str) -> bool:
        return self._pages.go(name)

    def _on_leaving(self, name: str) -> None:
        if name == DESK and self._dock.at_desk:  # not while a rebuilt page goes back to its place
            self._desk_docks = self.saveState()

    def _on_shown(self, name: str) -> None:
        self._dock.follow(at_desk=name == DESK)

    @property
    def toast(self) -> Toast:
        """It is a window of its own, not a child: see Toast."""
        return self._toast

    def _build_tray(self) -> Tray:
        tray = Tray(QGuiApplication.windowIcon(), self.windowTitle(), self)
        tray.window_wanted.connect(self.bring_up)
        tray.quit_wanted.connect(self._ask_or_quit)
        return tray

    def _build_toast(self) -> Toast:
        model = ToastModel(self._seat, self)
        toast = Toast(model, self)
        toast.window_wanted.connect(self._show_call)
        self.destroyed.connect(toast.deleteLater)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(model.follow_application)
            model.follow_application(application.applicationState())
        model.setParent(toast)
        return toast

    def _choose_language(self, choice: Language) -> None:
        layout_memory.remember_language(self._memory, choice)
        self._languages.choose(choice)

    def _choose_look(self, choice: ThemeChoice) -> None:
        layout_memory.remember_theme(self._memory, choice)
        self._theme.choose(choice)

    def _on_language(self, _language: object) -> None:
        """All texts anew; the settings come back where they were."""
        page = self._beside.settings_page
        self._beside.close_all()
        self._rebuild()
        if page is not None:
            self._beside.show_settings(page)

    def _on_settings(self, settings: Settings) -> None:
        """Other keys stand on the buttons at once."""
        keys = KeyMap().remapped(settings.keys)
        if keys != self._keys:
            self._keys = keys
            self._binder.use(keys)
            self._beside.use(keys)
            self._rebuild()

    def _rebuild(self) -> None:
        """The page anew, in the places it had; nothing typed is lost, the desk has it."""
        sizes, number = self._page.centre.sizes(), self._page.call_bar.dial_box.field.text()
        shown = self._pages.current
        self._binder.clear()
        self._rail_place.clear()
        self._dock.desk_wanted.disconnect(self._pages.go_to_desk)
        self._pages.deleteLater()
        for widget in (self._toast, self._reports.card.built, self._page.foot, self._page.docked,
                       self._pages.rail):  # fmt: skip
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._tray.deleteLater()
        self._page = self._build()
        self._page.centre.setSizes(sizes)
        self._page.call_bar.dial_box.field.setText(number)
        self._pages.go(shown)

    def _title(self) -> str:
        agent = self._seat.agent
        pattern = self.tr("{name} · {extension} — Zuoxi")
        if agent.practice:
            pattern = self.tr("PRACTICE — {name} · {extension} — Zuoxi")
        return pattern.format(name=agent.name, extension=agent.extension)

    def _restore_layout(self) -> None:
        if not layout_memory.restore(self._memory, self, self._page.centre):
            layout_memory.lay_out(self, self._page.centre, self._dock)

    def _show_settings(self) -> None:
        self._beside.show_settings()

    def _on_settings_wanted(self, page: str) -> None:
        self._beside.show_settings(PageName(page))

    # --- in front --------------------------------------------------------------------------------

    def bring_up(self) -> None:
        """To the front, because the agent asked for it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _show_call(self) -> None:
        """She asked for the ringing call, or answered it, outside of the window."""
        self._pages.go_to_desk()
        self.bring_up()

    def _on_visit(self, _visit: object) -> None:
        self._let_in()
        self.bring_up()

    def _let_in(self) -> None:
        """A link or ``zuoxi call``: its number waits in the dial field, nothing is dialled."""
        visit = self._seat.door.take()
        if visit is not None and visit.number:
            self._page.call_bar.dial_box.fill(visit.number)
        elif visit is not None and visit.fault is not None:
            self._page.call_bar.dial_box.refuse(words.link_fault(visit.fault))

    def _search_knowledge(self) -> None:
        if not self._dock.isFloating():
            self._pages.go_to_desk()
        self._dock.bring()
        self._page.knowledge.focus_search()

    def _show_article(self, article_id: str, version: int = 0) -> None:
        """What a report is about or what answered it; what was quoted, as it was then."""
        if not self._dock.isFloating():
            self._pages.go_to_desk()
        self._dock.bring()
        self._page.knowledge.open_article(article_id, version)

    # --- leaving ---------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Into the tray where there is one; during a call the agent is asked, not stopped."""
        self._remember()
        if self._leaving:
            event.accept()
            return
        event.ignore()
        if self._seat.phone.calls:
            self._ask()
        elif self._tray.available:
            self.hide()
        else:
            self._quit()

    def _ask_or_quit(self) -> None:
        if self._seat.phone.calls:
            self.bring_up()
            self._ask()
        else:
            self._quit()

    def _sign_out(self) -> None:
        if self._seat.phone.calls:
            self.bring_up()
            self._ask()
        else:
            self._remember()
            self.sign_out_wanted.emit()

    def _remember(self) -> None:
        """As the desk's page is laid out; the other pages are without the knowledge base."""
        docks = self.saveState() if self._pages.current == DESK else self._desk_docks
        layout_memory.remember(self._memory, self, self._page.centre, docks)

    def _ask(self) -> None:
        self._beside.ask_about_call(can_hide=self._tray.available)

    def _quit(self) -> None:
        self._leaving = True
        self._remember()
        self.quit_wanted.emit()
