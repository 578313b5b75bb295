"""The desk ends, or forgets the centre, with every form's last words on the disk."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from agent_app.domain.editing import DraftWords
from agent_app.domain.gaps import GapForm
from agent_app.domain.ids import ReportId
from agent_app.store.store import Store
from agent_app.wiring.seat import RunningSeat
from tests.store.rigs import KEY, NOW
from tests.wiring.seats import built_seat

FORM = GapForm(ReportId("g1"), interaction_id="i1")


async def type_everywhere(running: RunningSeat) -> None:
    """The last words of each form are typed while the first are written."""
    seat = running.seat
    loop = asyncio.get_running_loop()
    opened = [loop.create_future() for _ in range(3)]
    seat.gap_form.opened.connect(opened[0].set_result)
    seat.notice_form.opened.connect(opened[1].set_result)
    seat.customers.opened.connect(opened[2].set_result)
    seat.gap_form.open(FORM)
    seat.notice_form.write()
    seat.customers.open_new()
    await asyncio.gather(*opened)
    seat.editing.new(DraftWords(title="一"))
    for words in ("一", "一二"):
        editing, notice, draft = seat.customers.editing, seat.notice_form.typing, seat.editing
        assert editing is not None
        assert notice is not None
        assert draft.editing is not None
        seat.gap_form.change(asked=words, missing="")
        seat.notice_form.change(replace(notice.form, title=words))
        seat.customers.change(replace(editing.form.now, notes=words))
        draft.change(replace(draft.editing.form.words, answer=words))
        seat.gaps.keep_answer(ReportId("g2"), words)
        await asyncio.sleep(0)


async def what_is_kept(store: Store) -> list[str]:
    gap = await store.gaps.typed_form(FORM)
    [customer] = await store.customers.drafts()
    [draft] = (await store.article_drafts.overview()).drafts
    assert gap is not None
    return [gap.asked, customer.now.notes, draft.form.words.answer,
            await store.gaps.typed_answer(ReportId("g2"))]  # fmt: skip


def test_a_desk_that_is_closed_keeps_what_was_typed_last(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def story() -> None:
        async with built_seat(tmp_path, role="knowledge-editor") as running:
            await type_everywhere(running)
        store = await Store.open(running.ground.profile.store, KEY, now=lambda: NOW)
        try:
            assert await what_is_kept(store) == ["一二"] * 4
        finally:
            await store.close()

    asyncio.run(asyncio.wait_for(story(), 60))


def test_what_is_typed_is_written_before_the_centre_is_forgotten(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def story() -> None:
        async with built_seat(tmp_path, role="knowledge-editor") as running:
            await type_everywhere(running)
            await running.typed.flush()
            assert await what_is_kept(running.ground.store) == ["一二"] * 4

    asyncio.run(asyncio.wait_for(story(), 60))
