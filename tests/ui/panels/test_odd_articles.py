"""Whatever an article holds is words: nothing in it is run, fetched or laid out by its own wish."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from agent_app.domain.ids import ArticleId
from tests.ui.panels.fakes import Desk
from tests.ui.panels.fakes_knowledge import article
from tests.ui.panels.finding import find
from ui.knowledge import KnowledgePanel
from ui.knowledge.article_text import LONGEST, ArticleText

ODD = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="file:///etc/passwd">法规</a>',
    '<img src="https://example.invalid/pixel.png">',
    '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
    "<b>加粗</b> & &amp; &lt;",
    "![](http://example.invalid/a.png) [x](javascript:alert(1))",
)


@pytest.mark.parametrize("text", ODD)
def test_markup_is_shown_as_it_is_written(desk: Desk, qtbot: QtBot, text: str) -> None:
    panel = KnowledgePanel(desk.seat)
    qtbot.addWidget(panel)
    desk.knowledge.articles[ArticleId("K1")] = article(answer=text, question=text, basis=text)
    panel.open_article("K1")
    desk.knowledge.bring(ArticleId("K1"))
    shown = find(panel, QTextEdit, "article-answer")
    assert shown.toPlainText().count(text) == 3
    assert "<img" not in shown.toHtml().replace("&lt;img", "")
    assert "<a " not in shown.toHtml().replace("&lt;a", "")


def test_five_megabytes_of_text_are_cut_and_it_is_said(qtbot: QtBot) -> None:
    view = ArticleText()
    qtbot.addWidget(view)
    view.show_article(article(answer="长" * 5_000_000))
    shown = view.toPlainText()
    assert shown.count("长") == LONGEST
    assert "too long to be shown" in shown
