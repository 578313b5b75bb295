"""Each person whose card was shown is told to the centre, once a call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from agent_app.desk.sightings import Sightings
from agent_app.domain.customers import CallerCard, CardState
from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import DiskFullError
from agent_app.store.sightings import Place
from tests.desk.fakes import a_customer
from tests.desk.rigs import run_with_tasks, settle


class Book:
    def __init__(self) -> None:
        self.noted: list[tuple[str, str]] = []
        self.full = False

    async def note(self, customer_id: CustomerId, place: Place, author: AgentId) -> None:
        if self.full:
            raise DiskFullError(Path("work.db"))
        self.noted.append((customer_id, place))


def card(interaction: str, name: str | None = "c-1", *, is_new: bool = False) -> CallerCard:
    customer = None
    if name is not None:
        customer = replace(a_customer(), customer_id=CustomerId(name), is_new=is_new)
    return CallerCard(InteractionId(interaction), CardState.KNOWN, "", "", customer=customer)


def test_each_person_is_told_once_a_call() -> None:
    async def story(tasks: Tasks) -> None:
        book, faults = Book(), list[str]()
        sightings = Sightings(book=book, author=AgentId("a1"), tasks=tasks, on_fault=faults.append)
        for shown in (card("i1", None), card("i1"), card("i1"), card("i1", "c-2"), card("i2")):
            sightings.on_card(shown)
        sightings.on_card(card("i3", "c-new", is_new=True))
        sightings.note(CustomerId("c-3"), Place.PAGE)
        await settle()
        assert book.noted == [
            ("c-1", "card"), ("c-2", "card"), ("c-1", "card"), ("c-3", "page"),
        ]  # fmt: skip
        assert not faults

    run_with_tasks(story)


def test_a_full_disk_is_said() -> None:
    async def story(tasks: Tasks) -> None:
        book, faults = Book(), list[str]()
        book.full = True
        sightings = Sightings(book=book, author=AgentId("a1"), tasks=tasks, on_fault=faults.append)
        sightings.on_card(card("i1"))
        await settle()
        assert len(faults) == 1

    run_with_tasks(story)
