"""Looking for a person: the newest answer only, and a disk that cannot be read."""

from __future__ import annotations

import asyncio

from agent_app.desk.person_search import PersonSearch, PersonsFound
from agent_app.domain.numbers import normalise
from agent_app.runtime.tasks import Tasks
from tests.desk.fakes_caller import FakePeople
from tests.desk.rigs import run_with_tasks, settle


def test_what_was_typed_last_is_answered_even_when_the_answer_before_comes_later() -> None:
    async def story(tasks: Tasks) -> None:
        people = FakePeople({"c1": "张伟", "c2": "张炜"}, gates={"张": asyncio.Event()})
        search = PersonSearch(people=people, number=normalise, tasks=tasks)
        seen: list[PersonsFound] = []
        search.found.connect(seen.append)
        search.look_for("张")
        search.look_for("张伟")
        await settle()
        people.gates["张"].set()
        await settle()
        [found] = seen
        assert found.text == "张伟"
        assert [hit.customer_id for hit in found.people.hits] == ["c1"]

    run_with_tasks(story)


def test_nothing_typed_finds_nobody_without_asking() -> None:
    async def story(tasks: Tasks) -> None:
        people = FakePeople({"c1": "张伟"})
        search = PersonSearch(people=people, number=normalise, tasks=tasks)
        seen: list[PersonsFound] = []
        search.found.connect(seen.append)
        search.look_for("张")
        search.look_for("  ")
        await settle()
        assert seen == [PersonsFound()]

    run_with_tasks(story)


def test_a_file_that_cannot_be_read_is_said() -> None:
    async def story(tasks: Tasks) -> None:
        search = PersonSearch(
            people=FakePeople(fault="disk on fire"), number=normalise, tasks=tasks
        )
        seen: list[PersonsFound] = []
        search.found.connect(seen.append)
        search.look_for("张")
        await settle()
        assert seen == [PersonsFound("张", fault="disk on fire")]

    run_with_tasks(story)
