"""Wrap-up and the queues' categories, out of the copy of the centre's settings (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from agent_app.domain.centre_rules import CentreRules, WrapUpRule
from agent_app.domain.ids import CategoryId
from agent_app.store.centre_settings import items_of, setting
from agent_app.store.database import Database
from agent_app.store.readers import Readers

WRAP_UP = "wrap-up"
QUEUE_CATEGORIES = "queue-categories"


class CentreRulesReader:
    def __init__(self, *, cache: Database, readers: Readers) -> None:
        self._cache = cache
        self._readers = readers

    async def rules(self) -> CentreRules:
        """As the centre has them; what this version cannot read is left out."""

        def job() -> CentreRules:
            with self._cache.reading() as connection:
                return CentreRules(
                    _wrap_up(setting(connection, WRAP_UP)),
                    _queues(items_of(setting(connection, QUEUE_CATEGORIES))),
                )

        return await self._readers.run(job)


def _wrap_up(value: Mapping[str, Any]) -> WrapUpRule | None:
    seconds = value.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int) or seconds < 0:
        return None
    return WrapUpRule(
        seconds=seconds,
        auto_ready=value.get("auto_ready", True) is True,
        park_at_end=value.get("park_at_end", False) is True,
    )


def _queues(items: Iterable[Any]) -> Mapping[str, CategoryId]:
    found = {}
    for item in items:
        with suppress(KeyError, TypeError):
            found[str(item["queue"])] = CategoryId(str(item["category_id"]))
    return found
