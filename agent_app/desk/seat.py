"""One signed-in agent's desk, as the screen is given it."""

from __future__ import annotations

from dataclasses import dataclass

from agent_app.desk.cards import Cards
from agent_app.desk.directory import Directory
from agent_app.desk.faults import Faults
from agent_app.desk.focus import Focus
from agent_app.desk.handover import Handover
from agent_app.desk.knowledge import Knowledge
from agent_app.desk.link import Link
from agent_app.desk.phone import Phone
from agent_app.desk.practice import Practice
from agent_app.desk.shift import Shift
from agent_app.desk.summaries import Summaries
from agent_app.domain.ids import AgentId
from agent_app.runtime.clock import Clock


@dataclass(frozen=True, slots=True)
class SeatAgent:
    agent_id: AgentId
    login: str
    name: str
    extension: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """Everything the screen may ask and do; built in ``agent_app.wiring``, nowhere else."""

    agent: SeatAgent
    clock: Clock
    phone: Phone
    shift: Shift
    focus: Focus
    cards: Cards
    summaries: Summaries
    knowledge: Knowledge
    link: Link
    faults: Faults
    handover: Handover
    directory: Directory
    practice: Practice | None
