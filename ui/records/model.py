"""The history page's content in words: rows, how far was looked, the record that is read (⑥)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from agent_app.desk.records import RecordList
from agent_app.desk.seat import Seat
from agent_app.domain.directory import TargetKind
from agent_app.domain.ids import CustomerId
from agent_app.domain.record_choice import RecordChoice
from agent_app.domain.records import Record, RecordDetails
from ui.formatting import count, day, duration, joined, moment, phone_number
from ui.records import words
from ui.rows.row import Row
from ui.summary.categories import CategoryTree


class RecordsModel(QObject):
    """View-model of the history page; asks while the page is shown only.

    Signals:
        found: rows or the status are others now.
        choices_changed: what may be chosen from.
        chosen: something else is looked for.
        read: another record is read, or none.
    """

    found = Signal()
    choices_changed = Signal()
    chosen = Signal()
    read = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._rows: tuple[Row, ...] = ()
        self._made: dict[str, tuple[Record, Row]] = {}
        self._made_on: date | None = None
        self._queues: set[str] = set()
        self._tree = CategoryTree(seat.knowledge.categories)
        self._details: RecordDetails | None = None
        seat.records.changed.connect(self._on_found)
        seat.records.details_changed.connect(self._on_details)
        seat.knowledge.categories_changed.connect(self._on_categories)
        seat.directory.changed.connect(self._on_directory)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def choice(self) -> RecordChoice:
        return self._seat.records.choice

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def more_to_come(self) -> bool:
        found = self._seat.records.list
        return found.place is not None and not found.searching

    @property
    def status(self) -> str:
        """How many there are and how far was looked; a fault first."""
        found = self._seat.records.list
        if found.fault:
            return found.fault
        number = count(len(found.records))
        if found.searching and found.looked_to is not None:
            return self.tr("{number} found; looking further back than {day} …").format(
                number=number, day=self._day(found.looked_to.astimezone().date())
            )
        if found.searching:
            return self.tr("Looking …")
        if found.place is not None:
            return self.tr("The newest {number}; older ones as you go down.").format(number=number)
        return self.tr("{number} in all.").format(number=number)

    @property
    def is_fault(self) -> bool:
        return bool(self._seat.records.list.fault)

    @property
    def empty_text(self) -> str:
        if self._seat.records.list.searching:
            return ""
        if self.choice.narrows:
            return self.tr("Nothing fits. Fewer words, more days or “Show all” find more.")
        return self.tr("Nothing was said yet: the first call will stand here.")

    @property
    def queues(self) -> tuple[str, ...]:
        """Those of the centre's directory and of what was found."""
        targets = self._seat.directory.search("")
        known = {target.name for target in targets if target.kind is TargetKind.QUEUE}
        return tuple(sorted(known | self._queues))

    @property
    def categories(self) -> tuple[Row, ...]:
        return self._tree.rows("")

    @property
    def details(self) -> RecordDetails | None:
        return self._details

    @property
    def selected(self) -> str:
        return self._seat.records.opened

    def category_path(self, record: Record) -> str:
        return self._tree.path(record.category_id)

    @property
    def now(self) -> datetime:
        return self._seat.clock.now()

    # --- what she does ---------------------------------------------------------------------------

    def watch(self, on: bool) -> None:
        """The page is shown, or another one is."""
        if on:
            self._seat.directory.refresh()
            self._seat.records.look(self.choice)
        else:
            self._seat.records.rest()

    def choose(self, **changes: object) -> None:
        """Look for something else."""
        choice = replace(self.choice, **changes)  # type: ignore[arg-type]
        if choice != self.choice:
            self._seat.records.look(choice)
            self.chosen.emit()

    def reset(self) -> None:
        """Show everything again."""
        self.choose(**{name: getattr(RecordChoice(), name) for name in RecordChoice.__slots__})

    def more(self) -> None:
        self._seat.records.more()

    def catch_up(self) -> None:
        self._seat.records.catch_up()

    def select(self, record_id: str) -> None:
        if record_id != self.selected:
            self._seat.records.open(record_id)

    @property
    def number(self) -> str:
        """What goes into the dial field for the record that is read; "" for a withheld number."""
        return "" if self._details is None else self._details.record.number

    @property
    def customer_id(self) -> CustomerId | None:
        return None if self._details is None else self._details.record.customer_id

    # --- inside ----------------------------------------------------------------------------------

    def _on_found(self, found: RecordList) -> None:
        """Only what is new becomes a row anew: a list may be thousands long."""
        today = self._seat.clock.now().astimezone().date()
        if today != self._made_on:
            self._made, self._made_on = {}, today
        self._made = {record.record_id: self._making(record) for record in found.records}
        self._rows = tuple(row for _, row in self._made.values())
        queues = {record.queue for record in found.records} - {""} - self._queues
        if queues:
            self._queues |= queues
            self.choices_changed.emit()
        self.found.emit()

    def _making(self, record: Record) -> tuple[Record, Row]:
        known = self._made.get(record.record_id)
        return known if known is not None and known[0] == record else (record, self._row(record))

    def _on_details(self, details: RecordDetails | None) -> None:
        self._details = details
        self.read.emit()

    def _on_categories(self, _categories: object) -> None:
        self._tree = CategoryTree(self._seat.knowledge.categories)
        self._made.clear()
        self._on_found(self._seat.records.list)
        self.choices_changed.emit()

    def _on_directory(self, _status: object) -> None:
        self.choices_changed.emit()

    def _day(self, which: date) -> str:
        return day(which, self._seat.clock.now().astimezone().date())

    def _row(self, record: Record) -> Row:
        shape, tone = words.look(record)
        name, number = words.name_of(record), phone_number(record.number)
        mine = record.agent_id in ("", self._seat.agent.agent_id)
        who = self.tr("you") if mine else record.agent_name
        first = (
            self.tr("today's name") if record.name_now and not record.name else "",
            words.direction(record.direction),
            number if number != name else "",
            record.queue,
            who,
            duration(record.talk_s) if record.answered else "",
        )
        second = (record.question.strip(), self._tree.path(record.category_id))
        return Row(
            record.record_id,
            name,
            lines=(joined(*first), joined(*second)),
            trail=moment(record.started_at, self._seat.clock.now()),
            badge=words.badge(record),
            shape=shape,
            tone=tone,
        )
