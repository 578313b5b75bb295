"""The form of a ticket: what is known is there already, she says who must answer (step ⑥)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from agent_app.desk.seat import Seat
from agent_app.desk.ticket_form import TicketDesk, TicketTyping
from agent_app.domain.tickets import NewTicket, TicketForm, TicketKind, TicketProblem, may_make
from ui.form_model import FormModel
from ui.formatting import appointment, joined, phone_number
from ui.summary.view_model import called
from ui.tickets.words import kind_word, problem_words, reckoning, unit_name

Choices = tuple[tuple[str, str], ...]
"""Keys and words of what can be chosen."""


class TicketFormModel(FormModel[TicketDesk]):
    """View-model of the form."""

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(seat.ticket_form, parent)
        self._seat = seat
        self._desk.made.connect(self._on_made)

    @property
    def allowed(self) -> bool:
        return self._seat.agent.practice or may_make(self._seat.agent.role)

    @property
    def typing(self) -> TicketTyping | None:
        return self._desk.typing

    @property
    def form(self) -> TicketForm | None:
        return None if self.typing is None else self.typing.form

    @property
    def kinds(self) -> Choices:
        return tuple((kind.value, kind_word(kind)) for kind in TicketKind)

    @property
    def units(self) -> Choices:
        """None is chosen unless the form says so; the only one needs no row for that."""
        named = tuple((one.unit_id, unit_name(one)) for one in self._desk.units)
        if self.form is not None and [key for key, _ in named] == [self.form.unit_id]:
            return named
        none = self.tr("choose …") if named else self.tr("none set up: ask the administrator")
        return (("", none), *named)

    @property
    def title(self) -> str:
        if self.form is None:
            return self.tr("Ticket")
        draft = self._seat.summaries.draft(self.form.interaction_id)
        who = "" if draft is None else called(draft)
        return self.tr("Ticket for {who}").format(who=who) if who else self.tr("Ticket")

    @property
    def contact(self) -> str:
        return "" if self.form is None else phone_number(self.form.contact)

    @property
    def due(self) -> str:
        """What stands in the field: hers, or what is proposed."""
        if self.form is None:
            return ""
        return self.form.due or self._proposed

    @property
    def meant(self) -> str:
        """How the deadline is understood, and how the proposed one came about."""
        form = self.form
        if form is None:
            return ""
        unit, at = self._desk.unit(form), self._desk.due_at(form)
        if at is None:
            if not form.due.strip():
                return self.tr("The deadline is proposed once it is known who must answer.")
            return self.tr("Not a time to come: try 3-15, mt 17, +2d.")
        proposed = None if form.due.strip() else self._desk.proposal(form)
        how = "" if unit is None or proposed is None else reckoning(unit, proposed)
        return joined(appointment(at), how)

    @property
    def is_late(self) -> bool:
        """She typed what is no time to come."""
        form = self.form
        return form is not None and bool(form.due.strip()) and self._desk.due_at(form) is None

    def remark(self, problem: TicketProblem) -> str:
        """What is wrong with what she typed; empty where it is something else."""
        found = None if self.typing is None else self.typing.problem
        return problem_words(problem) if found is problem else ""

    @property
    def problem(self) -> TicketProblem | None:
        return None if self.typing is None else self.typing.problem

    def toggle(self) -> None:
        """The key: begin a ticket about the call on the page, or leave the one that is open."""
        selected = self._seat.focus.selected
        if self.typing is not None:
            self._desk.close()
        elif self.allowed and selected is not None:
            self._desk.begin(selected)

    def type(self, *, kind: str, unit: str, title: str, body: str, contact: str) -> None:
        if self.form is None:
            return
        if contact == self.contact:
            contact = self.form.contact
        self._desk.change(
            replace(
                self.form, kind=TicketKind(kind), unit_id=unit, title=title, body=body,
                contact=contact,
            )
        )  # fmt: skip

    def type_due(self, due: str) -> None:
        """Apart from the rest: a proposal that stands in the field, and ages, is not hers."""
        if self.form is not None:
            self._desk.change(replace(self.form, due="" if due == self._proposed else due))

    def send(self) -> None:
        self._desk.send()

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _proposed(self) -> str:
        proposed = None if self.form is None else self._desk.proposal(self.form)
        return "" if proposed is None else f"{proposed.at:%Y-%m-%d %H:%M}"

    def _on_made(self, ticket: NewTicket) -> None:
        """The summary says so, below whatever was promised."""
        line = self.tr("Ticket “{title}” → {unit}, due {when}").format(
            title=" ".join(ticket.form.title.split()),
            unit=ticket.holder,
            when=appointment(ticket.due_at.astimezone()),
        )
        self._seat.summaries.arrange(ticket.form.interaction_id, line)
