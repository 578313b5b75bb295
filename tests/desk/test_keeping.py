"""Nothing typed is lost: whatever the disk does, whichever form is open, whoever leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from agent_app.desk.keeping import Keeping
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from tests.desk.rigs import run_with_tasks, settle

Words = tuple[str, str]
"""What a form is about, and what is typed into it."""


class Rig:
    """A disk behind a gate."""

    def __init__(self, tasks: Tasks) -> None:
        self.disk: dict[str, str] = {}
        self.faults: list[tuple[Words, str]] = []
        self.full: set[str] = set()
        self.gate = asyncio.Event()
        self.keeping: Keeping[Words] = Keeping(
            keep=self._keep,
            about=lambda form: form[0],
            on_fault=lambda form, fault: self.faults.append((form, fault)),
            tasks=tasks,
        )

    async def _keep(self, form: Words) -> None:
        await self.gate.wait()
        if form[0] in self.full:
            raise StoreError("full")
        self.disk[form[0]] = form[1]

    async def open_gate(self) -> None:
        self.gate.set()
        await settle()


def play(story: Callable[[Rig], Awaitable[None]]) -> None:
    async def with_rig(tasks: Tasks) -> None:
        await story(Rig(tasks))

    run_with_tasks(with_rig)


def test_the_last_words_are_written_after_a_writing_under_way() -> None:
    async def story(rig: Rig) -> None:
        rig.keeping.soon(("a", "一"))
        await settle()
        rig.keeping.soon(("a", "一二"))
        rig.keeping.soon(("a", "一二三"))
        assert rig.keeping.waiting == (("a", "一二三"),)
        await rig.open_gate()
        assert rig.disk == {"a": "一二三"}
        assert rig.keeping.waiting == ()

    play(story)


def test_leaving_one_form_for_another_loses_no_word_of_the_first() -> None:
    async def story(rig: Rig) -> None:
        rig.keeping.soon(("a", "一"))
        await settle()
        rig.keeping.soon(("a", "一二"))
        rig.keeping.soon(("b", "甲"))
        await rig.open_gate()
        assert rig.disk == {"a": "一二", "b": "甲"}

    play(story)


def test_the_end_waits_for_the_disk() -> None:
    async def story(rig: Rig) -> None:
        await rig.keeping.flush()
        rig.keeping.soon(("a", "一"))
        await settle()
        rig.keeping.soon(("b", "甲"))
        end = asyncio.ensure_future(rig.keeping.flush())
        await settle()
        assert not end.done()
        await rig.open_gate()
        assert end.done()
        assert rig.disk == {"a": "一", "b": "甲"}

    play(story)


def test_what_the_disk_refuses_is_told_once_and_tried_again() -> None:
    async def story(rig: Rig) -> None:
        rig.gate.set()
        rig.full = {"a"}
        rig.keeping.soon(("a", "一"))
        rig.keeping.soon(("b", "甲"))
        await rig.keeping.flush()
        assert rig.faults == [(("a", "一"), "full")]
        assert rig.disk == {"b": "甲"}, "the others are written all the same"
        assert rig.keeping.waiting == (("a", "一"),)
        rig.full = set()
        await rig.keeping.flush()
        assert rig.disk == {"a": "一", "b": "甲"}

    play(story)


def test_what_was_typed_while_the_disk_refused_is_tried_at_once() -> None:
    async def story(rig: Rig) -> None:
        rig.full = {"a"}
        rig.keeping.soon(("a", "一"))
        await settle()
        rig.keeping.soon(("a", "一二"))
        await rig.open_gate()
        assert [fault[0] for fault in rig.faults] == [("a", "一"), ("a", "一二")]
        assert rig.keeping.waiting == (("a", "一二"),)

    play(story)


def test_what_is_discarded_is_not_written_any_more() -> None:
    async def story(rig: Rig) -> None:
        rig.keeping.soon(("a", "一"))
        await settle()
        rig.keeping.soon(("a", "一二"))
        rig.keeping.forget(("a", "一二"))
        await rig.open_gate()
        assert rig.disk == {"a": "一"}, "which the dropping that she asked for comes behind"

    play(story)


def test_what_is_sent_is_not_written_but_what_is_typed_since_is() -> None:
    async def story(rig: Rig) -> None:
        rig.gate.set()
        rig.keeping.soon(("a", "一"))
        rig.keeping.sending(("a", "一"))
        await settle()
        assert rig.disk == {}
        rig.keeping.soon(("a", "一二"))
        await settle()
        assert rig.disk == {"a": "一二"}
        assert rig.keeping.sent(("a", "一")) == ("a", "一二")
        assert rig.keeping.sent(("a", "一")) is None

    play(story)


def test_what_could_not_be_sent_is_kept_with_what_was_typed_since() -> None:
    async def story(rig: Rig) -> None:
        rig.gate.set()
        rig.keeping.sending(("a", "一"))
        rig.keeping.not_sent(("a", "一"))
        rig.keeping.sending(("b", "甲"))
        rig.keeping.soon(("b", "甲乙"))
        rig.keeping.not_sent(("b", "甲"))
        rig.keeping.sending(("c", "x"))
        rig.keeping.forget(("c", "x"))  # she discarded it meanwhile
        rig.keeping.not_sent(("c", "x"))
        await settle()
        assert rig.disk == {"a": "一", "b": "甲乙"}

    play(story)
