"""What the panel about the copy says and offers (step ⑤)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_app.desk.local_copy import Forgetting
from agent_app.desk.seat import Seat
from sync.status import Phase
from ui.local_copy import words


class CopyAct(StrEnum):
    NONE = "none"
    STOP = "stop"
    GO_ON = "go-on"
    FETCH = "fetch"


@dataclass(frozen=True, slots=True)
class LocalCopyView:
    """``share`` in percent while everything is fetched, else None. Empty lines are not shown."""

    progress: str
    share: int | None
    reason: str
    clock: str
    others: str
    fault: str
    act: CopyAct
    act_text: str
    may_forget: bool


class LocalCopyModel(QObject):
    """View-model of the panel.

    Signals:
        changed: the new LocalCopyView.
    """

    changed = Signal(object)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._view = self._compose()
        seat.local_copy.changed.connect(self._on_change)

    @property
    def view(self) -> LocalCopyView:
        return self._view

    def do(self) -> None:
        """The act that is offered."""
        match self._view.act:
            case CopyAct.STOP:
                self._seat.local_copy.stop()
            case CopyAct.GO_ON | CopyAct.FETCH:
                self._seat.local_copy.fetch()
            case CopyAct.NONE:
                pass

    def _on_change(self, _status: object) -> None:
        view = self._compose()
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _compose(self) -> LocalCopyView:
        status = self._seat.local_copy.status
        sync, act = status.sync, self._act()
        fetching = sync.phase is Phase.FIRST_SYNC and sync.rows_expected > 0
        return LocalCopyView(
            progress=words.progress(status),
            share=100 * sync.rows_done // sync.rows_expected if fetching else None,
            reason=words.reason(sync.need),
            clock=words.clock(sync.clock_ahead_s),
            others=words.others(status.others_waiting),
            fault=status.fault,
            act=act,
            act_text=self._act_text(act),
            may_forget=not self._seat.agent.practice
            and status.forgetting is not Forgetting.UNDER_WAY,
        )

    def _act(self) -> CopyAct:
        status = self._seat.local_copy.status
        if status.stopped:
            return CopyAct.GO_ON
        if status.being_fetched:
            return CopyAct.STOP
        return CopyAct.FETCH if status.sync.phase is Phase.ONLINE else CopyAct.NONE

    def _act_text(self, act: CopyAct) -> str:
        texts = {
            CopyAct.NONE: "",
            CopyAct.STOP: self.tr("Stop fetching"),
            CopyAct.GO_ON: self.tr("Go on fetching"),
            CopyAct.FETCH: self.tr("Fetch everything anew"),
        }
        return texts[act]
