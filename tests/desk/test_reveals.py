"""The whole of a masked value: asked for, shown for a while, and gone."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import QTimer

from agent_app.desk.reveals import ID_NUMBER, Reveal, RevealFault, Reveals
from agent_app.domain.ids import CustomerId
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, SyncError, Unreachable
from tests.desk.fakes_caller import FakeSecrets
from tests.desk.rigs import run_with_tasks, settle

pytestmark = pytest.mark.usefixtures("qapp")

ZHANG = CustomerId("c1")


class Rig:
    def __init__(self, tasks: Tasks, *, allowed: bool = True) -> None:
        self.secrets = FakeSecrets({ID_NUMBER: "330102199003071234", "custom.bank": "6222"})
        self.reveals = Reveals(secrets=self.secrets, allowed=allowed, tasks=tasks)
        self.seen: list[Reveal | None] = []
        self.reveals.changed.connect(self.seen.append)


def test_it_is_asked_for_with_the_reason_and_shown() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.reveals.reveal(ZHANG, ID_NUMBER, "核对身份")
        assert rig.seen == [Reveal(ZHANG, ID_NUMBER)]
        assert rig.reveals.shown is not None
        assert rig.reveals.shown.asking
        await settle()
        assert rig.secrets.asked == [(ZHANG, ID_NUMBER, "核对身份")]
        assert rig.reveals.shown == Reveal(ZHANG, ID_NUMBER, "330102199003071234")
        rig.reveals.hide()
        assert rig.seen[-1] is None

    run_with_tasks(story)


def test_after_half_a_minute_it_is_hidden_by_itself() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        timer = rig.reveals.findChild(QTimer)
        assert timer is not None
        assert timer.interval() == 30_000
        assert not timer.isActive()
        rig.reveals.reveal(ZHANG, ID_NUMBER, "核对身份")
        assert not timer.isActive(), "the time begins when it is there to be read"
        await settle()
        assert timer.isActive()
        timer.timeout.emit()
        assert rig.reveals.shown is None
        assert not timer.isActive()

    run_with_tasks(story)


def test_another_value_takes_the_place_of_the_first() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.secrets.gate = asyncio.Event()
        rig.reveals.reveal(ZHANG, ID_NUMBER, "核对身份")
        rig.reveals.reveal(ZHANG, "custom.bank", "核对身份")
        rig.secrets.gate.set()
        await settle()
        assert rig.reveals.shown == Reveal(ZHANG, "custom.bank", "6222")
        assert len([one for one in rig.seen if one is not None and one.value]) == 1

    run_with_tasks(story)


def test_what_was_hidden_meanwhile_is_not_shown_when_it_comes() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.secrets.gate = asyncio.Event()
        rig.reveals.reveal(ZHANG, ID_NUMBER, "核对身份")
        await settle()
        rig.reveals.hide()
        rig.secrets.gate.set()
        await settle()
        assert rig.reveals.shown is None

    run_with_tasks(story)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (Unreachable("nobody answers"), RevealFault.NO_SERVER),
        (RequestRefused("not allowed", status=403, code="not-allowed"), RevealFault.REFUSED),
    ],
)
def test_without_an_answer_it_says_why(error: SyncError, fault: RevealFault) -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.secrets.error = error
        rig.reveals.reveal(ZHANG, ID_NUMBER, "核对身份")
        await settle()
        assert rig.reveals.shown == Reveal(ZHANG, ID_NUMBER, "", fault, str(error))

    run_with_tasks(story)


def test_a_value_the_server_does_not_have_is_said_to_be_none() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.reveals.reveal(ZHANG, "custom.none", "核对身份")
        await settle()
        assert rig.reveals.shown is not None
        assert rig.reveals.shown.fault is RevealFault.NOTHING

    run_with_tasks(story)


def test_without_the_right_or_a_reason_nothing_is_asked() -> None:
    async def story(tasks: Tasks) -> None:
        Rig(tasks).reveals.reveal(ZHANG, ID_NUMBER, " ")
        rig = Rig(tasks, allowed=False)
        rig.reveals.reveal(ZHANG, ID_NUMBER, "核对身份")
        await settle()
        assert (rig.secrets.asked, rig.seen) == ([], [])

    run_with_tasks(story)
