"""A desk that was opened without the server: how long it may, and what ends that (M49)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from agent_app.desk.local_copy import CopyStatus, Forgetting
from agent_app.runtime.clock import Clock
from agent_app.runtime.offline_sign_in import OfflineSignIn
from agent_app.runtime.tasks import Tasks
from sync.errors import SyncError
from sync.status import Cause, Phase, SyncStatus

CONFIRM_EVERY_S = 3600.0


class Confirming(QObject):
    """The server's word, written down: she is known still, or her session was ended."""

    def __init__(self, *, sign_in: OfflineSignIn, login: str, clock: Clock, tasks: Tasks) -> None:
        super().__init__()
        self._sign_in = sign_in
        self._login = login
        self._clock = clock
        self._tasks = tasks
        self._confirmed_s: float | None = None
        self._heard = SyncStatus(Phase.SIGNED_OUT)
        self._forgotten = False

    def on_copy(self, status: CopyStatus) -> None:
        """Connect it to ``LocalCopy.changed``; once an hour is enough for a limit in days."""
        if status.forgetting is Forgetting.DONE and not self._forgotten:
            self._forgotten = True
            self._do(self._sign_in.forget)
        if status.sync == self._heard:
            return
        self._heard = status.sync
        now_s = self._clock.monotonic_s()
        if status.sync.phase is Phase.ONLINE:
            if self._confirmed_s is None or now_s - self._confirmed_s > CONFIRM_EVERY_S:
                self._confirmed_s = now_s
                self._do(self._sign_in.confirm)
        elif status.sync.cause is Cause.SESSION_ENDED:
            self._confirmed_s = None
            self._do(self._sign_in.forget)

    def _do(self, act: Callable[[str], None]) -> None:
        async def work() -> None:
            await asyncio.to_thread(act, self._login)

        self._tasks.spawn(work())


class ServerWatch(QObject):
    """Without a session nothing is sent to the server; this asks whether it is back.

    Signals:
        sign_in_wanted: it is, or she wants to try: ask for her password.
    """

    sign_in_wanted = Signal()

    def __init__(self, *, ask: Callable[[], object], every_s: float, tasks: Tasks) -> None:
        """``ask`` blocks and raises SyncError as long as the server is away."""
        super().__init__()
        self._ask = ask
        self._every_s = every_s
        self._tasks = tasks

    def start(self) -> None:
        """Ask until it answers once."""
        self._tasks.spawn(self._watch())

    async def _watch(self) -> None:
        while True:
            with suppress(SyncError):
                await asyncio.to_thread(self._ask)
                self.sign_in_wanted.emit()
                return
            await asyncio.sleep(self._every_s)
