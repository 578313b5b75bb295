"""Stopping, going on and forgetting: what is done in which order, and what is told."""

from __future__ import annotations

from agent_app.desk.local_copy import Forgetting, LocalCopy
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import DiskFullError
from sync.errors import Need
from sync.status import Cause, Phase, SyncStatus
from tests.desk.rigs import run_with_tasks, settle
from tests.store.test_errors import PATH

ENDED = SyncStatus(Phase.SIGNED_OUT, Cause.SESSION_ENDED, wipe=True)


class Around:
    """The desk around the copy; remembers the order of things."""

    def __init__(self, tasks: Tasks) -> None:
        self.done: list[str] = []
        self.fault: Exception | None = None
        self.left = 0
        self.copy = LocalCopy(
            copying=self, keep_typed=self.keep_typed, forget=self.forget, tasks=tasks
        )
        self.copy.left.connect(self._on_left)

    def fetch_copy(self) -> None:
        self.done.append("fetch")

    def stop_copy(self) -> None:
        self.done.append("stop")

    async def sign_out(self) -> None:
        self.done.append("sign out")
        self.copy.on_server(SyncStatus(Phase.SIGNED_OUT))

    async def keep_typed(self) -> None:
        self.done.append("keep typed")

    async def forget(self) -> None:
        if self.fault is not None:
            raise self.fault
        self.done.append("forget")

    def _on_left(self) -> None:
        self.left += 1


def test_every_word_is_kept_before_anything_is_forgotten() -> None:
    async def story(tasks: Tasks) -> None:
        around = Around(tasks)
        around.copy.on_server(SyncStatus(Phase.ONLINE))
        around.copy.forget()
        around.copy.forget()  # a second press is not a second time
        await settle()
        assert around.done == ["keep typed", "sign out", "forget"]
        assert around.copy.status.forgetting is Forgetting.DONE
        assert around.left == 1

    run_with_tasks(story)


def test_a_session_ended_with_that_wish_forgets_and_the_desk_stays() -> None:
    async def story(tasks: Tasks) -> None:
        around = Around(tasks)
        around.copy.on_server(ENDED)
        await settle()
        assert around.done == ["keep typed", "forget"]
        assert around.copy.status.by_centre
        assert around.left == 0

    run_with_tasks(story)


def test_a_session_that_just_ended_forgets_nothing() -> None:
    async def story(tasks: Tasks) -> None:
        around = Around(tasks)
        around.copy.on_server(SyncStatus(Phase.SIGNED_OUT, Cause.SESSION_ENDED))
        await settle()
        assert around.done == []

    run_with_tasks(story)


def test_a_disk_that_does_not_forget_is_told_and_can_be_asked_again() -> None:
    async def story(tasks: Tasks) -> None:
        around = Around(tasks)
        around.fault = DiskFullError(PATH)
        around.copy.forget()
        await settle()
        assert around.copy.status.forgetting is Forgetting.FAILED
        assert "no room" in around.copy.status.fault
        assert around.left == 0
        around.fault = None
        around.copy.forget()
        await settle()
        assert around.copy.status.forgetting is Forgetting.DONE

    run_with_tasks(story)


def test_stopping_and_going_on_are_passed_on() -> None:
    async def story(tasks: Tasks) -> None:
        around = Around(tasks)
        around.copy.on_server(SyncStatus(Phase.FIRST_SYNC, need=Need.EMPTY))
        assert around.copy.status.being_fetched
        around.copy.stop()
        around.copy.on_server(SyncStatus(Phase.NOT_SYNCHRONISED))
        assert around.copy.status.stopped
        around.copy.fetch()
        assert around.done == ["stop", "fetch"]

    run_with_tasks(story)
