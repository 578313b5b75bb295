"""The server's directory as targets, each with the ways in which it may be typed (M03, M04)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from agent_app.domain.agent_state import AgentState
from agent_app.domain.directory import RingingElsewhere, Target, TargetKind
from agent_app.domain.ids import AgentId
from agent_app.store.search.readings import readings
from sync.legs import AgentLeg, DirectoryPage


@dataclass(frozen=True, slots=True)
class Entry:
    """``spellings`` are folded: the name, its pinyin and its initials."""

    target: Target
    spellings: tuple[str, ...]

    def fits(self, wanted: str) -> bool:
        """``wanted`` is folded and without spaces; empty fits everybody."""
        if self.target.number.startswith(wanted):
            return True
        name, *spoken = self.spellings
        return wanted in name or any(one.startswith(wanted) for one in spoken if one)


def entries_of(page: DirectoryPage, *, leave_out: AgentId) -> tuple[Entry, ...]:
    """Everybody who can be dialled, but oneself."""
    colleagues = (
        Target(
            TargetKind.COLLEAGUE, agent.name, agent.extension, _state(agent.state),
            moment(agent.since),
        )
        for agent in page.agents
        if agent.agent_id != leave_out and agent.extension
    )  # fmt: skip
    queues = (Target(TargetKind.QUEUE, queue.name, queue.number) for queue in page.queues)
    return tuple(Entry(target, _spellings(target.name)) for target in (*colleagues, *queues))


def ringing_of(legs: Iterable[AgentLeg]) -> tuple[RingingElsewhere, ...]:
    """The longest ringing first; one without a time of its own would be of a broken desk."""
    found = [
        RingingElsewhere(
            call_id=one.leg.call_id,
            extension=one.extension,
            agent_name=one.agent_name,
            name=one.leg.name,
            number=one.leg.number,
            queue=one.leg.queue,
            menu_path=one.leg.menu_path,
            dialled=one.leg.dialled,
            since=since,
        )
        for one in legs
        if one.extension and (since := moment(one.leg.started_at)) is not None
    ]
    return tuple(sorted(found, key=lambda ringing: ringing.since))


def moment(text: str) -> datetime | None:
    """A time of the wire; None for none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _state(word: str) -> AgentState | None:
    """A newer server may know more states than this desk."""
    try:
        return AgentState(word)
    except ValueError:
        return None


def _spellings(name: str) -> tuple[str, ...]:
    folded = "".join(name.split()).casefold()
    syllables = [readings().find(character) or character for character in folded]
    return (folded, "".join(syllables), "".join(syllable[0] for syllable in syllables))
