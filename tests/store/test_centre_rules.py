"""The centre's rules for summaries, out of the copy; what cannot be read is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_app.domain.centre_rules import CentreRules, WrapUpRule
from sync.wire import Json
from tests.store.rigs import in_loop, opened, page, row


@in_loop
async def read(folder: Path, settings: dict[str, Json]) -> CentreRules:
    rows = [row("settings", id=name, version=1, value=value) for name, value in settings.items()]
    async with opened(folder) as store:
        await store.replica.apply(page(1, settings=rows))
        return await store.centre_rules.rules()


def test_what_the_centre_says_is_read(tmp_path: Path) -> None:
    items: Json = [{"queue": "发票专席", "category_id": "05"}, {"queue": "咨询"}, "?"]
    found = read(tmp_path, {
        "wrap-up": {"seconds": 30, "auto_ready": False, "park_at_end": True},
        "queue-categories": {"items": items},
    })  # fmt: skip
    assert found == CentreRules(WrapUpRule(30, auto_ready=False, park_at_end=True),
                                {"发票专席": "05"})  # type: ignore[dict-item]  # fmt: skip


def test_an_older_centre_says_less(tmp_path: Path) -> None:
    assert read(tmp_path, {"wrap-up": {"seconds": 30, "auto_ready": True}}) == CentreRules(
        WrapUpRule(30)
    )


@pytest.mark.parametrize(
    "value", [{"seconds": "30"}, {"seconds": True}, {"seconds": -1}, {"items": "?"}, {}]
)
def test_what_this_version_cannot_read_is_left_out(tmp_path: Path, value: Json) -> None:
    assert read(tmp_path, {"wrap-up": value, "queue-categories": value}) == CentreRules()


def test_an_empty_copy_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, {}) == CentreRules()
