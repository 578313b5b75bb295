"""Files open by a second act; a difference is shown word by word; without the server it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from agent_app.desk.library import Asked
from agent_app.domain.ids import ArticleId
from agent_app.domain.versions import ArticleVersion
from tests.desk.fakes_library import a_file
from tests.ui.panels.fakes import Desk, card
from tests.ui.panels.fakes_knowledge import article, hit
from tests.ui.panels.finding import find
from ui.knowledge import KnowledgePanel
from ui.knowledge.files_view_model import FilesViewModel
from ui.knowledge.history_view import DifferenceText, HistoryView
from ui.rows.list_view import RowList
from ui.rows.row import Row
from ui.theme import Theme, ThemeChoice

K1 = ArticleId("K1")


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> KnowledgePanel:
    panel = KnowledgePanel(desk.seat)
    qtbot.addWidget(panel)
    panel.resize(420, 700)
    panel.show()
    panel.open_article("K1")
    desk.knowledge.bring(K1)
    return panel


def version(number: int, answer: str, author: str = "严思源") -> ArticleVersion:
    saved_at = datetime(2026, 11, number, 2, 0, tzinfo=UTC) if author else None
    return ArticleVersion(article(1, version=number, answer=answer), saved_at, author)


def test_a_file_is_fetched_by_one_press_and_opened_by_the_next(
    desk: Desk, panel: KnowledgePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    desk.knowledge.bring(K1, attachments=(a_file(),))
    button = find(panel, QPushButton, "file-button-1")
    assert button.text() == "Fetch"
    assert button.accessibleName() == "Fetch: 扣除标准.pdf"
    button.click()
    desk.library.bring(Asked.ASKING)
    assert not button.isEnabled()
    desk.library.bring(Asked.KNOWN, Path("/tmp/x/扣除标准.pdf"))
    assert (button.text(), button.isEnabled()) == ("Open", True)
    assert not opened
    button.click()
    assert opened == ["/tmp/x/扣除标准.pdf"]
    assert len(desk.library.fetched) == 1


@pytest.mark.parametrize(
    ("asked", "problem", "words"),
    [
        (Asked.OFFLINE, "no answer", "Files are at the server, which cannot be reached now."),
        (Asked.REFUSED, "kind", "Files of this kind are not opened here."),
        (Asked.REFUSED, "digest",
         "The server sent another file than was published; not opened."),
        (Asked.REFUSED, "no space left", "Not to be had: no space left"),
    ],
)  # fmt: skip
def test_why_a_file_does_not_come_is_said(
    desk: Desk, qapp: object, asked: Asked, problem: str, words: str
) -> None:
    view = FilesViewModel(desk.seat.library)
    view.show((a_file(),))
    view.act("f1")
    view.act("another")
    desk.library.bring(asked, problem=problem)
    [file] = view.files
    assert (file.note, file.act, file.enabled, file.size) == (words, "Fetch", True, "1 kB")


def test_a_file_that_was_replaced_since_is_fetched_anew(desk: Desk, qapp: object) -> None:
    view = FilesViewModel(desk.seat.library)
    view.show((a_file(),))
    view.act("f1")
    desk.library.bring(Asked.KNOWN, Path("/tmp/old"))
    view.show((a_file(b"x" * 2_500_000),))
    view.act("f1")
    assert [one.size for one in desk.library.fetched] == [8, 2_500_000]
    assert view.files[0].size == "2.5 MB"


def test_the_last_change_is_shown_word_by_word(desk: Desk, panel: KnowledgePanel) -> None:
    assert not panel.findChildren(HistoryView), "it is built when it is wanted"
    find(panel, QPushButton, "article-history-button").click()
    assert len(panel.findChildren(HistoryView)) == 1
    assert desk.library.asked == ["K1"]
    desk.library.tell(version(3, "每月2000元。"), version(2, "每月1000元。"), version(1, "无", ""))
    rows = find(panel, RowList, "versions-list").row_model.rows
    assert [row.title for row in rows] == ["version 3", "version 2", "version 1"]
    assert rows[0].trail.startswith("严思源 · ")
    assert rows[2].trail == "nobody knows by whom"
    desk.library.answer_comparison()
    heading = find(panel, QLabel, "difference-heading")
    assert heading.text() == "What version 3 says otherwise than version 2"
    shown = find(panel, DifferenceText, "difference-text")
    assert shown.toPlainText() == "Answer\n每月10002000元。"
    gone, fresh = shown.document().find("1000"), shown.document().find("2000")
    assert gone.charFormat().fontStrikeOut()
    assert fresh.charFormat().fontUnderline()


def test_another_version_is_compared_with_the_one_before_it(
    desk: Desk, panel: KnowledgePanel
) -> None:
    find(panel, QPushButton, "article-history-button").click()
    desk.library.tell(version(3, "丙"), version(2, "乙"), version(1, "甲"))
    rows = find(panel, RowList, "versions-list")
    QTest.keyClick(rows, Qt.Key.Key_Down)
    shown = find(panel, DifferenceText, "difference-text")
    assert shown.toPlainText() == "", "of another pair nothing is shown"
    desk.library.answer_comparison()
    assert shown.toPlainText() == "Answer\n甲乙"
    QTest.keyClick(rows, Qt.Key.Key_Down)
    heading = find(panel, QLabel, "difference-heading")
    assert heading.text() == "Version 1 is the first one kept."
    assert shown.toPlainText() == "Answer\n甲"


def test_an_older_version_that_was_quoted_is_read_in_the_history(
    desk: Desk, panel: KnowledgePanel
) -> None:
    panel.open_article("K1", 1)
    desk.knowledge.bring(K1)
    desk.library.tell(version(3, "丙"), version(2, "乙"), version(1, "甲"))
    rows = find(panel, RowList, "versions-list")
    assert rows.isVisible()
    assert rows.current_key == "1"
    assert find(panel, DifferenceText, "difference-text").toPlainText() == "Answer\n甲"
    panel.open_article("K1", 3)
    desk.knowledge.bring(K1)
    assert find(panel, QLabel, "article-title").isVisible(), "it is the one in force"


def test_tab_goes_through_the_history_and_on(desk: Desk, panel: KnowledgePanel) -> None:
    find(panel, QPushButton, "article-history-button").click()
    desk.library.tell(version(2, "乙"), version(1, "甲"))
    find(panel, RowList, "suggestions-list").row_model.show_rows((Row("K2", "房贷"),))
    find(panel, RowList, "versions-list").setFocus()
    stops = []
    for _ in range(3):
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        stops.append(panel.focusWidget().objectName())
    assert stops == ["difference-text", "history-back-button", "suggestions-list"]


def test_another_look_writes_the_difference_in_its_own_colours(
    desk: Desk, panel: KnowledgePanel, theme: Theme
) -> None:
    find(panel, QPushButton, "article-history-button").click()
    desk.library.tell(version(2, "乙"), version(1, "甲"))
    desk.library.answer_comparison()
    text = find(panel, DifferenceText, "difference-text")

    def inks() -> list[QColor]:
        found = [text.document().find(word) for word in ("Answer", "甲", "乙")]
        return [one.charFormat().foreground().color() for one in found]

    light = inks()
    theme.choose(ThemeChoice.DARK)
    assert all(dark != before for dark, before in zip(inks(), light, strict=True))
    assert text.toPlainText() == "Answer\n甲乙"


def test_an_article_that_is_gone_is_said(desk: Desk, panel: KnowledgePanel) -> None:
    panel.open_article("K9", 2)
    desk.knowledge.gone.emit("K1")
    assert find(panel, QLabel, "article-title").isVisible(), "another one"
    desk.knowledge.gone.emit("K9")
    assert find(panel, RowList, "results-list").isVisible()
    assert find(panel, QLabel, "results-status").text() == "This article is not there any more."


def test_what_a_version_left_as_it_was_is_read_too(desk: Desk, panel: KnowledgePanel) -> None:
    find(panel, QPushButton, "article-history-button").click()
    same = ArticleVersion(replace(version(2, "甲").article, title="新名"), None, "")
    desk.library.tell(same, version(1, "甲"))
    desk.library.answer_comparison()
    text = find(panel, DifferenceText, "difference-text").toPlainText()
    assert text.startswith("Answer\n甲\nTitle\n")


def test_another_article_is_read_instead_of_the_history(desk: Desk, panel: KnowledgePanel) -> None:
    find(panel, QPushButton, "article-history-button").click()
    panel.open_article("K2")
    desk.knowledge.bring(ArticleId("K2"))
    assert find(panel, QLabel, "article-title").isVisible()


def test_without_the_server_it_is_said_and_escape_leads_back(
    desk: Desk, panel: KnowledgePanel
) -> None:
    find(panel, QPushButton, "article-history-button").click()
    desk.library.tell(asked=Asked.OFFLINE)
    rows = find(panel, RowList, "versions-list")
    said = "Older versions are at the server, which cannot be reached now."
    assert rows.accessibleDescription() == said
    desk.library.tell(asked=Asked.REFUSED)
    assert rows.accessibleDescription() == "The server has no history of this article."
    field = find(panel, QLineEdit, "search-field")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert find(panel, QLabel, "article-title").isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert find(panel, RowList, "results-list").isVisible()


def test_a_history_that_comes_for_another_article_is_dropped(
    desk: Desk, panel: KnowledgePanel
) -> None:
    find(panel, QPushButton, "article-history-button").click()
    find(panel, QPushButton, "history-back-button").click()
    desk.library.tell(version(1, "甲"))
    assert not find(panel, RowList, "versions-list").isVisible()
    assert find(panel, QLabel, "article-title").isVisible()


def test_another_region_opens_by_its_button_and_by_the_proposal(
    desk: Desk, panel: KnowledgePanel
) -> None:
    desk.begin()
    desk.knowledge.bring(K1, variants=(article(2, region="浙江省", variant_of=K1),))
    button = find(panel, QToolButton, "variants-button")
    assert button.text() == "Answer for 全国, 2 regions ▾"
    regions = button.menu().actions()
    assert [(one.text(), one.isChecked()) for one in regions] == [("全国", True), ("浙江省", False)]
    regions[1].trigger()
    desk.cards.put(card(number_region="浙江省杭州市", customer=None))
    assert "浙江省" in find(panel, QLabel, "variant-proposal").text()
    find(panel, QPushButton, "variant-proposal-button").click()
    assert desk.knowledge.opened == ["K1", "K2", "K2"]


def test_a_related_article_opens_by_the_keyboard(desk: Desk, panel: KnowledgePanel) -> None:
    desk.knowledge.bring(K1, related=(hit(5), hit(6)))
    rows = find(panel, RowList, "related-list")
    assert rows.isVisible()
    rows.select(1)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert desk.knowledge.opened[-1] == "K6"


def test_a_new_version_is_offered_and_taken(desk: Desk, panel: KnowledgePanel) -> None:
    desk.knowledge.articles[K1] = article(1, version=4, answer="新的口径")
    desk.knowledge.bring(K1)
    assert find(panel, QLabel, "article-newer").isVisible()
    find(panel, QPushButton, "article-newer-button").click()
    assert not find(panel, QLabel, "article-newer").isVisible()
    assert "version 4" in find(panel, QLabel, "article-meta").text()


def test_a_gap_is_reported_from_the_article_and_from_the_results(
    desk: Desk, panel: KnowledgePanel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.gap_wanted):
        find(panel, QPushButton, "gap-button").click()
    assert panel.article is not None
    find(panel, QPushButton, "article-back-button").click()
    find(panel, QLineEdit, "search-field").setText("没有的事")
    with qtbot.waitSignal(panel.gap_wanted):
        find(panel, QPushButton, "results-gap-button").click()
    assert (panel.article, panel.search_text) == (None, "没有的事")
