"""Whose work is whose on a seat that several agents share: a file for each (step ⑦).

What one agent typed and saved is never shown to another, nor sent in her name. It waits in its own
file, under the same key as the rest, until its author signs in here again.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from sqlalchemy import func, select

from agent_app.store.database import COMPANIONS, Database, FileSettings
from agent_app.store.errors import StoreError
from agent_app.store.opening import WORK_NAME
from agent_app.store.tables import outbox

_log = logging.getLogger(__name__)
_SETTINGS = FileSettings(durable=True)


def work_file(folder: Path, author: str) -> Path:
    """The author's file. One from before there were authors becomes hers. Raises OSError."""
    nobodys = folder / WORK_NAME
    if not author:
        return nobodys
    own = folder / f"work-{hashlib.blake2b(author.encode(), digest_size=8).hexdigest()}.db"
    if nobodys.exists() and not own.exists():
        # The file last: what it lacks is looked for beside it.
        for ending in (*COMPANIONS, ".spare", ""):
            if (part := nobodys.with_name(nobodys.name + ending)).exists():
                part.rename(own.with_name(own.name + ending))
    return own


def others_files(own: Path) -> tuple[Path, ...]:
    """Other agents' files in the same folder."""
    return tuple(sorted(path for path in own.parent.glob("work*.db") if path != own))


def waiting_in(path: Path, key: bytes) -> int:
    """How many entries the outbox of another agent's file holds; 0 when it does not say."""
    database = Database(path, key=key, settings=_SETTINGS)
    try:
        with database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(outbox)).scalar_one())
    except StoreError as error:
        _log.warning("another agent's file: %s", error)
        return 0
    finally:
        database.close_connections()
