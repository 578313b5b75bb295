"""The seat's copy of the centre on the screen, and what this seat forgets when it is told to."""

from __future__ import annotations

import asyncio

from agent_app.desk.local_copy import LocalCopy
from agent_app.wiring.ground import Ground
from agent_app.wiring.typed_words import TypedWords
from sync.replication import Replication


def build_local_copy(ground: Ground, *, replication: Replication, typed: TypedWords) -> LocalCopy:
    return LocalCopy(
        copying=replication,
        keep_typed=typed.flush,
        forget=lambda: _forget(ground),
        tasks=ground.tasks,
        others_waiting=ground.store.others_waiting,
    )


async def _forget(ground: Ground) -> None:
    """The data, and who was signed in here; the key stays for what is not delivered yet."""
    await ground.store.forget()
    await asyncio.to_thread(lambda: ground.profile.identity_file.unlink(missing_ok=True))
