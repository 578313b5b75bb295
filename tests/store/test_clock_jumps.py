"""The computer's clock is set while entries wait: none waits longer, none is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from agent_app.domain.inbox import Decision
from tests.store.rigs import NOW, in_loop, opened
from tests.store.test_customers import edit, with_zhang
from tests.store.test_inbox import refuse


@pytest.mark.parametrize("by", [timedelta(days=1), timedelta(days=-1)])
@in_loop
async def test_a_decision_goes_out_whatever_day_it_is_now(tmp_path: Path, by: timedelta) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store, version=3)
        item, _ = await edit(store, region="宁波")
        await refuse(store, item.operation_id)
        await store.inbox.decide(item.operation_id, Decision.SEND_AGAIN)
        assert await store.outbox.due(10) == []  # it can be undone for some seconds
    async with opened(tmp_path, now=NOW + by) as store:
        [operation] = await store.outbox.due(10)
        assert operation.made_at.startswith(f"{NOW:%Y-%m-%d}")  # as she said it then


@in_loop
async def test_a_copy_that_was_compared_tomorrow_is_compared_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        copy = store.copy_of("http://127.0.0.1:1")
        await store.replica.remember_compared(NOW)
        assert await copy.compared_lately()
        await store.replica.remember_compared(NOW + timedelta(days=1))
        assert not await copy.compared_lately()
