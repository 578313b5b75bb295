"""What may be said about a saved summary on its way to the server."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent_app.desk.summaries import SaveResult
from agent_app.domain.ids import InteractionId, OperationId
from agent_app.domain.link import OutboxItem, OutboxState
from agent_app.domain.summary import SummaryField
from tests.ui.panels.fakes import NOW, ONE
from ui.summary.save_trail import KEPT, SaveNote, SaveStage, SaveTrail

EARLIER = NOW - timedelta(minutes=1)


def item(state: OutboxState = OutboxState.WAITING, detail: str = "") -> OutboxItem:
    return OutboxItem(OperationId("o1"), ONE, "interaction.save", "", EARLIER, state, 1, detail)


def test_nothing_is_known_before_anything_happened() -> None:
    assert SaveTrail().note(ONE) is None
    assert SaveTrail().note(None) is None


@pytest.mark.parametrize(
    ("result", "stage"),
    [
        (SaveResult(ONE, saved=False, missing=(SummaryField.ANSWER,)), SaveStage.INCOMPLETE),
        (SaveResult(ONE, saved=False, at_hang_up=True), SaveStage.AT_HANG_UP),
        (SaveResult(ONE, saved=False, fault="disk full"), SaveStage.FAULT),
        (SaveResult(ONE, saved=True), SaveStage.WAITING),
    ],
)
def test_every_answer_to_save_has_its_stage(result: SaveResult, stage: SaveStage) -> None:
    trail = SaveTrail()
    trail.finished(result, NOW)
    note = trail.note(ONE)
    assert note is not None
    assert (note.stage, note.detail) == (stage, result.fault)


def test_saved_but_never_seen_in_the_outbox_is_not_called_delivered() -> None:
    trail = SaveTrail()
    trail.finished(SaveResult(ONE, saved=True), NOW)
    trail.outbox(())
    assert trail.note(ONE) == SaveNote(SaveStage.WAITING, NOW)


def test_seen_in_the_outbox_and_gone_from_it_is_delivered() -> None:
    trail = SaveTrail()
    trail.finished(SaveResult(ONE, saved=True), NOW)
    trail.outbox((item(),))
    trail.outbox(())
    assert trail.note(ONE) == SaveNote(SaveStage.DELIVERED, NOW, queued=True)


def test_the_outbox_may_be_counted_before_the_answer_to_save_comes() -> None:
    trail = SaveTrail()
    trail.outbox((item(),))
    trail.outbox(())
    trail.finished(SaveResult(ONE, saved=True), NOW)
    assert trail.note(ONE) == SaveNote(SaveStage.DELIVERED, EARLIER, queued=True)


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (OutboxState.WAITING, SaveStage.WAITING),
        (OutboxState.DELIVERED, SaveStage.DELIVERED),
        (OutboxState.CONFLICT, SaveStage.SET_ASIDE),
        (OutboxState.REJECTED, SaveStage.SET_ASIDE),
    ],
)
def test_the_outbox_says_where_it_is_and_why(state: OutboxState, stage: SaveStage) -> None:
    trail = SaveTrail()
    trail.outbox((item(state, "why"),))
    assert trail.note(ONE) == SaveNote(stage, EARLIER, "why", queued=True)


def test_only_the_newest_notes_are_kept() -> None:
    trail = SaveTrail()
    for number in range(KEPT + 1):
        trail.finished(SaveResult(InteractionId(str(number)), saved=True), NOW)
    assert trail.note(InteractionId("0")) is None
    assert trail.note(InteractionId("1")) is not None
