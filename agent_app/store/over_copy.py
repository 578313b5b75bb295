"""What each kind of record over the centre's copy is kept with: the copy, her work, the outbox
(steps ④ and ⑦)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from agent_app.store.database import Database
from agent_app.store.outbox import Outbox
from agent_app.store.readers import Readers
from agent_app.store.typed import Typed


class OverCopy:
    """Reads the copy and what is not delivered as one, writes her work with its outbox entry.

    Each method may raise a FileFaultError; what it writes is on the disk when it returns.
    """

    def __init__(
        self,
        *,
        cache: Database,
        work: Database,
        readers: Readers,
        outbox: Outbox,
        now: Callable[[], datetime],
    ) -> None:
        self._cache = cache
        self._work = work
        self._readers = readers
        self._outbox = outbox
        self._now = now
        self._typed = Typed(work=work, readers=readers, now=now)
