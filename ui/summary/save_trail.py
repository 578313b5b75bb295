"""How far each summary has come on its way to the server, as the screen may truthfully say (⑦, ⑧).

Nothing is called delivered that was not seen waiting in the outbox and then seen gone from it (or
reported delivered): between saving and the outbox's first report nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from agent_app.desk.summaries import SaveResult
from agent_app.domain.ids import InteractionId
from agent_app.domain.link import SAVE_INTERACTION, OutboxItem, OutboxState

KEPT = 64


class SaveStage(StrEnum):
    INCOMPLETE = "incomplete"
    AT_HANG_UP = "at-hang-up"
    FAULT = "fault"
    WAITING = "waiting"
    DELIVERED = "delivered"
    SET_ASIDE = "set-aside"  # the server refused it, or it is in conflict


@dataclass(frozen=True, slots=True)
class SaveNote:
    """``at`` is when it was saved, None before that; ``queued``: it was seen in the outbox."""

    stage: SaveStage
    at: datetime | None = None
    detail: str = ""
    queued: bool = False


class SaveTrail:
    """The last notes, by interaction, newest kept."""

    def __init__(self) -> None:
        self._notes: dict[InteractionId, SaveNote] = {}

    def note(self, interaction_id: InteractionId | None) -> SaveNote | None:
        return None if interaction_id is None else self._notes.get(interaction_id)

    def finished(self, result: SaveResult, now: datetime) -> None:
        """The answer to a save came at ``now``."""
        known = self._notes.pop(result.interaction_id, None)
        if result.saved:
            queued = known is not None and known.queued
            note = known if known and queued else SaveNote(SaveStage.WAITING, now)
        elif result.at_hang_up:
            note = SaveNote(SaveStage.AT_HANG_UP)
        elif result.missing:
            note = SaveNote(SaveStage.INCOMPLETE)
        else:
            note = SaveNote(SaveStage.FAULT, detail=result.fault)
        self._put(result.interaction_id, note)

    def outbox(self, items: tuple[OutboxItem, ...]) -> None:
        """The outbox was counted again."""
        here = {InteractionId(item.record): item for item in items if item.kind == SAVE_INTERACTION}
        for interaction_id, note in tuple(self._notes.items()):
            item = here.get(interaction_id)
            if item is None:
                if note.queued and note.stage is SaveStage.SET_ASIDE:
                    del self._notes[interaction_id]  # she decided: nothing of it goes out
                elif note.queued:
                    self._notes[interaction_id] = replace(note, stage=SaveStage.DELIVERED)
            else:
                self._notes[interaction_id] = _queued(item, note)
        for interaction_id, item in here.items():
            if interaction_id not in self._notes:
                self._put(interaction_id, _queued(item, SaveNote(SaveStage.WAITING, item.made_at)))

    def _put(self, interaction_id: InteractionId, note: SaveNote) -> None:
        self._notes[interaction_id] = note
        if len(self._notes) > KEPT:
            del self._notes[next(iter(self._notes))]


def _queued(item: OutboxItem, note: SaveNote) -> SaveNote:
    stages = {
        OutboxState.WAITING: SaveStage.WAITING,
        OutboxState.SENDING: SaveStage.WAITING,
        OutboxState.DELIVERED: SaveStage.DELIVERED,
        OutboxState.CONFLICT: SaveStage.SET_ASIDE,
        OutboxState.REJECTED: SaveStage.SET_ASIDE,
    }
    stage = stages[item.state]
    return SaveNote(stage, note.at or item.made_at, item.detail, queued=True)
