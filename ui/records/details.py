"""The record that is read: who, when, what, with which articles, and whether the centre has it (⑥).

All of it is external text and shown as it is.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from agent_app.domain.records import RecordDetails, RecordState
from ui.caller.fitted_text import FittedText
from ui.formatting import button_text, clock_time, duration, joined, phone_number, waited
from ui.labels import plain_label
from ui.records import words
from ui.records.model import RecordsModel
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row
from ui.summary.labelled import Labelled
from ui.theme import set_style_state

LINES = (10, 24)
"""So high a text may be before the column scrolls, and before it scrolls itself."""


class RecordPanel(QWidget):
    """Paints the model's details.

    Signals:
        number_wanted: into the dial field; never dials.
        customer_wanted: the customer's page.
        quote_wanted: QuotedArticle, to be read as it was quoted.
    """

    number_wanted = Signal(str)
    customer_wanted = Signal()
    quote_wanted = Signal(object)

    def __init__(self, model: RecordsModel, inbox_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("records-details")
        self.setProperty("role", "scrolled")
        self._model = model
        self._inbox_key = inbox_key
        self._hint = ClippedLabel(
            self.tr("Choose a call to read it. ↑ ↓ goes from one to the next."), lines=3,
            name="records-hint", role="muted",
        )  # fmt: skip
        self._name = ClippedLabel(lines=2, name="records-name", role="title")
        self._now = ClippedLabel(lines=2, name="records-name-now", role="muted")
        self.number = self._button("records-number-button", "link")
        self.customer = self._button("records-customer-button", "inline")
        self._state = ClippedLabel(lines=5, name="records-state")
        self._facts = _Facts()
        self._texts = {
            "question": self._text("records-question", self.tr("Question")),
            "answer": self._text("records-answer", self.tr("Answer")),
            "basis": self._text("records-basis", self.tr("Basis")),
            "follow_up": self._text("records-follow-up", self.tr("Follow-up")),
        }
        self._quotes = RowList(RowModel(self), lines=0)
        self._quotes.setObjectName("records-quotes")
        self._quotes.setProperty("role", "field")
        self._quotes.setAccessibleName(self.tr("Quoted articles; Enter opens one"))
        self._quoted = Labelled(self.tr("Quoted articles"), self._quotes)
        self._parts: tuple[QWidget, ...] = (
            self._name, self._now, self.number, self.customer, self._state, self._facts,
            *(labelled for _, labelled in self._texts.values()), self._quoted,
        )  # fmt: skip
        self._lay_out()
        self.number.clicked.connect(self._on_number)
        self.customer.clicked.connect(self.customer_wanted)
        self._quotes.chosen.connect(self._on_quote)
        model.read.connect(self._show)
        self._show()

    def _button(self, name: str, kind: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("kind", kind)
        button.setAutoDefault(False)
        return button

    def _text(self, name: str, caption: str) -> tuple[FittedText, Labelled]:
        field = FittedText(name=name, spoken=caption, least=LINES[0], most=LINES[1], parent=self)
        return field, Labelled(caption, field)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for label in (self._hint, self._name, self._now):
            column.addWidget(label)
        for button in (self.number, self.customer):
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._state)
        column.addWidget(self._facts)
        for _, labelled in self._texts.values():
            column.addWidget(labelled)
        column.addWidget(self._quoted)
        column.addStretch(1)

    def _show(self) -> None:
        details = self._model.details
        self._hint.setVisible(details is None)
        for part in self._parts:
            part.setVisible(details is not None)
        if details is None:
            return
        self._show_who(details)
        record = details.record
        self._state.setText(
            words.state_sentence(record.state, reason=details.reason, key=self._inbox_key)
        )
        set_style_state(self._state, "chip", words.state_chip(record.state))
        self._facts.show_facts(self._lines(details))
        texts = {"question": record.question, "answer": details.answer, "basis": details.basis,
                 "follow_up": details.follow_up}  # fmt: skip
        for name, (field, labelled) in self._texts.items():
            if field.toPlainText() != texts[name]:
                field.setPlainText(texts[name])
            labelled.setVisible(bool(texts[name].strip()))
        self._show_quotes(details)

    def _show_who(self, details: RecordDetails) -> None:
        record = details.record
        name, number = words.name_of(record), phone_number(record.number)
        self._name.setText(name)
        self._name.setAccessibleName(name)
        other = record.name_now if record.name and record.name_now != record.name else ""
        self._now.setText(self.tr("Today: {name}").format(name=other))
        self._now.setVisible(bool(other))
        self.number.setText(button_text(number))
        self.number.setAccessibleName(self.tr("{number} into the dial field").format(number=number))
        self.number.setToolTip(self.tr("Into the dial field; dialling is a second act"))
        self.number.setVisible(bool(number))
        self.customer.setText(self.tr("Open the customer"))
        self.customer.setVisible(record.customer_id is not None)

    def _lines(self, details: RecordDetails) -> tuple[tuple[str, str], ...]:
        record, now = details.record, self._model.now
        ended = "" if details.ended_at is None else clock_time(details.ended_at, now)
        direction = words.direction(record.direction)
        by = record.agent_name or (self.tr("you") if not record.agent_id else "")
        return (
            (self.tr("Call"), joined(direction, record.queue, details.dialled)),
            (self.tr("Menu"), details.menu_path),
            (self.tr("Began"), joined(clock_time(record.started_at, now),
                                       waited(details.waited_s))),
            (self.tr("Answered"), self._moment(details)),
            (self.tr("Ended"), joined(ended, words.end_reason(details.end_reason))),
            (self.tr("Talked"), duration(record.talk_s) if record.answered else ""),
            (self.tr("By"), by),
            (self.tr("Caller's grade"), "" if details.grade is None
             else words.grade(details.grade)),
            (self.tr("Passed on to"), details.transferred_to),
            (self.tr("Category"), self._model.category_path(record) or details.category),
            (self.tr("Saved"), "" if details.saved_at is None
             else clock_time(details.saved_at, now)),
            (self.tr("Tried"), self.tr("{number} times").format(number=details.attempts)
             if details.attempts and record.state is RecordState.WAITING else ""),
        )  # fmt: skip

    def _moment(self, details: RecordDetails) -> str:
        if details.answered_at is None:
            return self.tr("not answered")
        return clock_time(details.answered_at, self._model.now)

    def _show_quotes(self, details: RecordDetails) -> None:
        version = self.tr("version {number}")
        rows = tuple(
            Row(quote.article_id, quote.title, trail=version.format(number=quote.version))
            for quote in details.quotes
        )
        self._quotes.row_model.show_rows(rows)
        self._quotes.want(min(max(len(rows), 1), 5))
        self._quoted.setVisible(bool(rows))

    def _on_quote(self, article_id: str) -> None:
        details = self._model.details
        for quote in () if details is None else details.quotes:
            if quote.article_id == article_id:
                self.quote_wanted.emit(quote)

    def _on_number(self) -> None:
        if self._model.number:
            self.number_wanted.emit(self._model.number)


class _Facts(QWidget):
    """Pairs of words in two columns; an empty one takes no room."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._pairs: list[tuple[QLabel, ClippedLabel]] = []

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        while len(self._pairs) < len(facts):
            at = len(self._pairs)
            pair = plain_label(role="muted"), ClippedLabel(lines=2, name=f"records-fact-{at + 1}")
            self._pairs.append(pair)
            self._grid.addWidget(pair[0], at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(pair[1], at, 1)
        for (title, value), (caption, text) in zip(facts, self._pairs, strict=True):
            caption.setText(title)
            text.setText(value)
            text.setAccessibleName(f"{title}: {value}")
            for label in (caption, text):
                label.setVisible(bool(value))
