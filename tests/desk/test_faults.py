"""Faults of the seat are told once and stay until they were read."""

from __future__ import annotations

import threading

from agent_app.desk.faults import KEPT, Fault, FaultKind, Faults
from tests.desk.fakes import HandClock


def test_a_fault_is_told_once_and_goes_when_it_was_read(qapp: object) -> None:
    faults = Faults(clock=HandClock())
    seen: list[tuple[Fault, ...]] = []
    faults.changed.connect(seen.append)
    faults.on_data_fault("The file cache.db is damaged.")
    faults.on_data_fault("The file cache.db is damaged.")
    assert len(seen) == 1
    faults.dismiss(seen[0][0])
    faults.dismiss(seen[0][0])
    assert seen[1:] == [()]
    assert faults.faults == ()


def test_only_the_newest_are_kept(qapp: object) -> None:
    faults = Faults(clock=HandClock())
    for number in range(KEPT + 5):
        faults.report(FaultKind.PROGRAM, f"crash-{number}.txt")
    assert len(faults.faults) == KEPT
    assert faults.faults[-1].detail == f"crash-{KEPT + 4}.txt"


def test_a_fault_of_another_thread_is_told_in_the_window_s_thread(qtbot: object) -> None:
    faults = Faults(clock=HandClock())
    where: list[threading.Thread] = []
    faults.changed.connect(lambda _faults: where.append(threading.current_thread()))
    thread = threading.Thread(target=faults.reported.emit, args=(FaultKind.PROGRAM, "x.txt"))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(where))  # type: ignore[attr-defined]
    assert where == [threading.main_thread()]
