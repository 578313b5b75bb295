"""One customer in words: every field, the numbers, everything that was said (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from agent_app.desk.reveals import ID_NUMBER
from agent_app.desk.seat import Seat
from agent_app.domain.customers import Customer, CustomValue, PastInteraction
from agent_app.domain.duplicates import Merged
from agent_app.domain.ids import CustomerId
from ui.customers.words import waits
from ui.formatting import duration, joined, moment, money, phone_number
from ui.particulars import ParticularsModel, is_masked
from ui.record_words import custom_name, kind_name, part_name, shown_names, yes_no
from ui.rows.row import Row

MERGE_KEY = "merge:"


@dataclass(frozen=True, slots=True)
class Fact:
    """``waits``: what is shown is only on this seat."""

    name: str
    caption: str
    value: str
    waits: bool = False


class CustomerDetailsModel(QObject):
    """View-model of the details.

    Signals:
        changed: another customer, or the same with news.
    """

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._merges: tuple[Merged, ...] = ()
        self._about: CustomerId | None = None
        self.secrets = ParticularsModel(seat.caller.reveals, only_masked=True, parent=self)
        seat.people.finder.shown.connect(self._on_shown)
        seat.people.merging.merges_told.connect(self._on_merges)
        self.secrets.show(self.customer)

    @property
    def customer(self) -> Customer | None:
        return self._seat.people.finder.customer

    @property
    def title(self) -> str:
        customer = self.customer
        if customer is None:
            return ""
        numbers = (phone_number(number) for number in customer.numbers)
        return customer.name or next(numbers, "") or self.tr("No name")

    @property
    def provisional(self) -> str:
        customer = self.customer
        return waits() if customer is not None and customer.provisional else ""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Only those that say something; what is masked stands by itself."""
        customer = self.customer
        if customer is None:
            return ()
        segment = " — ".join(part for part in (customer.segment, customer.segment_rule) if part)
        arrears = money(customer.arrears_cents) if customer.arrears_cents else ""
        known = (
            ("warning", part_name("warning"), customer.warning),
            ("segment_id", part_name("segment_id"), segment),
            ("kind", part_name("kind"), kind_name(customer.kind.value)),
            ("arrears_cents", self.tr("Arrears"), arrears),
            ("region", part_name("region"), customer.region),
            ("company", part_name("company"), customer.company),
            ("address", part_name("address"), customer.address),
            ("id_number", part_name("id_number"), customer.id_number),
            ("notes", part_name("notes"), customer.notes),
        )
        own = tuple(
            (f"custom-{one.field_id}", custom_name(one), _custom(one)) for one in customer.custom
        )
        return tuple(
            Fact(name, caption, value, waits=_part(name) in customer.provisional)
            for name, caption, value in (*known, *own)
            if value and not (_secret(name) and is_masked(value))
        )

    @property
    def numbers(self) -> tuple[Row, ...]:
        customer = self.customer
        found = () if customer is None else customer.numbers
        return tuple(Row(number, phone_number(number), shape="dial", tone="talking")
                     for number in found)  # fmt: skip

    @property
    def timeline(self) -> tuple[Row, ...]:
        """Conversations and mergings, the newest first."""
        customer = self.customer
        if customer is None:
            return ()
        dated = [(one.started_at, self._talk(one)) for one in customer.history]
        dated += [(one.at, self._merge(place, one)) for place, one in enumerate(self._merges)]
        return tuple(row for _, row in sorted(dated, key=_when, reverse=True))

    @property
    def timeline_title(self) -> str:
        customer = self.customer
        total = 0 if customer is None else customer.history_total
        shown = 0 if customer is None else len(customer.history)
        if total > shown:
            text = self.tr("History (the last {shown} of {total})")
            return text.format(shown=shown, total=total)
        return self.tr("History ({total})").format(total=total)

    def full_text(self, key: str) -> str:
        """A conversation of the timeline, whole."""
        history = () if self.customer is None else self.customer.history
        past = next((one for one in history if one.interaction_id == key), None)
        if past is None:
            return ""
        said = (
            (part_name("category_id"), self._category(past)),
            (part_name("question"), past.question),
            (part_name("answer"), past.answer),
        )
        return "\n".join(f"{name}: {text}" for name, text in said if text)

    def edit(self) -> None:
        """Open the form; once more leaves it."""
        if self._seat.customers.editing is not None:
            self._seat.customers.close()
        elif self.customer is not None:
            self._seat.customers.open_customer(self.customer.customer_id)

    # --- inside ----------------------------------------------------------------------------------

    def _on_shown(self, customer: Customer | None) -> None:
        about = None if customer is None else customer.customer_id
        if about != self._about:
            self._about = about
            self._merges = ()
            if customer is not None and not customer.is_new:
                self._seat.people.merging.ask_merges(customer.customer_id)
        self.secrets.show(customer)
        self.changed.emit()

    def _on_merges(self, merges: tuple[Merged, ...]) -> None:
        if merges != self._merges:
            self._merges = merges
            self.changed.emit()

    def _talk(self, past: PastInteraction) -> Row:
        about = (past.agent_name, past.queue, duration(past.talk_s) if past.talk_s else "")
        said = " — ".join(part for part in (past.question, past.answer) if part)
        return Row(
            key=past.interaction_id,
            title=self._category(past) or past.question or self.tr("No category"),
            lines=(joined(*about), said),
            trail=moment(past.started_at, self._seat.clock.now()),
            badge="" if past.delivered else waits(),
            shape="state-talking",
            tone="neutral",
        )

    def _category(self, past: PastInteraction) -> str:
        named = shown_names(self._seat.knowledge.categories)
        return named.get(past.category, past.category)

    def _merge(self, place: int, one: Merged) -> Row:
        moved = self.tr("Conversations: {count}, numbers: {numbers}").format(
            count=one.interactions,
            numbers=", ".join(phone_number(number) for number in one.numbers) or "—",
        )
        return Row(
            key=f"{MERGE_KEY}{place}",
            title=self.tr("Another record was merged into this one"),
            lines=(one.agent_name, moved),
            trail=moment(one.at, self._seat.clock.now()),
            shape="people",
            tone="attention",
            muted=True,
        )


def _when(dated: tuple[datetime, Row]) -> datetime:
    return dated[0]


def _secret(name: str) -> bool:
    """The server shows such a value in part only."""
    return name == ID_NUMBER or name.startswith("custom-")


def _part(name: str) -> str:
    return "custom" if name.startswith("custom-") else name


def _custom(one: CustomValue) -> str:
    return yes_no(one.value) if isinstance(one.value, bool) else one.value
