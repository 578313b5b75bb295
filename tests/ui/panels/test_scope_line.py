"""Topic, region and validity narrow the search; a favourite is one by a click."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import SearchScope
from tests.ui.panels.fakes import Desk
from tests.ui.panels.finding import find
from ui.knowledge import KnowledgePanel


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> KnowledgePanel:
    panel = KnowledgePanel(desk.seat)
    qtbot.addWidget(panel)
    return panel


def opened(panel: KnowledgePanel, name: str) -> QMenu:
    """The menu as it is when it has just come up."""
    menu = find(panel, QToolButton, name).menu()
    menu.aboutToShow.emit()
    return menu


def every_action(menu: QMenu) -> list[QAction]:
    below = [one.menu() for one in menu.actions() if isinstance(one.menu(), QMenu)]
    return [*menu.actions(), *(act for one in below for act in every_action(one))]  # type: ignore[arg-type]


def choose(menu: QMenu, data: str) -> None:
    [action] = [one for one in every_action(menu) if one.data() == data]
    menu.triggered.emit(action)


def test_a_topic_is_chosen_from_the_tree(desk: Desk, panel: KnowledgePanel) -> None:
    button = find(panel, QToolButton, "scope-topic-button")
    assert button.text() == "All categories ▾"
    choose(opened(panel, "scope-topic-button"), "01.01")
    assert desk.knowledge.scopes == [SearchScope(category_id=CategoryId("01.01"))]
    assert button.text().startswith("Special")
    assert button.text().endswith("… ▾")
    assert button.isChecked()
    choose(opened(panel, "scope-topic-button"), "01")  # a branch itself, with all below
    assert desk.knowledge.scopes[-1] == SearchScope(category_id=CategoryId("01"))
    choose(opened(panel, "scope-topic-button"), "")
    assert button.text() == "All categories ▾"
    assert not button.isChecked()


def test_a_region_and_what_is_in_force_narrow_it_further(desk: Desk, panel: KnowledgePanel) -> None:
    choose(opened(panel, "scope-region-button"), "浙江省")
    find(panel, QToolButton, "scope-in-force-button").click()
    assert desk.knowledge.scopes == [
        SearchScope(region="浙江省"), SearchScope(region="浙江省", in_force=True),
    ]  # fmt: skip
    assert find(panel, QToolButton, "scope-region-button").text() == "浙江省 ▾"


def test_an_article_becomes_a_favourite_by_its_star(desk: Desk, panel: KnowledgePanel) -> None:
    desk.begin()
    panel.open_article("K1")
    desk.knowledge.bring(ArticleId("K1"))
    star = find(panel, QToolButton, "favourite-button")
    assert (star.text(), star.accessibleName()) == ("☆", "Add to favourites")
    star.click()
    assert desk.shelf.starred == {"K1"}
    assert (star.text(), star.accessibleName()) == ("★", "Remove from favourites")
    star.click()
    assert desk.shelf.starred == set()


def test_quoting_counts_for_the_shelf(desk: Desk, panel: KnowledgePanel) -> None:
    desk.begin()
    panel.open_article("K1")
    desk.knowledge.bring(ArticleId("K1"))
    panel.quote_button.click()
    assert desk.shelf.quoted == ["K1"]
