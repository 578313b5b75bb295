"""The centre's ready-made sentences, out of the copy of its settings (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from agent_app.domain.text_modules import TextModule
from agent_app.store.centre_settings import items_of, setting
from agent_app.store.database import Database
from agent_app.store.readers import Readers

SETTING = "text-modules"


class TextModules:
    def __init__(self, *, cache: Database, readers: Readers) -> None:
        self._cache = cache
        self._readers = readers

    async def all(self) -> tuple[TextModule, ...]:
        """In the centre's order; one that this version cannot read is left out."""

        def job() -> tuple[TextModule, ...]:
            with self._cache.reading() as connection:
                return _modules(items_of(setting(connection, SETTING)))

        return await self._readers.run(job)


def _modules(items: Iterable[Any]) -> tuple[TextModule, ...]:
    found = []
    for item in items:
        with suppress(KeyError, TypeError):
            found.append(
                TextModule(
                    module_id=str(item["id"]),
                    name=str(item["name"]),
                    shortcut=str(item.get("shortcut", "")),
                    text=str(item["text"]),
                )
            )
    return tuple(found)
