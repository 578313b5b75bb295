"""What one server process does with what it and its fellows tell (step ⑨).

Every listener can also be told that something was missed, and then looks into the database. Beside
an SQLite file nobody is told what the command line does in it, so sessions are looked after there.
"""

from __future__ import annotations

import asyncio
import logging

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

from server.changes import newest_sequence
from server.channels import MISSED, Channel, SessionKind, SessionNews
from server.database import Database
from server.hub import EventHub
from server.revocation import EndedSessions

_log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0


class Hearing:
    """From ``start`` to ``stop`` the hub and the ended sessions of this process are up to date."""

    def __init__(self, *, database: Database, hub: EventHub, ended: EndedSessions) -> None:
        self._database = database
        self._hub = hub
        self._ended = ended

    def start(self) -> None:
        """Blocks while it looks for what was before. Raises SQLAlchemy's errors."""
        self._database.listen(Channel.CHANGES, self._on_changes)
        self._database.listen(Channel.SESSIONS, self._on_sessions)
        self._on_changes(MISSED)
        self._on_sessions(MISSED)
        self._database.start_listening()

    async def keep_looking(self, every_s: float = LOOK_EVERY_S) -> None:
        """Until cancelled: notice sessions that another program ended in the SQLite file."""
        while self._database.dialect == "sqlite":
            await asyncio.sleep(every_s)
            try:
                await to_thread.run_sync(self._look)
            except SQLAlchemyError as error:
                _log.warning("ended sessions cannot be read now (%s)", type(error).__name__)

    def stop(self) -> None:
        self._database.stop_listening()

    def _on_changes(self, payload: str) -> None:
        if payload == MISSED:
            with self._database.read() as connection:
                self._hub.announce(newest_sequence(connection))
        else:
            self._hub.announce(int(payload))

    def _look(self) -> None:
        with self._database.read() as connection:
            news = self._ended.load(connection)
        if news:
            self._hub.wake_all()

    def _on_sessions(self, payload: str) -> None:
        if payload == MISSED:
            self._look()
            return
        news = SessionNews.from_payload(payload)
        if news.kind is SessionKind.ENDED:
            self._ended.add(news.session_ids, wipe=news.wipe)
        self._hub.tell(news)
