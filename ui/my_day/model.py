"""Her day in words and numbers: figures beside the centre's, hours as bars (M36, step ⑥)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QLocale, QObject, Signal

from agent_app.desk.my_day import DAYS_BACK, DayView
from agent_app.desk.seat import Seat
from agent_app.domain.agent_state import AgentState
from agent_app.domain.day import CALLS_GRADED, SATISFIED_PERCENT, Comparison, DayFigures
from ui import words
from ui.formatting import clock_time, count, day, duration
from ui.rows.row import Row

Written = Callable[[float], str]
HOUR_S = 3600.0
USUAL_HOURS = (8, 18)
"""Shown even when nothing was done in them."""


class Group(StrEnum):
    """What the chart tells apart; each has its colour, its filling and its word."""

    CALLS = "calls"
    WRAP_UP = "wrap-up"
    FREE = "free"
    STUDY = "study"
    PAUSE = "pause"


_GROUPS: Mapping[AgentState, Group] = {
    AgentState.RINGING: Group.CALLS,
    AgentState.TALKING: Group.CALLS,
    AgentState.ON_HOLD: Group.CALLS,
    AgentState.WRAP_UP: Group.WRAP_UP,
    AgentState.READY: Group.FREE,
    AgentState.PRACTICE: Group.FREE,
    AgentState.STUDY: Group.STUDY,
    AgentState.NOT_READY: Group.PAUSE,
    AgentState.BREAK: Group.PAUSE,
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of the table; empty where there is nothing to compare with."""

    name: str
    mine: str
    median: str = ""
    mean: str = ""
    part: bool = False  # of the line above it


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour of the clock; ``parts`` are seconds, the lowest first."""

    hour: int
    parts: tuple[tuple[Group, float], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Satisfied callers in a hundred, and the words beside the bar; ``others``: the centre's."""

    name: str
    percent: float
    text: str
    others: bool = False


class MyDayModel(QObject):
    """View-model of the page; the day is kept true while the page is shown.

    Signals:
        changed: everything may be different.
    """

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._day = seat.my_day
        self._day.changed.connect(self._on_changed)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def title(self) -> str:
        return self.tr("My day: {day}").format(day=self._words(self.view.day.day))

    @property
    def view(self) -> DayView:
        return self._day.view

    @property
    def days(self) -> tuple[Row, ...]:
        """Today and the last days, the newest first."""
        shown = (self.view.today - timedelta(days=back) for back in range(DAYS_BACK + 1))
        return tuple(Row(one.isoformat(), self._words(one), trail=_weekday(one)) for one in shown)

    @property
    def selected(self) -> str:
        return self.view.day.day.isoformat()

    @property
    def rows(self) -> tuple[FigureRow, ...]:
        figures, states = self.view.day.figures, self.view.day.states
        return (
            self._count(self.tr("Calls taken"), "calls_taken"),
            self._count(self.tr("Calls made"), "calls_made"),
            self._count(self.tr("Calls missed"), "calls_missed"),
            self._time(self.tr("Talk time"), "talk_s"),
            self._average(figures),
            self._time(self.tr("Wrap-up"), "wrap_up_s"),
            self._time(self._group(Group.FREE), "ready_s"),
            self._time(self.tr("Pauses"), "pause_s"),
            *(
                FigureRow(words.agent_state(state), duration(states[state]), part=True)
                for state in (AgentState.NOT_READY, AgentState.BREAK)
                if states.get(state)
            ),
            self._time(self.tr("Signed in"), "signed_in_s"),
            self._count(self.tr("Summaries saved"), "summaries"),
            self._count(self.tr("Articles quoted"), "quotes"),
            *self._graded(),
        )

    @property
    def has_grades(self) -> bool:
        """This seat keeps what callers said."""
        return self.view.day.grades is not None

    @property
    def shares(self) -> tuple[Share, ...]:
        """How many callers were satisfied: hers, the centre's; a side that has none is left out."""
        grades, found = self.view.day.grades, []
        if grades is None:
            return ()
        if (mine := grades.percent) is not None:
            text = self.tr("{satisfied} of {graded}, {percent}").format(
                satisfied=count(grades.satisfied),
                graded=count(grades.graded),
                percent=_percent(mine),
            )
            found.append(Share(self.tr("You"), mine, text))
        heard = self.view.comparison
        if heard is not None and (median := heard.median.get(SATISFIED_PERCENT)) is not None:
            found.append(Share(self.tr("Centre, median"), median, _percent(median), others=True))
        return tuple(found)

    @property
    def ungraded(self) -> str:
        """Why a bar is missing; empty when both are there."""
        grades = self.view.day.grades
        if grades is None:
            return ""
        if not grades.graded:
            return self.tr("No caller of this day has graded a call of yours yet.")
        if len(self.shares) == 1:
            return self.tr("The centre's share is shown with grades of three agents or more.")
        return ""

    @property
    def note(self) -> str:
        """What the numbers are compared with, and since when; a fault first."""
        view = self.view
        if view.fault:
            return view.fault
        heard = view.comparison
        if heard is None:
            if view.online:
                return self.tr("The centre is being asked …")
            return self.tr("To compare with the centre, the server is needed.")
        when = clock_time(heard.heard_at, self._seat.clock.now())
        if not heard.median:
            return self.tr(
                "The centre's figures are shown when at least three agents have told of this day,"
                " so that nobody is singled out; as of {time}."
            ).format(time=when)
        text = self.tr("Compared with {number} agents of the centre, without names; as of {time}.")
        if not view.online:
            text = self.tr(
                "Compared with {number} agents of the centre, without names, as of {time}; the"
                " server is away."
            )
        return text.format(number=count(heard.agents), time=when)

    @property
    def is_fault(self) -> bool:
        return bool(self.view.fault)

    @property
    def has_comparison(self) -> bool:
        return self.view.comparison is not None and bool(self.view.comparison.median)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The usual hours, and every other in which she was here."""
        hours = self.view.day.hours
        busy = [hour for hour, states in enumerate(hours) if states]
        first, last = min([USUAL_HOURS[0], *busy]), max([USUAL_HOURS[1] - 1, *busy])
        return tuple(
            Bar(hour, _parts(hours[hour] if hour < len(hours) else {}))
            for hour in range(first, last + 1)
        )

    @property
    def legend(self) -> tuple[tuple[Group, str], ...]:
        """Each group with its word and its time in the day."""
        total = dict(_parts(self.view.day.states))
        return tuple((group, f"{self._group(group)} {duration(total.get(group, 0.0))}")
                     for group in Group)  # fmt: skip

    @property
    def spoken(self) -> str:
        """The chart in words, for who does not see it."""
        told = []
        for bar in self.bars:
            if bar.parts:
                parts = ", ".join(f"{self._group(g)} {duration(s)}" for g, s in bar.parts)
                told.append(f"{bar.hour:02}:00–{bar.hour + 1:02}:00 {parts}")
        return "; ".join(told) or self.tr("Nothing was written down on this day.")

    def bar_text(self, bar: Bar) -> str:
        """For the tooltip of one hour."""
        parts = (f"{self._group(group)} {duration(seconds)}" for group, seconds in bar.parts)
        return "\n".join((f"{bar.hour:02}:00–{bar.hour + 1:02}:00", *parts))

    # --- what she does ---------------------------------------------------------------------------

    def watch(self, on: bool) -> None:
        self._day.watch(on)

    def select(self, key: str) -> None:
        if key != self.selected:
            self._day.show_day(date.fromisoformat(key))

    # --- inside ----------------------------------------------------------------------------------

    def _on_changed(self, _view: object) -> None:
        self.changed.emit()

    def _words(self, which: date) -> str:
        return day(which, self.view.today)

    def _count(self, name: str, figure: str) -> FigureRow:
        mine = getattr(self.view.day.figures, figure)
        return FigureRow(name, count(mine), *self._middle(figure, _number))

    def _time(self, name: str, figure: str) -> FigureRow:
        mine = getattr(self.view.day.figures, figure)
        return FigureRow(name, duration(mine), *self._middle(figure, duration))

    def _average(self, figures: DayFigures) -> FigureRow:
        average = figures.average_talk_s
        mine = "–" if average is None else duration(average)
        return FigureRow(self.tr("Average call"), mine, *self._middle("average_talk_s", duration))

    def _graded(self) -> tuple[FigureRow, ...]:
        grades = self.view.day.grades
        if grades is None:
            return ()
        mine = self.tr("none graded yet") if grades.percent is None else _percent(grades.percent)
        return (
            FigureRow(
                self.tr("Calls graded"), count(grades.graded), *self._middle(CALLS_GRADED, _number)
            ),
            FigureRow(
                self.tr("Callers satisfied"), mine, *self._middle(SATISFIED_PERCENT, _percent)
            ),
        )

    def _middle(self, figure: str, written: Written) -> tuple[str, str]:
        heard: Comparison | None = self.view.comparison
        if heard is None:
            return "", ""
        median, mean = heard.median.get(figure), heard.mean.get(figure)
        return ("" if median is None else written(median), "" if mean is None else written(mean))

    def _group(self, group: Group) -> str:
        names = {
            Group.CALLS: self.tr("Calls"),
            Group.WRAP_UP: words.agent_state(AgentState.WRAP_UP),
            Group.FREE: words.agent_state(
                AgentState.PRACTICE if self._seat.agent.practice else AgentState.READY
            ),
            Group.STUDY: words.agent_state(AgentState.STUDY),
            Group.PAUSE: self.tr("Pauses"),
        }
        return names[group]


def _parts(states: Mapping[AgentState, float]) -> tuple[tuple[Group, float], ...]:
    """In the order of the groups; a state that nobody is in is left out."""
    sums: dict[Group, float] = {}
    for state, seconds in states.items():
        if (group := _GROUPS.get(state)) is not None:
            sums[group] = sums.get(group, 0.0) + seconds
    return tuple((group, sums[group]) for group in Group if sums.get(group))


def _percent(value: float) -> str:
    return f"{_number(round(value, 1))} %"


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _weekday(which: date) -> str:
    return QLocale().dayName(which.isoweekday(), QLocale.FormatType.ShortFormat)
