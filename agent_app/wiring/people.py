"""Connects finding, merging, importing and exporting customers with store and server (⑥ to ⑧)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_app.desk.customer_files import CustomerExport, CustomerImport
from agent_app.desk.customer_finder import CustomerFinder
from agent_app.desk.customer_merging import CustomerMerging
from agent_app.desk.people import People
from agent_app.domain.customers import Customer
from agent_app.domain.ids import AgentId
from agent_app.domain.link import OutboxItem
from agent_app.domain.numbers import Number
from agent_app.store.sightings import Place
from agent_app.wiring.ground import Ground
from agent_app.wiring.news import at_the_end
from agent_app.wiring.records import Records
from sync.customers import CentreCustomers
from sync.jobs import CentreJobs

TABLES = ("customers", "phones", "interactions", "segments", "settings")


@dataclass(frozen=True, slots=True)
class BuiltPeople:
    desk: People
    jobs: CentreJobs

    def close(self) -> None:
        """What the server does for her goes on there."""
        self.jobs.stop()


def build_people(
    ground: Ground,
    *,
    records: Records,
    number: Callable[[str], Number],
    wake: Callable[[], None],
) -> BuiltPeople:
    """``wake`` makes replication look at the outbox now."""
    store, tasks, clock = ground.store, ground.tasks, ground.clock
    centre = CentreCustomers(remote=ground.asker)
    jobs = CentreJobs(api=ground.api, auth=ground.auth)
    finder = CustomerFinder(
        people=store.customer_search,
        cards=store.callers,
        choices=store.customers.choices,
        centre=centre,
        number=number,
        tasks=tasks,
    )
    merging = CustomerMerging(
        centre=centre,
        keeper=store.customers,
        agent_id=AgentId(ground.identity.agent_id),
        tasks=tasks,
    )

    def on_opened(customer: Customer) -> None:
        """The centre is told whose data was looked at; of somebody new it knows nothing yet."""
        if not customer.is_new:
            records.sightings.note(customer.customer_id, Place.PAGE)

    def on_merged(_item: OutboxItem) -> None:
        wake()

    def on_outbox(_kinds: object) -> None:
        finder.refresh()

    finder.opened.connect(on_opened)
    records.customers.saved.connect(finder.on_saved)
    merging.merged.connect(on_merged)
    for faulty in (finder, merging):
        faulty.fault.connect(ground.faults.on_data_fault)
    store.replica.applied.add(at_the_end(TABLES, finder.refresh))
    store.outbox.changed.add(on_outbox)
    desk = People(
        finder=finder,
        merging=merging,
        importing=CustomerImport(centre=jobs, clock=clock, tasks=tasks),
        exporting=CustomerExport(centre=jobs, clock=clock, tasks=tasks),
    )
    return BuiltPeople(desk, jobs)
