"""How a trainee gets a call, and how the simulated caller is doing, in plain words (step ①)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.desk.practice import Practice, PracticeFault, PracticeState, PracticeStatus
from agent_app.desk.scenarios import Scenario
from ui.language import in_chinese


@dataclass(frozen=True, slots=True)
class ScenarioChoice:
    scenario_id: str
    title: str


@dataclass(frozen=True, slots=True)
class PracticeView:
    choices: tuple[ScenarioChoice, ...]
    status: str
    can_ring: bool
    fault: bool


class PracticeModel(QObject):
    """View-model of the practice strip.

    Signals:
        changed: the new PracticeView.
    """

    changed = Signal(object)

    def __init__(self, practice: Practice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        self._view = self._compose(practice.status)
        practice.changed.connect(self._on_change)

    @property
    def view(self) -> PracticeView:
        return self._view

    def let_caller_ring(self, scenario_id: str | None) -> None:
        """Start the scenario, or the next one in turn for None."""
        if self._view.can_ring:
            self._practice.let_caller_ring(scenario_id)

    def _on_change(self, status: PracticeStatus) -> None:
        view = self._compose(status)
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _compose(self, status: PracticeStatus) -> PracticeView:
        choices = tuple(
            ScenarioChoice(scenario.scenario_id, _title(scenario))
            for scenario in self._practice.scenarios
        )
        waiting = status.state in (PracticeState.IDLE, PracticeState.FAULT)
        return PracticeView(
            choices=choices,
            status=self._status(status),
            can_ring=waiting and bool(choices),
            fault=status.state is PracticeState.FAULT or not choices,
        )

    def _status(self, status: PracticeStatus) -> str:
        scenarios = {scenario.scenario_id: scenario for scenario in self._practice.scenarios}
        title = _title(scenarios[status.scenario_id]) if status.scenario_id in scenarios else ""
        match status.state:
            case PracticeState.IDLE:
                return "" if scenarios else self.tr("There are no practice scenarios here.")
            case PracticeState.STARTING:
                return self.tr("“{title}” is about to call").format(title=title)
            case PracticeState.RINGING:
                return self.tr("“{title}” is ringing").format(title=title)
            case PracticeState.TALKING:
                return self.tr("“{title}” talks: {turn} of {turns}").format(
                    title=title, turn=status.turn, turns=status.turns
                )
            case PracticeState.FAULT:
                if status.fault is PracticeFault.PHONE_NOT_READY:
                    return self.tr("Your phone is not ready yet. Try again in a moment.")
                return self.tr("The simulated caller could not call. Try again.")


def _title(scenario: Scenario) -> str:
    """In the language of the screen."""
    return scenario.title if in_chinese() else scenario.title_en or scenario.title
