"""Where to look: a topic with all below it, a region, only what is in force (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category
from ui.formatting import button_text
from ui.knowledge.search_view_model import SearchViewModel
from ui.record_words import category_name

LONGEST = 112
"""Pixels of a chosen topic that the button has room for."""


class ScopeLine(QWidget):
    """Two menus and a switch; what is chosen stands on the button."""

    def __init__(self, view: SearchViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._topic = self._menu_button("scope-topic-button", self.tr("Category"))
        self._region = self._menu_button("scope-region-button", self.tr("Region"))
        self._in_force = QToolButton()
        self._in_force.setObjectName("scope-in-force-button")
        self._in_force.setText(self.tr("In force"))
        self._in_force.setAccessibleName(self.tr("Only what is in force today"))
        self._in_force.setToolTip(self.tr("Only what is in force today"))
        self._in_force.setCheckable(True)
        self._in_force.setProperty("kind", "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for button in (self._topic, self._region, self._in_force):
            layout.addWidget(button)
        layout.addStretch(1)
        self._topic.menu().aboutToShow.connect(self._fill_topics)
        self._topic.menu().triggered.connect(self._on_topic)
        self._region.menu().aboutToShow.connect(self._fill_regions)
        self._region.menu().triggered.connect(self._on_region)
        self._in_force.clicked.connect(self._on_in_force)
        view.changed.connect(self._show)
        self._show()

    def _menu_button(self, name: str, spoken: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        button.setProperty("kind", "quiet")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(button)
        menu.setObjectName(name.replace("button", "menu"))
        button.setMenu(menu)
        return button

    def _show(self) -> None:
        scope = self._view.scope
        named = [one for one in self._view.categories if one.category_id == scope.category_id]
        topic = category_name(named[0]) if named else self.tr("All categories")
        self._topic.setText(self._with_arrow(topic))
        self._region.setText(self._with_arrow(scope.region or self.tr("All regions")))
        self._region.setVisible(bool(self._view.regions))
        self._in_force.setChecked(scope.in_force)
        for button, chosen in ((self._topic, bool(named)), (self._region, bool(scope.region))):
            button.setCheckable(chosen)  # in the accent's colour while it narrows the search
            button.setChecked(chosen)

    def _with_arrow(self, text: str) -> str:
        short = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, LONGEST)
        return f"{button_text(short)} ▾"

    def _fill_topics(self) -> None:
        menu = self._topic.menu()
        menu.clear()
        self._act(menu, self.tr("All categories"), "")
        menu.addSeparator()
        _fill(menu, self._view.categories, None, self.tr("All of it"))

    def _fill_regions(self) -> None:
        menu = self._region.menu()
        menu.clear()
        self._act(menu, self.tr("All regions"), "")
        menu.addSeparator()
        for region in self._view.regions:
            self._act(menu, region, region)

    @staticmethod
    def _act(menu: QMenu, text: str, data: str) -> None:
        menu.addAction(button_text(text)).setData(data)

    def _on_topic(self, action: QAction) -> None:
        chosen = CategoryId(str(action.data())) if action.data() else None
        self._view.look_in(replace(self._view.scope, category_id=chosen))

    def _on_region(self, action: QAction) -> None:
        self._view.look_in(replace(self._view.scope, region=str(action.data() or "")))

    def _on_in_force(self, only: bool) -> None:
        self._view.look_in(replace(self._view.scope, in_force=only))


def _fill(
    menu: QMenu, categories: Iterable[Category], parent: CategoryId | None, whole: str
) -> None:
    """The branches below ``parent``: a menu for each that has branches itself."""
    known = tuple(categories)
    for one in known:
        if one.parent_id != parent:
            continue
        if not any(other.parent_id == one.category_id for other in known):
            menu.addAction(button_text(category_name(one))).setData(one.category_id)
            continue
        branch = menu.addMenu(button_text(category_name(one)))
        branch.addAction(whole).setData(one.category_id)
        branch.addSeparator()
        _fill(branch, known, one.category_id, whole)
