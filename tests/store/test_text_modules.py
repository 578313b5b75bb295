"""The centre's ready-made sentences come out of the copy; what cannot be read is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_app.domain.text_modules import TextModule
from sync.wire import Json
from tests.store.rigs import in_loop, opened, page, row


@in_loop
async def test_they_are_read_in_the_centres_order(tmp_path: Path) -> None:
    items: Json = [
        {"id": "b", "name": "乙", "shortcut": "y", "text": "乙。"},
        {"id": "a", "name": "甲", "text": "甲。"},
        {"id": "half", "name": "没有词"},
        "nonsense",
    ]
    setting = row("settings", id="text-modules", value={"items": items})
    async with opened(tmp_path) as store:
        assert await store.text_modules.all() == ()
        await store.replica.apply(page(settings=[setting]))
        assert await store.text_modules.all() == (
            TextModule("b", "乙", "y", "乙。"), TextModule("a", "甲", "", "甲。"),
        )  # fmt: skip


@pytest.mark.parametrize("value", [{}, {"items": 5}, {"items": []}])
@in_loop
async def test_a_setting_of_another_form_has_none(tmp_path: Path, value: Json) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(settings=[row("settings", id="text-modules", value=value)]))
        assert await store.text_modules.all() == ()
