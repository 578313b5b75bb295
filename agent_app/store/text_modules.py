"""The centre's ready-made sentences, out of the copy of its settings (step ⑥)."""

from __future__ import annotations

from contextlib import suppress

import orjson
from sqlalchemy import select

from agent_app.domain.text_modules import TextModule
from agent_app.store.database import Database
from agent_app.store.readers import Readers
from agent_app.store.tables import settings

SETTING = "text-modules"


class TextModules:
    def __init__(self, *, cache: Database, readers: Readers) -> None:
        self._cache = cache
        self._readers = readers

    async def all(self) -> tuple[TextModule, ...]:
        """In the centre's order; one that this version cannot read is left out."""

        def job() -> tuple[TextModule, ...]:
            with self._cache.reading() as connection:
                value = connection.execute(
                    select(settings.c.value).where(settings.c.id == SETTING)
                ).scalar()
            return _modules(value)

        return await self._readers.run(job)


def _modules(value: str | None) -> tuple[TextModule, ...]:
    items = orjson.loads(value).get("items") if value else None
    found = []
    for item in items if isinstance(items, list) else ():
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
