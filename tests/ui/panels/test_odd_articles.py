"""Whatever an article holds is words: nothing in it is run, fetched or laid out by its own wish."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFont, QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import Reading
from agent_app.domain.markdown import LONGEST, html
from tests.ui.panels.fakes import Desk
from tests.ui.panels.fakes_knowledge import article
from tests.ui.panels.finding import find
from ui.knowledge import KnowledgePanel
from ui.knowledge.article_text import ArticleText

K1 = ArticleId("K1")
ODD = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="file:///etc/passwd">法规</a>',
    '<img src="https://example.invalid/pixel.png">',
    '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
    "<svg onload='alert(1)'><image href='file:///etc/passwd'/></svg>",
    "<b>加粗</b> & &amp; &lt;",
    "[x](javascript:alert(1)) [y](file:///etc/passwd)",
)
LOADING = (
    "![图](http://example.invalid/a.png)",
    "![](https://example.invalid/a.png)",
    "![图](file:///etc/passwd)",
    "![图](data:image/svg+xml;base64,PHN2Zy8+)",
)


def read(desk: Desk, qtbot: QtBot, **facts: Any) -> ArticleText:
    """The article in the real panel."""
    panel = KnowledgePanel(desk.seat)
    qtbot.addWidget(panel)
    panel.show()
    desk.knowledge.articles[K1] = replace(article(), **facts)
    panel.open_article("K1")
    desk.knowledge.bring(K1)
    return find(panel, ArticleText, "article-answer")


@pytest.mark.parametrize("text", ODD)
def test_markup_is_shown_as_it_is_written(desk: Desk, qtbot: QtBot, text: str) -> None:
    shown = read(desk, qtbot, answer=text, question=text, basis=text)
    assert shown.toPlainText().count(text) == 3
    assert "<img" not in shown.toHtml().replace("&lt;img", "")
    assert "<a " not in shown.toHtml().replace("&lt;a", "")


@pytest.mark.parametrize("text", LOADING)
def test_pictures_are_words_and_nothing_is_asked_for_them(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        ArticleText, "loadResource", lambda _self, kind, name: asked.append((kind, name))
    )
    shown = read(desk, qtbot, answer=text)
    shown.grab()
    assert not asked
    assert "<img" not in shown.toHtml()


def test_even_a_picture_that_came_through_is_not_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    assert image.save(str(picture))
    view = ArticleText()
    qtbot.addWidget(view)
    view.show_reading(Reading(article(), f'<img src="{picture.as_uri()}"><img src="{picture}">'))
    view.grab()
    for name in (picture.as_uri(), str(picture)):
        found = view.document().resource(QTextDocument.ResourceType.ImageResource, QUrl(name))
        assert found.width() == 1, "a blank, not the file"


def test_a_link_is_offered_with_its_address_and_not_followed(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    shown = read(desk, qtbot, answer="[公告](https://example.invalid/a?b=1) 与正文")
    panel = shown.window()
    before = shown.toPlainText()
    shown.anchorClicked.emit(QUrl("https://example.invalid/a?b=1"))
    assert find(panel, QLabel, "chosen-link").text() == "https://example.invalid/a?b=1"
    assert not opened
    assert shown.toPlainText() == before
    find(panel, QPushButton, "link-copy-button").click()
    assert QApplication.clipboard().text() == "https://example.invalid/a?b=1"
    find(panel, QPushButton, "link-open-button").click()
    assert opened == ["https://example.invalid/a?b=1"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "a.html", ""])
def test_an_address_that_is_not_of_the_web_is_not_even_offered(
    desk: Desk, qtbot: QtBot, address: str
) -> None:
    shown = read(desk, qtbot)
    shown.anchorClicked.emit(QUrl(address))
    assert not find(shown.window(), QLabel, "chosen-link").isVisible()


def test_markdown_is_laid_out(desk: Desk, qtbot: QtBot) -> None:
    shown = read(
        desk, qtbot, answer="每月**2000元**：\n\n- 甲\n- 乙\n\n| 档 | 率 |\n|-|-|\n| 一 | 3% |"
    )
    assert shown.toPlainText().startswith("每月2000元：\n甲\n乙\n")
    cursor = shown.document().find("2000元")
    assert cursor.charFormat().fontWeight() >= QFont.Weight.Bold
    assert shown.document().find("乙").currentList() is not None
    assert shown.document().find("3%").currentTable() is not None


def test_five_megabytes_of_text_are_cut_and_it_is_said(qtbot: QtBot) -> None:
    view = ArticleText()
    qtbot.addWidget(view)
    long = article(answer="长" * 5_000_000)
    view.show_reading(Reading(long, html(long.answer)))
    shown = view.toPlainText()
    assert shown.count("长") == LONGEST
    assert "too long to be shown" in shown
