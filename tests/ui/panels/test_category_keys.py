"""Every category of the sample centre in six keys, with and without an input method."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category
from agent_app.store.search.readings import readings
from tests.resources.shipped import categories
from tests.ui.panels.fakes_knowledge import planted
from tests.ui.panels.finding import find
from tests.ui.panels.typing import compose, type_text
from ui.rows.list_view import RowList
from ui.summary.category_field import CategoryField

MOST_KEYS = 6


def spelt(name: str) -> tuple[str, ...]:
    return tuple(map(readings().find, name))


def sample_categories() -> tuple[Category, ...]:
    return tuple(
        Category(CategoryId(one["id"]), CategoryId(one["parent"]) if one["parent"] else None,
                 one["name"], one["name_en"], position, spelt(one["name"]))
        for position, one in enumerate(categories())
    )  # fmt: skip


CATEGORIES = sample_categories()
TREE = planted(CATEGORIES)
BY_ID = {one.category_id: one for one in CATEGORIES}


def initials(category: Category) -> str:
    letters = zip(category.name, category.syllables, strict=True)
    return "".join(syllable[:1] or character.casefold() for character, syllable in letters)


def spellings(category: Category) -> Iterator[str]:
    """What somebody may type who knows the name: its initials, and those above it first."""
    own = initials(category)
    for end in range(1, MOST_KEYS):
        yield own[:end]
    if category.parent_id is not None:
        above = initials(BY_ID[category.parent_id])
        for split in (1, 2, 3):
            yield above[:split] + own[: MOST_KEYS - 1 - split]


def keys(typed: str, category: Category) -> int:
    """The letters, so many times Down, and Enter."""
    rows = [row.key for row in TREE.rows(typed)]
    down = rows.index(category.category_id) if category.category_id in rows else 99
    return len(typed) + down + 1


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda one: one.name)
def test_six_keys_are_enough_for_every_category_of_the_sample_centre(category: Category) -> None:
    assert min(keys(typed, category) for typed in spellings(category)) <= MOST_KEYS


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    field = CategoryField(rows_for=TREE.rows)
    QVBoxLayout(window).addWidget(field)
    window.resize(500, 500)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    field.setFocus()
    return window


@pytest.fixture
def field(window: QWidget) -> CategoryField:
    return find(window, CategoryField, "category-field")


def first_title(field: CategoryField) -> str:
    rows = find(field.window(), RowList, "category-list").row_model.rows
    return rows[0].title if rows else ""


def test_four_letters_and_enter_choose(field: CategoryField, qtbot: QtBot) -> None:
    QTest.keyClicks(field, "zxfj")
    with qtbot.waitSignal(field.chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == ["01.01"]


@pytest.mark.parametrize("shown", ["zxfj", "zhuan'xiang", "zhuan xiang"])
def test_letters_filter_while_an_input_method_still_composes_them(
    field: CategoryField, shown: str
) -> None:
    compose(field, shown)
    assert field.is_open
    assert first_title(field) == "专项附加扣除"
    assert field.text() == ""


def test_keys_are_the_input_methods_while_it_composes(field: CategoryField, qtbot: QtBot) -> None:
    compose(field, "zxfj")
    with qtbot.assertNotEmitted(field.chosen):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.is_open
    compose(field, "", commit="专项")
    assert (field.text(), first_title(field)) == ("专项", "专项附加扣除")
    with qtbot.waitSignal(field.chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == ["01.01"]


def test_what_is_composed_joins_what_was_committed(field: CategoryField) -> None:
    type_text(field, "出口")
    compose(field, "tuishuisb")
    assert first_title(field) == "出口退税申报"


def test_a_composition_that_is_given_up_leaves_what_was_typed(field: CategoryField) -> None:
    type_text(field, "契")
    compose(field, "x")
    compose(field, "")
    assert (field.text(), first_title(field)) == ("契", "契税")


def test_a_locked_field_opens_nothing(field: CategoryField) -> None:
    field.setReadOnly(True)
    compose(field, "zx")
    assert not field.is_open
