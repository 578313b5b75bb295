"""A ticket while she types it, beside the call it is from, and whose it is from then on (⑥, ⑦)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Signal

from agent_app.desk.form_desk import FormDesk, FormKeeper, FormTyping
from agent_app.desk.summaries import Summaries
from agent_app.domain.gaps import whole_text
from agent_app.domain.ids import AgentId, CustomerId, InteractionId, TicketId, uuid7
from agent_app.domain.promise import parse_when
from agent_app.domain.summary import DraftState, SummaryDraft
from agent_app.domain.tickets import (
    TITLE_LIMIT,
    Deadline,
    NewTicket,
    TicketForm,
    TicketProblem,
    TicketRules,
    TicketUnit,
    deadline,
)
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from agent_app.store.moves import Move

TicketTyping = FormTyping[TicketForm, TicketProblem]


class TicketKeeper(FormKeeper[TicketForm], Protocol):
    """Where typed words and tickets are kept (``agent_app.store.tickets``)."""

    async def make(self, ticket: NewTicket, *, agent_id: AgentId) -> None: ...

    async def follow(self, wish: Move) -> bool: ...


class TicketDesk(FormDesk[TicketForm, TicketProblem]):
    """The form of one ticket. GUI thread.

    Signals:
        made: NewTicket; it is in the outbox.
        moved: tickets of a call became another person's, and are in the outbox.
    """

    made = Signal(object)
    moved = Signal()

    def __init__(
        self,
        *,
        keeper: TicketKeeper,
        summaries: Summaries,
        rules: Callable[[], TicketRules],
        agent_id: AgentId,
        clock: Clock,
        tasks: Tasks,
    ) -> None:
        """``rules`` are the centre's as they are now."""
        super().__init__(
            keeper=keeper,
            save=self._make,
            wrong=self._problem_of,
            anew=lambda form: replace(form, ticket_id=TicketId(uuid7())),
            tasks=tasks,
        )
        self._tickets = keeper
        self._summaries = summaries
        self._rules = rules
        self._agent_id = agent_id
        self._clock = clock
        self._later = tasks
        self._whose: dict[InteractionId, CustomerId | None] = {}
        self._one_by_one = asyncio.Lock()
        summaries.changed.connect(self._on_draft)

    @property
    def units(self) -> tuple[TicketUnit, ...]:
        return self._rules().units

    def unit(self, form: TicketForm) -> TicketUnit | None:
        """Who is to get it; None while nobody is chosen."""
        return next((one for one in self.units if one.unit_id == form.unit_id), None)

    def proposal(self, form: TicketForm) -> Deadline | None:
        """When the unit answers by the centre's calendar."""
        unit = self.unit(form)
        if unit is None:
            return None
        return deadline(self._now(), unit.days, self._rules().calendar)

    def due_at(self, form: TicketForm) -> datetime | None:
        """What she typed, else what is proposed; None while neither says a time to come."""
        if form.due.strip():
            return parse_when(form.due, self._now(), self._rules().calendar.closes)
        proposed = self.proposal(form)
        return None if proposed is None else proposed.at

    def begin(self, about: InteractionId) -> None:
        """A ticket about this call, out of what its summary says so far."""
        draft = self._summaries.draft(about)
        if draft is None:
            return
        asked = draft.question.strip()
        said = [text for text in (asked, draft.answer.strip()) if text]
        only = self.units if len(self.units) == 1 else ()
        self.open(
            TicketForm(
                TicketId(uuid7()),
                about,
                title=" ".join(asked.partition("\n")[0].split())[:TITLE_LIMIT],
                body="\n\n".join(said),
                contact=draft.call.normal or draft.call.number,
                unit_id=only[0].unit_id if only else "",
            )
        )

    def change(self, form: TicketForm) -> None:
        """She typed or chose; ``form`` is the open one with other words."""
        self.type(
            replace(
                form,
                title=whole_text(form.title),
                body=whole_text(form.body),
                contact=whole_text(form.contact),
                due=whole_text(form.due),
            )
        )

    # --- inside ----------------------------------------------------------------------------------

    def _now(self) -> datetime:
        return self._clock.now().astimezone()

    def _problem_of(self, form: TicketForm) -> TicketProblem | None:
        if not form.title.strip():
            return TicketProblem.NO_TITLE
        if self.unit(form) is None:
            return TicketProblem.NO_UNIT
        return TicketProblem.NO_DEADLINE if self.due_at(form) is None else None

    def _make(self, form: TicketForm) -> Awaitable[None]:
        """Whose it is, is asked when it goes: that may have changed while she typed. The rules and
        the clock are asked in the same moment as for what is wrong with it."""
        unit, due_at = self.unit(form), self.due_at(form)
        assert unit is not None, "what cannot go was said before"
        assert due_at is not None, "what cannot go was said before"
        draft = self._summaries.draft(form.interaction_id)
        ticket = NewTicket(
            form=form,
            customer_id=None if draft is None else draft.customer_id,
            customer_name="" if draft is None else draft.customer_name,
            category_id=None if draft is None else draft.category_id,
            holder=unit.name,
            due_at=due_at,
        )
        return self._put_out(ticket)

    async def _put_out(self, ticket: NewTicket) -> None:
        await self._tickets.make(ticket, agent_id=self._agent_id)
        self.made.emit(ticket)

    def _on_draft(self, draft: SummaryDraft) -> None:
        """A call's tickets are the person's whose summary it is; once more when that is saved."""
        call = draft.interaction_id
        saved = draft.state is DraftState.SAVED
        known = call in self._whose
        changed = known and self._whose[call] != draft.customer_id
        if known and (saved or changed):
            self._later.spawn(self._follow(draft, again=not changed))
        if saved:
            self._whose.pop(call, None)
        else:
            self._whose[call] = draft.customer_id

    async def _follow(self, draft: SummaryDraft, *, again: bool) -> None:
        wish = Move(
            draft.interaction_id, draft.customer_id, draft.customer_name, self._agent_id, again
        )
        try:
            async with self._one_by_one:  # of two the later one is what holds
                moved = await self._tickets.follow(wish)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if moved:
            self.moved.emit()
