"""Stand-ins for the copy, the server's customers and its jobs, behind the page of customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from agent_app.desk.customer_files import CustomerExport, CustomerImport
from agent_app.desk.customer_finder import Cards, CustomerFinder
from agent_app.desk.customer_merging import CustomerMerging
from agent_app.desk.people import People
from agent_app.domain.customer_search import CustomerHit, CustomersFound, FoundBy
from agent_app.domain.customers import CustomerKind
from agent_app.domain.ids import AgentId, CustomerId
from agent_app.domain.numbers import normalise
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from sync.customers import CentreCustomer, CentreFound, CentreMerge, CentreNumber, CentrePair
from sync.errors import SyncError
from sync.jobs import Job, JobState, SentFile
from tests.desk.fakes_records import FakeCustomers


def a_hit(customer_id: str = "c1", name: str = "张伟", **changes: object) -> CustomerHit:
    hit = CustomerHit(
        customer_id=CustomerId(customer_id), name=name, kind=CustomerKind.PERSON,
        company="云栖餐饮", region="杭州市西湖区", segment="重点企业", number="+8613800138000",
        number_label="手机", last_spoke_at=None, found_by=FoundBy.NAME,
    )  # fmt: skip
    return replace(hit, **changes)  # type: ignore[arg-type]


def a_row(customer_id: str = "c7", name: str = "章玮", **changes: object) -> CentreCustomer:
    row = CentreCustomer(
        id=customer_id, kind="person", name=name, segment_id="s-1", region="宁波", company="",
        address="", id_number="3301**********1234", warning="", notes="",
        phones=(CentreNumber("+8613900139000", "手机"),), found_by="id-number",
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


class FakeSearch:
    """Finds everybody whose name begins with what was typed."""

    def __init__(self, *hits: CustomerHit) -> None:
        self.hits = hits
        self.asked: list[tuple[str, str]] = []
        self.more = False
        self.fault = ""

    async def find(self, text: str, limit: int = 50, *, normal: str = "") -> CustomersFound:
        self.asked.append((text, normal))
        if self.fault:
            raise StoreError(self.fault)
        found = tuple(hit for hit in self.hits if hit.name.startswith(text))
        return CustomersFound(found[:limit], self.more)


class FakeCentreCustomers:
    """Answers what it is given, or fails with ``error``."""

    def __init__(self) -> None:
        self.rows: tuple[CentreCustomer, ...] = ()
        self.pairs: tuple[CentrePair, ...] = ()
        self.merged: tuple[CentreMerge, ...] = ()
        self.asked: list[str] = []
        self.error: SyncError | None = None

    def _check(self, what: str) -> None:
        self.asked.append(what)
        if self.error is not None:
            raise self.error

    async def search(self, text: str, limit: int) -> CentreFound:
        self._check(f"search {text}")
        return CentreFound(self.rows[:limit], more=False)

    async def duplicates(self, customer_id: str = "") -> tuple[CentrePair, ...]:
        self._check(f"duplicates {customer_id}".strip())
        return self.pairs

    async def merges(self, customer_id: str) -> tuple[CentreMerge, ...]:
        self._check(f"merges {customer_id}")
        return self.merged


def a_job(state: JobState = JobState.RUNNING, **changes: object) -> Job:
    job = Job(id="j1", state=state, file_name="客户.csv", rows_done=0, rows_total=None, report={})
    return replace(job, **changes)  # type: ignore[arg-type]


@dataclass
class FakeJobs:
    """Gives its answers in their order; an error among them is raised."""

    answers: list[Job | Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)

    def _next(self, what: str) -> Job:
        self.asked.append(what)
        answer = self.answers.pop(0) if self.answers else a_job(JobState.DONE)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def send_import(
        self, path: Path, *, dry_run: bool, update: bool, told: Callable[[SentFile], None]
    ) -> Job:
        return self._next(f"{'check' if dry_run else 'take'} {path.name} {update}")

    async def start_export(self, *, table: str, format_: str, chinese: bool) -> Job:
        return self._next(f"export {table} {format_} {chinese}")

    async def look(self, kind: str, job_id: str) -> Job:
        return self._next(f"look {kind}")

    async def cancel(self, kind: str, job_id: str) -> Job:
        return self._next(f"cancel {kind}")

    async def save(self, kind: str, job_id: str, target: Path) -> None:
        self._next(f"save {kind}")
        self.saved.append(target)


@dataclass
class PeopleParts:
    """What the page's desk stands on."""

    search: FakeSearch = field(default_factory=lambda: FakeSearch(a_hit()))
    centre: FakeCentreCustomers = field(default_factory=FakeCentreCustomers)
    jobs: FakeJobs = field(default_factory=FakeJobs)

    def desk(self, cards: object, customers: FakeCustomers, *, clock: Clock, tasks: Tasks,
             waiting: Tasks) -> People:  # fmt: skip
        """``waiting`` is for work that waits for a job."""
        return People(
            finder=CustomerFinder(
                people=self.search, cards=cast("Cards", cards), choices=customers.choices,
                centre=self.centre, number=normalise, tasks=tasks,
            ),
            merging=CustomerMerging(
                centre=self.centre, keeper=customers, agent_id=AgentId("a1"), tasks=tasks
            ),
            importing=CustomerImport(centre=self.jobs, clock=clock, tasks=waiting),
            exporting=CustomerExport(centre=self.jobs, clock=clock, tasks=waiting),
        )  # fmt: skip
