"""Her own day: what she did, beside the middle of the centre; sent there by itself (M36, ⑥ to ⑧).

The seat adds its days up anew whenever it is asked; the centre is told what is different from what
it was told before, a while after the fact. What it says of all agents is kept, and shown with its
time while the server is away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.domain.day import (
    DAY_ROLES,
    Comparison,
    Day,
    DayFigures,
    DayMaterial,
    add_up,
)
from agent_app.domain.grades import DayGrades
from agent_app.domain.ids import AgentId, new_operation_id
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.domain.roles import may
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from agent_app.store.times import to_text
from sync.days import CentreDay
from sync.errors import SyncError
from sync.wire import Operation, OperationKind, OperationResult, Outcome

DAYS_BACK = 14
TELL_MS = 15 * 60_000
LOOK_MS = 15_000
_TAKEN = (Outcome.APPLIED, Outcome.ALREADY_APPLIED)


class DayKeeper(Protocol):
    """What this needs of ``agent_app.store.days``; all raise StoreError."""

    async def material(self, day: date) -> DayMaterial: ...

    async def kept(self, first: date) -> tuple[date, ...]: ...

    async def seat(self) -> str: ...

    async def told(self, day: date) -> Mapping[str, int]: ...

    async def note_told(self, day: date, figures: Mapping[str, int]) -> None: ...

    async def comparison(self, day: date) -> Comparison | None: ...

    async def note_comparison(self, day: date, heard: Comparison) -> None: ...


class GradeSource(Protocol):
    """What this needs of ``agent_app.store.grades``; raises StoreError."""

    async def of_day(self, agent_id: AgentId, day: date) -> DayGrades: ...


class Centre(Protocol):
    """What this needs of ``sync.days.DayBook``; both raise SyncError."""

    async def tell(self, operation: Operation) -> OperationResult: ...

    async def centre(self, day: str) -> CentreDay: ...


@dataclass(frozen=True, slots=True)
class DayView:
    """One day of hers. ``comparison`` may be of an earlier time; None: the centre never said.

    ``online``: the centre can be asked. ``fault``: why the day could not be read.
    """

    day: Day
    today: date
    comparison: Comparison | None = None
    online: bool = False
    fault: str = ""


class MyDay(QObject):
    """GUI thread.

    Signals:
        changed: DayView.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        keeper: DayKeeper,
        grades: GradeSource | None,
        centre: Centre,
        agent_id: AgentId,
        role: str,
        clock: Clock,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """``grades`` is None where this seat keeps none."""
        super().__init__(parent)
        self._keeper = keeper
        self._grades = grades
        self._centre = centre
        self._agent_id = agent_id
        self._compares = may(role, DAY_ROLES)
        self._clock = clock
        self._tasks = tasks
        self._online = False
        self._watching = False
        self._telling = False
        self._asked = 0
        self._view = DayView(Day(self._today), self._today)
        self._chosen: date | None = None
        self._refused: set[date] = set()
        self._look_timer = QTimer(self, interval=LOOK_MS)
        self._look_timer.timeout.connect(self.refresh)
        self._tell_timer = QTimer(self, interval=TELL_MS)
        self._tell_timer.timeout.connect(self.tell)

    @property
    def view(self) -> DayView:
        return self._view

    @property
    def oldest(self) -> date:
        """The first day that may be shown."""
        return self._today - timedelta(days=DAYS_BACK)

    def watch(self, on: bool) -> None:
        """Keep the day true while it is looked at."""
        self._watching = on
        if on:
            self._look_timer.start()
            self._show()
        else:
            self._look_timer.stop()

    def step(self, days: int) -> None:
        """A later or an earlier day, as far as they are kept."""
        self.show_day(self._day + timedelta(days=days))

    def show_day(self, day: date) -> None:
        """Today stays today when midnight passes."""
        day = min(max(day, self.oldest), self._today)
        self._chosen = None if day == self._today else day
        self._show()

    def refresh(self) -> None:
        """States, calls or summaries are others now; asked for while somebody looks only."""
        if self._watching:
            self._asked += 1
            self._tasks.spawn(self._load(self._day, self._asked))

    def tell(self) -> None:
        """Send the centre what it does not know yet of the last days."""
        if self._online and not self._telling:
            self._telling = True
            self._tasks.spawn(self._tell_all())

    def on_calls(self, _entries: object) -> None:
        """A call of this seat began, moved or ended."""
        self.refresh()

    def on_link(self, status: LinkStatus) -> None:
        online = self._compares and status.server is ServerState.ONLINE
        if online == self._online:
            return
        self._online = online
        if online:
            self._tell_timer.start()
            self.tell()
        else:
            self._tell_timer.stop()
        if self._watching:
            self._show()

    def close(self) -> None:
        """The desk ends; what the server is from now on begins nothing."""
        self._online = self._watching = self._compares = False
        self._look_timer.stop()
        self._tell_timer.stop()

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return self._clock.now().astimezone().date()

    @property
    def _day(self) -> date:
        return self._chosen or self._today

    def _show(self) -> None:
        """Her own figures now, and the centre's when it answers."""
        self.refresh()
        if self._watching and self._online:
            self._tasks.spawn(self._compare(self._day))

    async def _load(self, day: date, asked: int) -> None:
        try:
            whole = add_up(day, await self._keeper.material(day))
            if self._grades is not None:
                whole = replace(whole, grades=await self._grades.of_day(self._agent_id, day))
            comparison = await self._keeper.comparison(day)
        except StoreError as error:
            self._put(DayView(self._view.day, self._today, fault=str(error)))
            return
        if asked == self._asked:  # another day was asked for meanwhile
            self._put(DayView(whole, self._today, comparison, self._online))

    async def _compare(self, day: date) -> None:
        await self._tell_one(day)
        try:
            said = await self._centre.centre(day.isoformat())
            heard = Comparison(said.agents, said.median, said.mean, self._clock.now())
            await self._keeper.note_comparison(day, heard)
        except (SyncError, StoreError):
            return  # what it said before stays, with its time
        if day == self._day:
            self.refresh()

    async def _tell_all(self) -> None:
        try:
            for day in await self._keeper.kept(self.oldest):
                await self._tell_one(day)
        except StoreError:
            return  # the same files are asked again in a quarter of an hour
        finally:
            self._telling = False

    async def _tell_one(self, day: date) -> None:
        """Told only of what is different from what it was told before."""
        if not self._online or day in self._refused:
            return
        try:
            figures = add_up(day, await self._keeper.material(day)).figures
            if figures == DayFigures() or asdict(figures) == await self._keeper.told(day):
                return
            operation = _operation(self._agent_id, day, figures, await self._keeper.seat(),
                                   self._clock.now())  # fmt: skip
            result = await self._centre.tell(operation)
            if result.outcome in _TAKEN:
                await self._keeper.note_told(day, asdict(figures))
            else:
                self._refused.add(day)
        except (SyncError, StoreError):
            return  # tried again in a quarter of an hour

    def _put(self, view: DayView) -> None:
        if view != self._view:
            self._view = view
            self.changed.emit(view)


def _operation(
    agent_id: AgentId, day: date, figures: DayFigures, seat: str, now: datetime
) -> Operation:
    return Operation(
        id=new_operation_id(),
        kind=OperationKind.SAVE_DAY,
        record=f"{agent_id}.{day.isoformat()}",
        author=agent_id,
        made_at=to_text(now),
        payload={"day": day.isoformat(), "seat": seat, "figures": asdict(figures)},
    )
