"""What the caller's card says, ready to paint (step ⑤).

Turns the desk's ``CallerCard`` into words and rows; the panel only lays them out. External text
stays as it came: the widgets show it as plain text.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_app.desk.cards import Cards
from agent_app.desk.focus import Focus
from agent_app.domain.customers import CallerCard, CardState, Customer
from agent_app.domain.ids import CustomerId, InteractionId
from agent_app.domain.knowledge import Category
from agent_app.runtime.clock import Clock
from ui.caller.rows import candidate_row, card_reasons, full_text, past_row, reason_words
from ui.caller.tickets import ticket_rows, tickets_title
from ui.formatting import joined, money, phone_number
from ui.keys import PICKS, KeyAction, KeyMap
from ui.record_words import shown_names
from ui.rows.row import Row


class CallerViewModel(QObject):
    """The card of the interaction the page shows.

    Signals:
        changed: something shown changed; read the properties again.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        cards: Cards,
        focus: Focus,
        clock: Clock,
        practice: bool,
        keys: KeyMap,
        categories: Callable[[], tuple[Category, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cards = cards
        self._clock = clock
        self._practice = practice
        self._keys = keys
        self._categories = categories
        self._selected: InteractionId | None = None
        self._card: CallerCard | None = None
        cards.changed.connect(self._on_card)
        focus.changed.connect(self._on_focus)
        self._on_focus(focus.selected)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def selected(self) -> InteractionId | None:
        return self._selected

    @property
    def state(self) -> CardState | None:
        """None while nothing is selected."""
        return None if self._card is None else self._card.state

    @property
    def name(self) -> str:
        """The headline: who it is, or what is known instead."""
        card = self._card
        if card is None:
            return self.tr("No call")
        if card.state is CardState.SEVERAL:
            if all(one.number for one in card.candidates):
                return self.tr("Several people are known by this number")
            if any(one.number for one in card.candidates):
                return self.tr("Several people may be calling")
            return self.tr("Nobody has this number; somebody called from it before")
        if card.customer is not None:
            return card.customer.name
        instead = {
            CardState.KNOWN: "",
            CardState.LOOKING_UP: self.tr("Looking up …"),
            CardState.UNKNOWN: self.tr("Unknown caller"),
            CardState.WITHHELD: self.tr("Number withheld"),
            CardState.UNREADABLE: self.tr("Card cannot be read"),
        }
        return card.shown_name or instead[card.state]

    @property
    def number(self) -> str:
        """The caller's number as it came, for the dial field; empty when withheld."""
        return "" if self._card is None else self._card.number

    @property
    def number_line(self) -> str:
        """Number and where it is from."""
        if self._card is None:
            return ""
        return joined(phone_number(self.number), self._card.number_region)

    @property
    def reason(self) -> str:
        """Why the person on the card is believed to be the caller; empty while it is nobody."""
        if self._card is None:
            return ""
        return reason_words(card_reasons(self._card.reasons), now=self._clock.now())

    @property
    def advice(self) -> str:
        """What the state means and what to do now, in one sentence; empty for a known person."""
        if self._card is None:
            return self._how_to_begin()
        words = {
            CardState.KNOWN: "",
            CardState.SEVERAL: self.tr("Ask who is calling, then press {keys}.").format(
                keys=self._candidate_keys
            ),
            CardState.LOOKING_UP: self.tr("Looking for this number on this seat …"),
            CardState.UNKNOWN: self.tr(
                "Nobody is known by this number. {key} makes a customer of the caller."
            ).format(key=self._keys.text(KeyAction.CUSTOMER)),
            CardState.WITHHELD: self.tr(
                "No number came along. Ask for a name and a number to call back."
            ),
            CardState.UNREADABLE: self.tr("The customer data cannot be read: {reason}").format(
                reason=self._card.fault
            ),
        }
        return words[self._card.state]

    @property
    def is_fault(self) -> bool:
        return self.state is CardState.UNREADABLE

    @property
    def customer(self) -> Customer | None:
        return None if self._card is None else self._card.customer

    @property
    def editable(self) -> bool:
        """Whether there is somebody to edit, or a caller to make a customer of."""
        return self.state not in (None, CardState.LOOKING_UP, CardState.UNREADABLE)

    @property
    def edit_word(self) -> str:
        """What the key does for this caller."""
        word = self.tr("New customer") if self.customer is None else self.tr("Edit")
        return f"{word}  {self._keys.text(KeyAction.CUSTOMER)}"

    @property
    def other_word(self) -> str:
        """What the other key does: it is somebody else, or one of those who are known."""
        word = self.tr("Known already?") if self.customer is None else self.tr("Another person")
        return f"{word}  {self._keys.text(KeyAction.OTHER_PERSON)}"

    @property
    def provisional(self) -> str:
        """Says so while something of the person is only on this seat."""
        customer = self.customer
        if customer is None or not (customer.provisional or customer.is_new):
            return ""
        if customer.is_new:
            return self.tr("New, not sent yet")
        return self.tr("Changed, not sent yet")

    @property
    def about(self) -> str:
        """Company and address, as far as they are known."""
        if self.customer is None:
            return ""
        facts = (self.customer.company, self.customer.address)
        return joined(*facts)

    @property
    def segment(self) -> str:
        return "" if self.customer is None else self.customer.segment

    @property
    def segment_rule(self) -> str:
        return "" if self.customer is None else self.customer.segment_rule

    @property
    def region(self) -> str:
        return "" if self.customer is None else self.customer.region

    @property
    def arrears(self) -> str:
        """Words and amount; empty when nothing is owed."""
        if self.customer is None or self.customer.arrears_cents <= 0:
            return ""
        return self.tr("Arrears {amount}").format(amount=money(self.customer.arrears_cents))

    @property
    def warning(self) -> str:
        return "" if self.customer is None else self.customer.warning

    @property
    def notes(self) -> str:
        return "" if self.customer is None else self.customer.notes

    @property
    def numbers(self) -> tuple[Row, ...]:
        """This call's number and every other of the person; the key is the number as stored."""
        known = () if self.customer is None else self.customer.numbers
        here = (self.number,) if self.number and self.number not in known else ()
        return tuple(
            Row(
                key=number,
                title=phone_number(number),
                trail=self.tr("this call") if number == self.number else "",
            )
            for number in (*here, *known)
        )

    @property
    def candidates(self) -> tuple[Row, ...]:
        """Who it may be; stays there after the choice, so that it can be put right."""
        card = self._card
        if card is None:
            return ()
        chosen = None if card.customer is None else card.customer.customer_id
        if all(one.customer_id == chosen for one in card.candidates):
            return ()
        now = self._clock.now()
        return tuple(
            candidate_row(who, place=place, chosen=who.customer_id == chosen, now=now)
            for place, who in enumerate(card.candidates, start=1)
        )

    @property
    def has_history(self) -> bool:
        """Whether earlier calls can be shown, now or as soon as it is known who calls."""
        return self.state in (CardState.KNOWN, CardState.SEVERAL, CardState.LOOKING_UP)

    @property
    def tickets(self) -> tuple[Row, ...]:
        """The open ones whose deadline is the soonest."""
        if self.customer is None:
            return ()
        return ticket_rows(self.customer.tickets, now=self._clock.now())

    @property
    def tickets_title(self) -> str:
        return "" if self.customer is None else tickets_title(self.customer.tickets)

    @property
    def history(self) -> tuple[Row, ...]:
        if self.customer is None:
            return ()
        now = self._clock.now()
        named = shown_names(self._categories())
        return tuple(past_row(past, now=now, named=named) for past in self.customer.history)

    @property
    def history_title(self) -> str:
        if self.customer is None:
            return self.tr("Last calls")
        shown, total = len(self.customer.history), self.customer.history_total
        if total > shown:
            return self.tr("Last calls ({shown} of {total})").format(shown=shown, total=total)
        return self.tr("Last calls ({total})").format(total=total)

    @property
    def history_empty(self) -> str:
        if self.customer is None:
            return self.tr("Shown once it is known who calls.")
        return self.tr("First call: nothing was asked before.")

    def past_text(self, key: str) -> str:
        """Question and answer of one earlier call in full, for reading; empty when unknown."""
        if self.customer is None:
            return ""
        return next((full_text(p) for p in self.customer.history if p.interaction_id == key), "")

    # --- what she does ---------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """It is this candidate."""
        if self._selected is not None:
            self._cards.choose(self._selected, CustomerId(key))

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _candidate_keys(self) -> str:
        """``Ctrl+1 … 3``"""
        last = min(len(self.candidates), len(PICKS))
        if last < 2:
            return self._keys.text(PICKS[0])
        first_key, last_key = self._keys.text(PICKS[0]), self._keys.text(PICKS[last - 1])
        return f"{first_key} … {last_key[-1]}"

    def _how_to_begin(self) -> str:
        if self._practice:
            return self.tr(
                "Press {key} to let a practice caller ring. Who calls is shown here."
            ).format(key=self._keys.text(KeyAction.RING_CALLER))
        return self.tr("When the phone rings, the caller's card appears here by itself.")

    def _on_focus(self, selected: InteractionId | None) -> None:
        self._selected = selected
        self._card = None if selected is None else self._cards.card(selected)
        self.changed.emit()

    def _on_card(self, card: CallerCard) -> None:
        if card.interaction_id == self._selected and card != self._card:
            self._card = card
            self.changed.emit()
