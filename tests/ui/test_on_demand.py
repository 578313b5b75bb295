from __future__ import annotations

from PySide6.QtCore import QObject

from ui.on_demand import OnDemand


class Part:
    def __init__(self) -> None:
        self.wanted = 0

    def want(self) -> None:
        self.wanted += 1


def test_it_is_built_when_it_is_first_wanted_and_kept(qapp: QObject) -> None:
    built: list[Part] = []

    def build() -> Part:
        built.append(Part())
        return built[-1]

    part = OnDemand(build, qapp)
    assert part.built is None
    assert built == []
    part.want()
    part.want()
    assert [one.wanted for one in built] == [2]
    assert part.built is part.get() is built[0]
    part.deleteLater()
