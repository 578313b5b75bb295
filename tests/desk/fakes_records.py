"""Stand-ins for where customers, drafts and decisions are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from agent_app.domain.customer_edit import (
    Choices,
    CustomerFields,
    CustomerForm,
    CustomField,
    FieldKind,
    Phone,
    Segment,
)
from agent_app.domain.ids import AgentId, CustomerId, OperationId
from agent_app.domain.inbox import Decision, EntryState, FieldPair, InboxEntry
from agent_app.domain.link import OutboxItem, OutboxState
from agent_app.domain.summary import SummaryDraft
from agent_app.store.errors import StoreError
from agent_app.store.sightings import Place
from tests.desk.fakes import HandClock

ZHANG = CustomerFields(
    name="张伟",
    segment_id="s-1",
    region="杭州",
    company="杭州云栖餐饮有限公司",
    address="西湖区文三路 1 号",
    id_number="3301**********1234",
    notes="下午回电",
    phones=(Phone("+8613800138000", "手机"), Phone("+8657188886666", "单位")),
    custom={"level": "A"},
)

CENTRE = Choices(
    (Segment("s-1", "重点企业"), Segment("s-2", "老年人")),
    (
        CustomField("level", "信用等级", "Credit level", FieldKind.CHOICE,
                    (("A", "A"), ("B", "B"))),
        CustomField("since", "登记日期", "Registered", FieldKind.DATE),
        CustomField("staff", "职工人数", "Staff", FieldKind.NUMBER),
        CustomField("small", "小微企业", "Small business", FieldKind.YES_NO),
    ),
)  # fmt: skip


def a_form(customer_id: str = "c1", **changes: object) -> CustomerForm:
    form = CustomerForm(CustomerId(customer_id), ZHANG, ZHANG, {"name": 3})
    return replace(form, **changes)  # type: ignore[arg-type]


class FakeCustomers:
    """Knows one customer; keeps what it is given, or fails with ``fault``.

    ``full``: only writing fails. ``meanwhile`` happens while something is saved.
    """

    def __init__(self, *forms: CustomerForm) -> None:
        self.forms = {form.customer_id: form for form in forms or (a_form(),)}
        self.sent_back: dict[str, CustomerForm] = {}
        self.kept: dict[CustomerId, CustomerForm] = {}
        self.saved: list[tuple[CustomerForm, OperationId | None]] = []
        self.merged: list[tuple[CustomerId, CustomerId]] = []
        self.fault = ""
        self.full = False
        self.meanwhile: Callable[[], None] | None = None

    def _check(self) -> None:
        if self.fault:
            raise StoreError(self.fault)

    async def form(self, customer_id: CustomerId) -> CustomerForm | None:
        self._check()
        return self.forms.get(customer_id)

    async def returned(self, operation_id: OperationId) -> CustomerForm | None:
        self._check()
        return self.sent_back.get(operation_id)

    async def choices(self) -> Choices:
        return CENTRE

    async def save(
        self, form: CustomerForm, *, agent_id: AgentId, replacing: OperationId | None = None
    ) -> OutboxItem:
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        self._check()
        self.saved.append((form, replacing))
        self.kept.pop(form.customer_id, None)
        return OutboxItem(
            OperationId("o9"), form.customer_id, "customer.save", form.now.name,
            HandClock().now(), OutboxState.WAITING, 0, "", agent_id,
        )  # fmt: skip

    async def merge(
        self, kept: CustomerId, gone: CustomerId, *, title: str, agent_id: AgentId
    ) -> OutboxItem:
        self._check()
        self.merged.append((kept, gone))
        return OutboxItem(
            OperationId("o8"), kept, "customer.merge", title, HandClock().now(),
            OutboxState.WAITING, 0, "", agent_id,
        )  # fmt: skip

    async def keep_draft(self, form: CustomerForm) -> None:
        self._check()
        if self.full:
            raise StoreError("The disk is full.")
        self.kept[form.customer_id] = form

    async def drop_draft(self, customer_id: CustomerId) -> None:
        self._check()
        self.kept.pop(customer_id, None)

    async def drafts(self) -> tuple[CustomerForm, ...]:
        return tuple(self.kept.values())


def an_entry(**changes: object) -> InboxEntry:
    """Somebody else wrote another name and other notes before her."""
    entry = InboxEntry(
        operation_id=OperationId("o1"), kind="customer.save", record="c1",
        author=AgentId("a1"), title="张伟", made_at=HandClock().now() - timedelta(minutes=12),
        state=EntryState.CONFLICT, reason="Changed by someone else meanwhile: notes.",
        pairs=(
            FieldPair("notes", "下午三点以后回电", "上午回电", differs=True, clash=True),
            FieldPair("region", "宁波", "杭州", differs=True, clash=False),
        ),
        decisions=frozenset({Decision.KEEP_MINE, Decision.TAKE_THEIRS}),
    )  # fmt: skip
    return replace(entry, **changes)  # type: ignore[arg-type]


def a_refused(**changes: object) -> InboxEntry:
    entry = an_entry(
        operation_id=OperationId("o2"), state=EntryState.REJECTED,
        reason="The segment s-9 is not known here.",
        pairs=(FieldPair("segment_id", "s-9", None, differs=False, clash=False),),
        decisions=frozenset({Decision.SEND_AGAIN, Decision.SET_ASIDE}), can_edit=True,
    )  # fmt: skip
    return replace(entry, **changes)  # type: ignore[arg-type]


class FakeInbox:
    """Entries that are moved by hand; says what was asked of it."""

    def __init__(self, *entries: InboxEntry) -> None:
        self.rows = entries
        self.asked: list[tuple[str, str]] = []
        self.draft: SummaryDraft | None = None
        self.fault = ""

    def _ask(self, what: str, operation_id: OperationId) -> bool:
        if self.fault:
            raise StoreError(self.fault)
        self.asked.append((what, operation_id))
        return True

    async def entries(self) -> tuple[InboxEntry, ...]:
        if self.fault:
            raise StoreError(self.fault)
        return self.rows

    async def decide(self, operation_id: OperationId, decision: Decision) -> bool:
        return self._ask(decision.value, operation_id)

    async def undo(self, operation_id: OperationId) -> bool:
        return self._ask("undo", operation_id)

    async def forget(self, operation_id: OperationId) -> bool:
        return self._ask("forget", operation_id)

    async def reopen(self, operation_id: OperationId) -> SummaryDraft | None:
        self._ask("reopen", operation_id)
        return self.draft


class FakeSightings:
    """Takes every note."""

    def __init__(self) -> None:
        self.noted: list[tuple[CustomerId, Place]] = []

    async def note(self, customer_id: CustomerId, place: Place, author: AgentId) -> None:
        self.noted.append((customer_id, place))
