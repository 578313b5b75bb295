"""Files as an older version of the seat left them, with an outbox that is not delivered yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import orjson
from sqlalchemy import Connection

from agent_app.domain.ids import AgentId, InteractionId, new_operation_id
from agent_app.store.cache_migrations import CACHE_MIGRATIONS
from agent_app.store.database import Database, FileSettings
from agent_app.store.draft_json import encode
from agent_app.store.migrations import Migration, migrate
from agent_app.store.opening import CACHE_NAME, WORK_NAME
from agent_app.store.summaries import payload
from agent_app.store.work_migrations import WORK_MIGRATIONS
from tests.domain.examples import call, draft
from tests.shift_model.ledger import Act, Ledger
from tests.store.rigs import KEY, NOW

_AT = "2026-03-02T09:40:00.000Z"


def older_files(
    folder: Path, ledger: Ledger, *, seat: str, agent: str, texts: Sequence[str], steps: int
) -> None:
    """``steps`` of the work file's migrations have run. All texts but the last are saved and
    wait, the last is a draft; written as the first version wrote them."""
    folder.mkdir()
    work = Database(folder / WORK_NAME, key=KEY, settings=FileSettings(durable=True))
    work.open(lambda c: migrate(c, WORK_MIGRATIONS[:steps], work.path))
    for n, text in enumerate(texts):
        words = ledger.words(text)
        name = f"old-{ledger.typed}"
        waits = n < len(texts) - 1
        work.write_now(lambda c: _put(c, name, words, ledger, seat, agent, waits=waits))  # noqa: B023
        if not waits:
            ledger.drafts[name] = (seat, words)
    work.close_connections()
    _cache(folder, CACHE_MIGRATIONS[:1])


def _cache(folder: Path, migrations: Sequence[Migration]) -> None:
    cache = Database(folder / CACHE_NAME, key=KEY, settings=FileSettings(durable=False))
    cache.open(lambda c: migrate(c, migrations, cache.path))
    cache.close_connections()


def _put(
    connection: Connection, name: str, words: str, ledger: Ledger, seat: str, agent: str, *,
    waits: bool,
) -> None:  # fmt: skip
    of = draft(
        interaction_id=InteractionId(name),
        call=call(interaction_id=InteractionId(name), started_at=NOW),
        question=words,
    )
    connection.exec_driver_sql(
        "INSERT INTO drafts (interaction_id, state, body, changed_at) VALUES (?, ?, ?, ?)",
        (name, "saved" if waits else "open", encode(of), _AT),
    )
    if not waits:
        return
    ledger.owners[name] = agent
    operation_id = new_operation_id()
    body = orjson.dumps(payload(of, agent_id=AgentId(agent), agent_name="本人")).decode()
    connection.exec_driver_sql(
        "INSERT INTO own_interactions (id, operation_id, started_at, payload, title, made_at)"
        " VALUES (?, ?, ?, ?, '', ?)",
        (name, operation_id, _AT, body, _AT),
    )
    connection.exec_driver_sql(
        "INSERT INTO outbox (id, kind, record, author, made_at, payload, base, title, state)"
        " VALUES (?, 'interaction.save', ?, ?, ?, ?, '{}', '', 'waiting')",
        (operation_id, name, agent, _AT, body),
    )
    ledger.did(Act(operation_id, seat, "interactions", name, {"question": words}))
