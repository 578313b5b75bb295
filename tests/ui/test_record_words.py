"""Values of a record as an agent reads them: names for ids, a line for each number."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication

from tests.desk.fakes_records import CENTRE
from tests.ui.panels.fakes_knowledge import CATEGORIES
from ui.formatting import appointment
from ui.language import Language, Languages
from ui.record_words import Names, category_name, part_name, shown_names, value_text
from ui.words import outbox_kind

NAMES = Names(CENTRE, {"01": "个人所得税"})


def test_ids_are_shown_by_their_names_and_unknown_ones_as_they_are(qapp: QApplication) -> None:
    assert value_text("segment_id", "s-1", NAMES) == "重点企业"
    assert value_text("segment_id", "s-9", NAMES) == "s-9"
    assert value_text("category_id", "01", NAMES) == "个人所得税"
    assert value_text("kind", "company", NAMES) == "Company"
    assert value_text("kind", "person", NAMES) == "Person"
    assert value_text("segment_id", None, NAMES) == ""


def test_lists_and_fields_have_a_line_each(qapp: QApplication) -> None:
    phones = [{"number": "+8613800138000", "label": "手机"}, {"number": "12366"}, "no number"]
    assert value_text("phones", phones, NAMES) == "138 0013 8000  手机\n12366"
    quotes = [{"article_id": "a", "version": 2, "title": "子女教育"}]
    assert value_text("quotes", quotes, NAMES) == "子女教育"
    custom = {"level": "A", "small": True, "gone": 3}
    assert value_text("custom", custom, NAMES) == "Credit level: A\nSmall business: Yes\ngone: 3"


def test_a_category_is_named_in_the_language_of_the_screen(languages: Languages) -> None:
    tax, small = CATEGORIES[0], CATEGORIES[-1]
    assert category_name(tax) == "Individual income tax"
    assert category_name(small) == "小规模纳税人", "the centre has no English name for it"
    languages.choose(Language.CHINESE)
    assert category_name(tax) == "个人所得税"


def test_a_category_known_by_name_only_is_shown_in_the_language_of_the_screen(
    languages: Languages,
) -> None:
    assert shown_names(CATEGORIES)["增值税"] == "Value-added tax"
    languages.choose(Language.CHINESE)
    assert not shown_names(CATEGORIES)


def test_what_means_nothing_to_an_agent_has_no_name(qapp: QApplication) -> None:
    assert part_name("notes") == "Notes"
    assert part_name("exchange_call_id") == ""


def test_a_ticket_is_read_in_the_words_of_its_form(languages: Languages) -> None:
    at = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert value_text("kind", "tip-off", NAMES) == "Tip-off"
    assert value_text("contact", "+8613800138000", NAMES) == "138 0013 8000"
    assert value_text("due_at", "2026-11-25T09:30:00Z", NAMES) == appointment(at.astimezone())
    assert value_text("due_at", "soon", NAMES) == "soon"
    assert [value_text("state", word, NAMES) for word in ("open", "closed")] == ["open", "closed"]
    assert [part_name(name) for name in ("holder_name", "due_at", "contact", "holder_id")] == [
        "Who must answer", "Deadline", "Number to call back", "",
    ]  # fmt: skip
    languages.choose(Language.CHINESE)
    assert value_text("kind", "complaint", NAMES) == "投诉"
    assert outbox_kind("ticket.save") == "工单"
