"""One key opens the form with what is known; the call goes on, and it is sent by one key (M31)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from agent_app.domain.gaps import GapProblem
from agent_app.domain.ids import CategoryId
from agent_app.domain.summary import SummaryField
from tests.desk.fakes_editing import ARTICLE
from tests.desk.fakes_gaps import AN_ARTICLE
from tests.ui.fakes import Rig, a_rig
from tests.ui.panels.fakes_knowledge import CATEGORIES
from tests.ui.window.hands import Open, child
from ui.gaps.flyout import GapFlyout
from ui.gaps.form_model import GapFormModel, Searched
from ui.search_field import SearchField
from ui.window.desk_window import DeskWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def press(window: DeskWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def opened(window: DeskWindow) -> GapFlyout:
    press(window, Qt.Key.Key_G)
    form = child(window, GapFlyout, "gap")
    assert form.isVisible()
    return form


def text(form: QWidget, name: str) -> str:
    return child(form, QPlainTextEdit, name).toPlainText()


def test_a_wrong_answer_is_reported_from_the_open_article_during_a_call(
    agent: Rig, open_desk: Open
) -> None:
    window = open_desk(agent)
    selected = agent.ring(number="13800138000")
    agent.answered()
    agent.seat.summaries.set_text(selected, SummaryField.QUESTION, "两个孩子怎么扣？")
    window._page.knowledge.open_article("k1")
    form = opened(window)
    assert child(form, QPlainTextEdit, "gap-missing").hasFocus()
    assert text(form, "gap-asked") == "两个孩子怎么扣？"
    about = child(form, QLabel, "gap-about").text()
    assert about.startswith("子女教育专项附加扣除标准 · version 3")
    assert about.endswith("with this call")
    QTest.keyClicks(child(form, QPlainTextEdit, "gap-missing"), "two children")
    press(window, Qt.Key.Key_Return, ALT)
    (sent,) = agent.gaps.sent
    assert (sent.article, sent.missing, sent.interaction_id) == (
        AN_ARTICLE, "two children", selected,
    )  # fmt: skip
    assert not form.isVisible()
    assert agent.seat.phone.calls[0].live


def test_the_category_of_the_call_is_named_in_the_language_of_the_screen(
    agent: Rig, open_desk: Open
) -> None:
    agent.seat.knowledge._categories = CATEGORIES
    window = open_desk(agent)
    selected = agent.ring(number="13800138000")
    agent.seat.summaries.set_category(selected, CategoryId("02.01"))
    about = child(opened(window), QLabel, "gap-about").text()
    assert about == "Rates and levy rates · with this call"


def test_a_search_that_found_nothing_is_reported_with_its_words(
    agent: Rig, open_desk: Open
) -> None:
    window = open_desk(agent)
    child(window, SearchField, "search-field").setText("  数字  人民币 ")
    form = opened(window)
    assert text(form, "gap-asked") == "数字 人民币"
    assert child(form, QLabel, "gap-title").text() == "An answer is missing"
    press(window, Qt.Key.Key_Return, ALT)
    assert [one.asked for one in agent.gaps.sent] == ["数字 人民币"]


@pytest.mark.parametrize(
    ("searched", "asked"), [("zinv jiaoyu", ""), ("znjy", ""), ("两个孩子", "两个孩子")]
)
def test_initials_that_found_the_article_are_not_what_was_asked(
    agent: Rig, searched: str, asked: str
) -> None:
    model = GapFormModel(agent.seat)
    model.toggle(Searched(searched, ARTICLE))
    assert model.asked == asked


def test_esc_keeps_what_was_typed_and_the_key_brings_it_back(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    form = opened(window)
    QTest.keyClicks(child(form, QPlainTextEdit, "gap-missing"), "half a word")
    press(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not form.isVisible()
    form = opened(window)
    assert text(form, "gap-missing") == "half a word"
    assert child(form, QLabel, "gap-note").text() == "You had typed this and not sent it."
    press(window, Qt.Key.Key_G)
    assert not form.isVisible()
    opened(window)
    child(form, QPushButton, "gap-discard-button").click()
    assert not agent.gaps.forms


def test_an_empty_report_is_refused_beside_the_field(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    form = opened(window)
    child(form, QPushButton, "gap-send-button").click()
    assert child(form, QLabel, "gap-missing-remark").text() == "say what is missing or wrong"
    assert child(form, QPlainTextEdit, "gap-missing").hasFocus()
    QTest.keyClicks(child(form, QPlainTextEdit, "gap-missing"), "x")
    assert not child(form, QLabel, "gap-missing-remark").text()


def test_a_disk_that_is_full_is_said_in_the_form(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    form = opened(window)
    agent.gaps.fault = "disk full"
    QTest.keyClicks(child(form, QPlainTextEdit, "gap-missing"), "x")
    assert child(form, QLabel, "gap-note").text() == "Not kept on disk: disk full"
    agent.gaps.fault = ""


def test_the_form_stays_inside_a_small_window(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    window.resize(900, 480)
    form = opened(window)
    assert window.rect().contains(form.geometry())


def test_a_form_that_comes_late_does_not_stand_over_another_page(
    agent: Rig, open_desk: Open
) -> None:
    window = open_desk(agent)
    window._pages.go("notices")
    window._page.forms.report(Searched("词"))
    assert not child(window, GapFlyout, "gap").isVisible()
    assert agent.seat.gap_form.typing is None


def test_alt_return_without_a_form_sends_nothing(agent: Rig, open_desk: Open) -> None:
    window = open_desk(agent)
    press(window, Qt.Key.Key_Return, ALT)
    assert not agent.gaps.sent


def test_who_may_not_report_gets_no_form(open_desk: Open) -> None:
    rig = a_rig(role="administrator")
    window = open_desk(rig)
    press(window, Qt.Key.Key_G)
    assert not window.findChildren(GapFlyout)


def test_a_form_that_is_built_anew_is_closed_and_keeps_its_words(agent: Rig) -> None:
    model = GapFormModel(agent.seat)
    assert (model.title, model.about, model.remark, model.note, model.is_fault) == (
        "An answer is missing", "", "", "", False,
    )  # fmt: skip
    assert (model.asked, model.missing) == ("", "")
    model.toggle(Searched("词"))
    model.type(asked="词", missing="缺")
    GapFormModel(agent.seat)
    assert model.typing is None
    assert agent.gaps.forms[""].missing == "缺"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_category_goes_along(agent: Rig) -> None:
    selected = agent.ring(number="13800138000")
    agent.answered()
    agent.seat.summaries.set_category(selected, CategoryId("01.02"))
    model = GapFormModel(agent.seat)
    model.toggle(Searched())
    assert model.typing is not None
    assert model.typing.form.category_id == "01.02"
    model.send()
    assert model.typing.problem is GapProblem.EMPTY
