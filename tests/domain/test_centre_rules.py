"""Which category a queue stands for."""

from __future__ import annotations

import pytest

from agent_app.domain.centre_rules import category_of_queue
from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category

INVOICES = Category(CategoryId("05"), None, "发票", "Invoices", 5)
RED = Category(CategoryId("05.02"), CategoryId("05"), "红字发票", "Credit invoices", 2)
CHOSEN = {"发票专席": CategoryId("05.02"), "社保费专席": CategoryId("gone")}


@pytest.mark.parametrize(
    ("queue", "category"),
    [
        ("发票专席", "05.02"),  # the centre chose it
        (" 发票专席 ", "05.02"),
        ("发票", "05"),  # named like the category
        ("invoices", "05"),
        ("社保费专席", None),  # what was chosen is gone
        ("咨询", None),
        ("", None),
        ("  ", None),
    ],
)
def test_a_queue_stands_for_what_was_chosen_else_for_what_has_its_name(
    queue: str, category: str | None
) -> None:
    assert category_of_queue(queue, CHOSEN, (INVOICES, RED)) == category
