"""What unfolds over the page: each part is read and built when she first wants it (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from ui.call_bar.call_bar import CallBar
from ui.caller import CallerPanel
from ui.customer import flyout as customer_flyout
from ui.gaps import flyout as gaps_flyout
from ui.gaps.form_model import GapFormModel, Searched
from ui.history import flyout as history_flyout
from ui.history.model import HistoryModel
from ui.keys import KeyMap
from ui.local_copy import flyout as local_copy_flyout
from ui.local_copy.model import LocalCopyModel
from ui.on_demand import OnDemand
from ui.pick_up import flyout as pick_up_flyout
from ui.pick_up.model import PickUpModel
from ui.state_bar.state_bar import StateBar
from ui.summary import SummaryPanel
from ui.tickets import flyout as tickets_flyout
from ui.tickets.form_model import TicketFormModel
from ui.transfer import flyout as transfer_flyout
from ui.transfer.model import TransferModel


class BarFlyouts(QObject):
    """Under the buttons of the two bars. Their view-models are there from the beginning: how many
    calls were missed is told while the list is closed.

    Signals:
        forgetting_wanted: ask whether this computer shall forget the centre.
    """

    forgetting_wanted = Signal()

    def __init__(self, seat: Seat, keys: KeyMap, state_bar: StateBar, call_bar: CallBar) -> None:
        super().__init__(call_bar)
        self._keys = keys
        self._state_bar = state_bar
        self._call_bar = call_bar
        self._calls = HistoryModel(seat, self)
        self._ringing = PickUpModel(seat, self)
        self._targets = TransferModel(seat, self)
        self._copy = LocalCopyModel(seat, self)
        self.history = OnDemand(self._build_history, self)
        self.pick_up = OnDemand(self._build_pick_up, self)
        self.transfer = OnDemand(self._build_transfer, self)
        self.local_copy = OnDemand(self._build_local_copy, self)
        box = call_bar.dial_box
        box.show_missed(self._calls.missed)
        self._calls.missed_changed.connect(box.show_missed)
        box.history_wanted.connect(self.history.want)
        state_bar.pick_up_wanted.connect(self.pick_up.want)
        state_bar.copy_wanted.connect(self.local_copy.want)
        call_bar.transfer_wanted.connect(self._on_transfer)

    def _on_transfer(self, interaction_id: str, ask_first: bool) -> None:
        self.transfer.get().want(interaction_id, ask_first)

    def _build_history(self) -> history_flyout.HistoryFlyout:
        box = self._call_bar.dial_box
        flyout = history_flyout.HistoryFlyout(self._calls, box)
        flyout.number_wanted.connect(box.fill)
        return flyout

    def _build_pick_up(self) -> pick_up_flyout.PickUpFlyout:
        return pick_up_flyout.PickUpFlyout(self._ringing, self._state_bar.pick_up)

    def _build_transfer(self) -> transfer_flyout.TransferFlyout:
        return transfer_flyout.TransferFlyout(
            self._targets, self._keys, self._call_bar.call_actions.transfer
        )

    def _build_local_copy(self) -> local_copy_flyout.LocalCopyFlyout:
        flyout = local_copy_flyout.LocalCopyFlyout(self._copy, self._state_bar.server)
        flyout.forgetting_wanted.connect(self.forgetting_wanted)
        return flyout


class Forms(QObject):
    """Forms beside the call. Their view-models are there from the beginning: what is typed is the
    desk's, which says when one is to be opened."""

    def __init__(
        self, seat: Seat, keys: KeyMap, caller: CallerPanel, summary: SummaryPanel
    ) -> None:
        super().__init__(summary)
        self._keys = keys
        self._caller = caller
        self._summary = summary
        self._report = GapFormModel(seat, self)
        self._ticket = TicketFormModel(seat, self)
        self.gap = OnDemand(self._build_gap, self)
        self.ticket = OnDemand(self._build_ticket, self)
        self.customer = OnDemand(self._build_customer, self)
        self._report.opened.connect(self.gap.want)
        self._ticket.opened.connect(self.ticket.want)
        caller.form.opened.connect(self.customer.want)
        summary.ticket_button.setVisible(self._ticket.allowed)
        summary.ticket_button.clicked.connect(self._ticket.toggle)

    def report(self, searched: Searched) -> None:
        """The key of the gap report: begin one about this, or leave the one that is open."""
        self._report.toggle(searched)

    def send(self) -> None:
        """The one that is open."""
        for form in (self.gap.built, self.ticket.built):
            if form is not None:
                form.send()

    def save_customer(self) -> None:
        if (form := self.customer.built) is not None:
            form.save()

    def _build_gap(self) -> gaps_flyout.GapFlyout:
        return gaps_flyout.GapFlyout(self._report, self._keys, self._summary)

    def _build_ticket(self) -> tickets_flyout.TicketFlyout:
        return tickets_flyout.TicketFlyout(self._ticket, self._keys, self._summary.ticket_button)

    def _build_customer(self) -> customer_flyout.CustomerFlyout:
        return customer_flyout.CustomerFlyout(
            self._caller.form, self._keys, self._caller.edit_button
        )
