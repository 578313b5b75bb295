"""Whom a call can be given to, and whose ringing call can be taken (M03, M04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.agent_state import AgentState


class TargetKind(StrEnum):
    COLLEAGUE = "colleague"
    QUEUE = "queue"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody or something that can be dialled.

    ``number`` is what the exchange is to be asked for. ``state`` is known for colleagues only, and
    None when the server has not said lately; ``since`` is when it began. ``detail`` is where a
    number belongs (浙江 杭州), empty when not known.
    """

    kind: TargetKind
    name: str
    number: str
    state: AgentState | None = None
    since: datetime | None = None
    detail: str = ""

    @property
    def free(self) -> bool:
        return self.state in FREE

    def means(self, typed: str) -> bool:
        """An extension typed in full means this one, whatever else begins like it."""
        return self.kind is not TargetKind.NUMBER and self.number == typed


@dataclass(frozen=True, slots=True)
class RingingElsewhere:
    """A call that rings at a colleague's desk; ``since`` by that desk's clock."""

    call_id: str
    extension: str
    agent_name: str
    name: str
    number: str
    queue: str
    menu_path: str
    dialled: str
    since: datetime


FREE = (AgentState.READY, AgentState.PRACTICE)

_RANK = (
    *FREE, AgentState.WRAP_UP, AgentState.RINGING, AgentState.TALKING, AgentState.ON_HOLD,
    AgentState.STUDY, AgentState.NOT_READY, AgentState.BREAK, AgentState.SIGNED_OUT,
)  # fmt: skip


def rank(target: Target) -> tuple[int, int, str]:
    """Order of a list of targets: who can take it now, who soon, queues, who cannot, the number."""
    if target.kind is TargetKind.NUMBER:
        return (4, 0, target.number)
    if target.kind is TargetKind.QUEUE:
        return (2, 0, target.number)
    if target.state is None:
        return (1, len(_RANK), target.number)
    if target.state is AgentState.SIGNED_OUT:
        return (3, 0, target.number)
    return (0 if target.free else 1, _RANK.index(target.state), target.number)
