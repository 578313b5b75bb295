"""Builds what a seat and its colleagues know of each other: live calls, directory, presence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_app.desk.cards import Cards
from agent_app.desk.directory import Directory
from agent_app.desk.handover import Handover
from agent_app.desk.handover_telling import Telling
from agent_app.desk.link import Link
from agent_app.desk.phone import Phone
from agent_app.desk.presence import Presence
from agent_app.desk.shift import Shift
from agent_app.desk.summaries import Summaries
from agent_app.domain.ids import AgentId
from agent_app.domain.numbers import Number
from agent_app.runtime.soon import BEHIND_S
from agent_app.wiring.ground import Ground
from sync.backoff import BackOff
from sync.live import LiveCalls
from sync.status import SyncStatus


@dataclass(frozen=True, slots=True)
class Parts:
    """What of the seat this is built on."""

    phone: Phone
    shift: Shift
    summaries: Summaries
    cards: Cards
    link: Link
    number: Callable[[str], Number]


@dataclass(frozen=True, slots=True)
class Colleagues:
    live: LiveCalls
    handover: Handover
    directory: Directory
    presence: Presence

    async def close(self) -> None:
        """Say that she leaves, as far as the server listens within a second or two."""
        await self.handover.close()
        await self.presence.leave()
        await self.live.stop()


class _Heard:
    """Live calls are built before the handover that shows whether they reach the server."""

    def __init__(self) -> None:
        self.handover: Handover | None = None

    def on_status(self, status: SyncStatus) -> None:
        if self.handover is not None:
            self.handover.on_server(status)


def build_colleagues(ground: Ground, parts: Parts) -> Colleagues:
    """Build and connect them; nothing is asked before the server is there."""
    clock, tasks = ground.clock, ground.tasks
    agent_id = AgentId(ground.identity.agent_id)
    heard = _Heard()
    live = LiveCalls(
        api=ground.api,
        auth=ground.auth,
        back_off=BackOff(
            first_s=ground.intervals.retry_first_s, max_s=ground.intervals.retry_max_s
        ),
        now_ms=lambda: int(clock.now().timestamp() * 1000),
        on_status=heard.on_status,
        behind_s=BEHIND_S,
    )
    phone, summaries, cards = parts.phone, parts.summaries, parts.cards
    handover = heard.handover = Handover(
        agent_id=agent_id,
        legs=live,
        telling=Telling(told=live, phone=phone, summaries=summaries, cards=cards, clock=clock),
        phone=phone,
        summaries=summaries,
        cards=cards,
        tasks=tasks,
    )
    presence = Presence(reports=live, shift=parts.shift, clock=clock, tasks=tasks)
    parts.link.changed.connect(handover.on_link)
    parts.link.changed.connect(presence.on_link)
    directory = Directory(
        agent_id=agent_id, colleagues=live, number_of=parts.number, clock=clock, tasks=tasks
    )
    phone.call_changed.connect(directory.on_call)
    return Colleagues(live, handover, directory, presence)
