"""Editing a customer beside the call: every word is kept as it is typed (step ⑥).

One form is open at a time. Leaving it keeps what was typed; opening the same customer again brings
it back, also after a crash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.cards import Cards
from agent_app.desk.keeping import Keeping
from agent_app.domain.customer_edit import (
    Choices,
    CustomerFields,
    CustomerForm,
    Phone,
    Wrong,
    tidy,
    whole,
    wrong,
)
from agent_app.domain.customers import CallerCard
from agent_app.domain.ids import AgentId, CustomerId, InteractionId, OperationId, uuid7
from agent_app.domain.link import OutboxItem
from agent_app.domain.numbers import Number
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError


class CustomerKeeper(Protocol):
    """Where customers, drafts and edits are kept."""

    async def form(self, customer_id: CustomerId) -> CustomerForm | None: ...

    async def returned(self, operation_id: OperationId) -> CustomerForm | None: ...

    async def choices(self) -> Choices: ...

    async def save(
        self, form: CustomerForm, *, agent_id: AgentId, replacing: OperationId | None = None
    ) -> OutboxItem: ...

    async def keep_draft(self, form: CustomerForm) -> None: ...

    async def drop_draft(self, customer_id: CustomerId) -> None: ...

    async def drafts(self) -> tuple[CustomerForm, ...]: ...


@dataclass(frozen=True, slots=True)
class Editing:
    """The open form; ``restored``: it was typed before and not saved. ``replacing`` is the entry
    the server sent back. ``wrong`` is filled by a try to save."""

    form: CustomerForm
    choices: Choices
    restored: bool = False
    replacing: OperationId | None = None
    wrong: tuple[Wrong, ...] = ()
    fault: str = ""


class CustomerEditor(QObject):
    """Opens, keeps and saves one form.

    Signals:
        opened: Editing; a form is open now, of somebody else or anew.
        changed: Editing; what is wrong with it, or why the disk would not take it.
        closed: it was saved, or she left it.
        saved: OutboxItem.
        fault: str, the form could not be opened.
    """

    opened = Signal(object)
    changed = Signal(object)
    closed = Signal()
    saved = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: CustomerKeeper,
        cards: Cards,
        number: Callable[[str], Number],
        agent_id: AgentId,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._cards = cards
        self._number = number
        self._agent_id = agent_id
        self._tasks = tasks
        self._editing: Editing | None = None
        self._keeping = Keeping(
            keep=keeper.keep_draft,
            about=lambda form: form.customer_id,
            on_fault=self._not_kept,
            tasks=tasks,
        )
        self._saving = False

    @property
    def editing(self) -> Editing | None:
        return self._editing

    def open(self, interaction_id: InteractionId) -> None:
        """The customer of this call's card, or a new one for a caller nobody knows."""
        card = self._cards.card(interaction_id)
        if card is not None:
            self._tasks.spawn(self._open(card))

    def open_customer(self, customer_id: CustomerId) -> None:
        """Somebody who was looked for, without a call."""
        self._tasks.spawn(self._open_known(customer_id))

    def open_new(self, name: str = "", number: str = "") -> None:
        """Somebody new, with what was looked for in vain; what was typed before comes back."""
        self._tasks.spawn(self._open_blank(name, number))

    def open_returned(self, operation_id: OperationId) -> None:
        """An edit that the server sent back, to be corrected."""
        self._tasks.spawn(self._open_returned(operation_id))

    def change(self, fields: CustomerFields) -> None:
        """She typed; kept on disk, not echoed."""
        fields = whole(fields)
        if self._editing is None or fields == self._editing.form.now:
            return
        form = replace(self._editing.form, now=fields)
        self._editing = replace(self._editing, form=form, fault="")
        self._keeping.soon(form)

    def save(self) -> None:
        """Keep it for good and queue it; ``changed`` says what is wrong, ``saved`` that it went."""
        editing = self._editing
        if editing is None or self._saving:
            return
        form = replace(editing.form, now=tidy(editing.form.now, self._number))
        found = wrong(form, editing.choices, self._number)
        if found:
            self._put(replace(editing, wrong=found))
        elif not form.changed:
            self.discard()
        else:
            self._saving = True
            self._keeping.sending(form)
            self._tasks.spawn(self._save(replace(editing, form=form)))

    def close(self) -> None:
        """Leave it; what was typed is there again when she comes back."""
        if self._editing is not None:
            self._editing = None
            self.closed.emit()

    def discard(self) -> None:
        """Leave it and forget what was typed."""
        if self._editing is not None:
            form = self._editing.form
            self.close()
            self._keeping.forget(form)
            self._tasks.spawn(self._drop(form.customer_id))

    async def flush(self) -> None:
        """Return when everything typed so far is on the disk, or was refused by it."""
        await self._keeping.flush()

    # --- inside ----------------------------------------------------------------------------------

    async def _open(self, card: CallerCard) -> None:
        try:
            choices = await self._keeper.choices()
            form, restored = await self._form(card)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        self._begin(Editing(form, choices, restored=restored))

    async def _open_returned(self, operation_id: OperationId) -> None:
        try:
            choices = await self._keeper.choices()
            form = await self._keeper.returned(operation_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if form is not None:
            self._begin(Editing(form, choices, replacing=operation_id))

    async def _open_known(self, customer_id: CustomerId) -> None:
        try:
            choices = await self._keeper.choices()
            drafts = await self._drafts()
            typed = next((one for one in drafts if one.customer_id == customer_id), None)
            form = typed or await self._keeper.form(customer_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if form is not None:
            self._begin(Editing(form, choices, restored=typed is not None))

    async def _open_blank(self, name: str, number: str) -> None:
        try:
            choices = await self._keeper.choices()
            drafts = await self._drafts()
        except StoreError as error:
            self.fault.emit(str(error))
            return
        loose = (one for one in drafts if one.is_new and one.interaction_id is None)
        typed = next(loose, None)
        phones = (Phone(number),) if number else ()
        blank = CustomerForm(
            customer_id=CustomerId(uuid7()),
            before=CustomerFields(),
            now=CustomerFields(name=name, phones=phones),
            is_new=True,
        )
        self._begin(Editing(typed or blank, choices, restored=typed is not None))

    async def _form(self, card: CallerCard) -> tuple[CustomerForm, bool]:
        """What was typed before, else the customer as it is, else a new one."""
        drafts = await self._drafts()
        if card.customer is None:
            for draft in drafts:
                if draft.is_new and draft.interaction_id == card.interaction_id:
                    return draft, True
            return _new(card), False
        customer_id = card.customer.customer_id
        for draft in drafts:
            if draft.customer_id == customer_id:
                return draft, True
        return await self._keeper.form(customer_id) or _new(card), False

    async def _drafts(self) -> tuple[CustomerForm, ...]:
        """All that was typed and not saved; first what the disk would not take."""
        await self._keeping.flush()
        return (*self._keeping.waiting, *await self._keeper.drafts())

    def _begin(self, editing: Editing) -> None:
        self._editing = editing
        self.opened.emit(editing)

    def _not_kept(self, form: CustomerForm, fault: str) -> None:
        """Said in its form; where that was left, said all the same."""
        if self._editing is not None and self._editing.form.customer_id == form.customer_id:
            self._put(replace(self._editing, fault=fault))
        else:
            self.fault.emit(fault)

    async def _save(self, editing: Editing) -> None:
        form = editing.form
        try:
            item = await self._keeper.save(
                form, agent_id=self._agent_id, replacing=editing.replacing
            )
        except StoreError as error:
            self._saving = False
            self._keeping.not_sent(form)
            self._not_kept(form, str(error))
            return
        self._saving = False
        self._stand_on(form, item.operation_id)
        if form.is_new and form.interaction_id is not None:
            self._cards.choose(form.interaction_id, form.customer_id)
        self._cards.refresh()
        self.saved.emit(item)

    def _stand_on(self, saved: CustomerForm, edit: OperationId) -> None:
        """It closes; words typed while it was saved stay, as the next change of the same."""
        since = self._keeping.sent(saved)
        if since is not None:
            seen = (*since.seen, edit)
            since = replace(since, before=saved.now, seen=seen, is_new=False)
            self._keeping.soon(since)
        editing = self._editing
        if editing is None or editing.form.customer_id != saved.customer_id:
            return
        if since is None:
            self.close()
        else:
            self._put(Editing(since, editing.choices))

    async def _drop(self, customer_id: CustomerId) -> None:
        try:
            await self._keeper.drop_draft(customer_id)
        except StoreError as error:
            self.fault.emit(str(error))

    def _put(self, editing: Editing) -> None:
        self._editing = editing
        self.changed.emit(editing)


def _new(card: CallerCard) -> CustomerForm:
    """Somebody nobody knows yet: the number, and the name if one came along."""
    name = "" if card.shown_name == card.number else card.shown_name
    phones = (Phone(card.number),) if card.number else ()
    before = CustomerFields()
    return CustomerForm(
        customer_id=CustomerId(uuid7()),
        before=before,
        now=replace(before, name=name, region=card.number_region, phones=phones),
        is_new=True,
        interaction_id=card.interaction_id,
    )
