"""What is looked for: words, days, whose, which way, queue, category, answered, sent (step ⑥)."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent_app.domain.record_choice import Period, RecordChoice
from ui.choice_box import ChoiceBox
from ui.labels import plain_label
from ui.records import words
from ui.records.model import RecordsModel
from ui.search_field import SearchField

FIRST_LINE = ("graded", "mine", "period")
LEAST_PX = 96


class RecordFilters(QWidget):
    """Two lines; each choice looks at once."""

    def __init__(self, model: RecordsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.search = SearchField(self)
        self.search.setObjectName("records-search")
        self.search.setAccessibleName(self.tr("Search the history"))
        self.search.setPlaceholderText(
            self.tr("Number, name as it was then, words of question or answer")
        )
        self._boxes: dict[str, _Choice] = {
            "period": _Choice("records-period", self.tr("Days"), words.periods()),
            "mine": _Choice("records-mine", self.tr("Whose"), words.owners()),
            "direction": _Choice("records-direction", self.tr("Which way"), words.directions()),
            "queue": _Choice("records-queue", self.tr("Queue"), (), elided=True),
            "category_id": _Choice("records-category", self.tr("Category"), (), elided=True),
            "answered": _Choice("records-answered", self.tr("Answered"), words.answers()),
            "graded": _Choice("records-graded", self.tr("Caller's grade"), words.grades()),
            "standing": _Choice("records-standing", self.tr("Sent"), words.standings()),
        }
        self._first = _day_field("records-first-day", self.tr("From this day"))
        self._last = _day_field("records-last-day", self.tr("To this day"))
        self._between = plain_label("–", role="muted")
        self._reset = QPushButton(self.tr("Show all"))
        self._reset.setObjectName("records-reset-button")
        self._reset.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self._offer()

    def _lay_out(self) -> None:
        first, second, days = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for line in (first, second, days):
            line.setSpacing(8)
        first.addWidget(self.search, 1)
        for name in FIRST_LINE:
            first.addWidget(self._boxes[name])
        days.addStretch(1)  # under the box that asked for them
        for widget in (self._first, self._between, self._last):
            days.addWidget(widget)
        for name, box in self._boxes.items():
            if name not in FIRST_LINE:
                second.addWidget(box, 1 if name in ("queue", "category_id") else 0)
        second.addWidget(self._reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(first)
        layout.addLayout(days)
        layout.addLayout(second)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_text)
        self.search.left.connect(self.search.clear)
        for name, box in self._boxes.items():
            box.activated.connect(partial(self._on_chosen, name))
        self._first.dateChanged.connect(self._on_days)
        self._last.dateChanged.connect(self._on_days)
        self._reset.clicked.connect(self._on_reset)
        self._model.choices_changed.connect(self._offer)
        self._model.chosen.connect(self.show_choice)

    def _offer(self) -> None:
        """What may be chosen now."""
        every = self.tr("All queues")
        self._boxes["queue"].offer((("", every), *((name, name) for name in self._model.queues)))
        rows = ((row.key, 2 * row.depth * " " + row.title) for row in self._model.categories)
        self._boxes["category_id"].offer(((None, self.tr("All categories")), *rows))
        self.show_choice()

    def show_choice(self) -> None:
        """What is chosen; asks nothing."""
        choice = self._model.choice
        for name, box in self._boxes.items():
            box.show_value(getattr(choice, name))
        if self.search.text() != choice.text:
            self.search.setText(choice.text)
        self._show_days(choice)
        self._reset.setEnabled(choice.narrows)

    def _show_days(self, choice: RecordChoice) -> None:
        ranged = choice.period is Period.DAYS
        for widget in (self._first, self._between, self._last):
            widget.setVisible(ranged)
        for field, day in ((self._first, choice.first), (self._last, choice.last)):
            field.blockSignals(True)
            if day is not None:
                field.setDate(QDate(day.year, day.month, day.day))
            field.blockSignals(False)

    def _on_text(self, text: str) -> None:
        self._model.choose(text=text)

    def _on_chosen(self, name: str, _index: int) -> None:
        value = self._boxes[name].value
        if name == "period" and value is Period.DAYS:
            self._on_days()
        else:
            self._model.choose(**{name: value})

    def _on_days(self) -> None:
        first, last = _as_date(self._first.date()), _as_date(self._last.date())
        self._model.choose(period=Period.DAYS, first=min(first, last), last=max(first, last))

    def _on_reset(self) -> None:
        self._model.reset()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)


class _Choice(ChoiceBox):
    """A list of values with their words."""

    def __init__(
        self, name: str, spoken: str, choices: tuple[tuple[object, str], ...], *,
        elided: bool = False,
    ) -> None:  # fmt: skip
        """``elided``: as wide as there is room; else as its longest word."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        policy = QComboBox.SizeAdjustPolicy
        if elided:
            self.setMinimumWidth(LEAST_PX)
            self.setSizeAdjustPolicy(policy.AdjustToMinimumContentsLengthWithIcon)
        else:
            self.setSizeAdjustPolicy(policy.AdjustToContents)
        self._choices: tuple[tuple[object, str], ...] = ()
        self.offer(choices)

    @property
    def value(self) -> object:
        return self._choices[self.currentIndex()][0]

    def offer(self, choices: tuple[tuple[object, str], ...]) -> None:
        if choices != self._choices:
            self._choices = choices
            self.clear()
            self.addItems([word for _, word in choices])

    def show_value(self, value: object) -> None:
        """One that is not offered (any more) is shown as it is."""
        known = [one for one, _ in self._choices]
        if value not in known:
            self.offer((*self._choices, (value, str(value))))
            known.append(value)
        self.setCurrentIndex(known.index(value))


def _day_field(name: str, spoken: str) -> QDateEdit:
    field = QDateEdit(QDate.currentDate())
    field.setObjectName(name)
    field.setAccessibleName(spoken)
    field.setToolTip(spoken)
    field.setCalendarPopup(True)
    field.setDisplayFormat("yyyy-MM-dd")
    field.setMaximumDate(QDate.currentDate().addDays(1))
    return field


def _as_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
