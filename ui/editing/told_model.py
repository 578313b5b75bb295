"""Who was told the old answer, in words (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.desk.told import NOT_ALLOWED, OFFLINE
from agent_app.domain.editing import Told, ToldList
from ui.formatting import joined, moment, phone_number
from ui.rows.row import Row


class ToldModel(QObject):
    """View-model of the call-back list.

    Signals:
        changed: read the properties again.
    """

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        seat.told.changed.connect(self._on_changed)

    @property
    def found(self) -> ToldList | None:
        return self._seat.told.list

    @property
    def heading(self) -> str:
        found = self.found
        if found is None:
            return ""
        return self.tr("Told an older answer: {title}").format(title=found.title)

    @property
    def summary(self) -> str:
        """How many, or why that is not known."""
        found = self.found
        if found is None:
            return ""
        if found.problem:
            texts = {
                OFFLINE: self.tr("Only the server knows who was told what, and it is away now."),
                NOT_ALLOWED: self.tr("Who was told what is for supervisors and editors."),
            }
            return texts.get(found.problem, found.problem)
        if found.asking and not found.rows:
            return self.tr("The server is asked …")
        return self._count(found)

    @property
    def is_fault(self) -> bool:
        return self.found is not None and bool(self.found.problem)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Calls for those who may know whom; else how many by each agent."""
        found = self.found
        if found is None:
            return ()
        if found.people:
            return tuple(self._row(one) for one in found.rows)
        return tuple(
            Row(
                key=f"agent-{place}",
                title=name,
                trail=self.tr("calls: {count}").format(count=calls),
                shape="person",
                tone="neutral",
            )
            for place, (name, calls) in enumerate(found.agents)
        )

    @property
    def can_dial(self) -> bool:
        return self.found is not None and self.found.people and bool(self.found.rows)

    def number(self, key: str) -> str:
        """What goes into the dial field for this row."""
        rows = () if self.found is None else self.found.rows
        return next((one.number for one in rows if one.interaction_id == key), "")

    def more(self) -> None:
        self._seat.told.ask_more()

    def close(self) -> None:
        self._seat.told.close()
        self.changed.emit()

    def _count(self, found: ToldList) -> str:
        if not found.total:
            text = self.tr("Nobody was told a version before {number}.")
            return text.format(number=found.version)
        text = self.tr("{count} calls quoted a version before {number}.").format(
            count=found.total, number=found.version
        )
        if found.people:
            return text
        who = self.tr("A supervisor sees who they were and can have them called back.")
        return f"{text} {who}"

    def _row(self, one: Told) -> Row:
        number = phone_number(one.number)
        since = ""
        if one.corrected_at is not None:
            since = self.tr("told the new answer {when}").format(
                when=moment(one.corrected_at, self._seat.clock.now())
            )
        version = self.tr("version {number}").format(number=one.version)
        parts = (number if one.customer_name else "", version, one.agent_name, since)
        return Row(
            key=one.interaction_id,
            title=one.customer_name or number or self.tr("Number withheld"),
            lines=(joined(*parts),),
            trail=moment(one.at, self._seat.clock.now()),
            muted=one.corrected_at is not None,
            shape="check" if one.corrected_at is not None else "person",
            tone="ready" if one.corrected_at is not None else "attention",
        )

    def _on_changed(self, _found: object) -> None:
        self.changed.emit()
