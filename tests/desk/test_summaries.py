"""A summary writes itself, is kept as typed, and is never lost or saved twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from agent_app.desk.summaries import SaveResult, Summaries
from agent_app.domain.calls import EndReason
from agent_app.domain.customers import CallerCard, CardState
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import DraftState, SummaryDraft, SummaryField
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from tests.desk.fakes import (
    FakeArticles,
    FakeKeeper,
    HandClock,
    a_call,
    a_customer,
    an_article,
    answered,
    ended,
    recorder,
)
from tests.desk.rigs import run_with_tasks, settle

I1 = InteractionId("i1")


class Rig:
    def __init__(self, tasks: Tasks) -> None:
        self.keeper = FakeKeeper()
        self.articles = FakeArticles(an_article(), an_article("K0002", title="住房贷款利息"))
        self.committed, commit = recorder()
        self.commit_fault = ""
        self.queues: dict[str, CategoryId] = {}

        async def committing(draft: SummaryDraft) -> None:
            if self.commit_fault:
                raise StoreError(self.commit_fault)
            await commit(draft)

        self.summaries = Summaries(
            keeper=self.keeper,
            commit=committing,
            article=self.articles.article,
            queue_category=self.queues.get,
            clock=HandClock(),
            tasks=tasks,
        )
        self.changed: list[SummaryDraft] = []
        self.typed: list[SummaryDraft] = []
        self.results: list[SaveResult] = []
        self.dropped: list[InteractionId] = []
        self.faults: list[str] = []
        self.summaries.changed.connect(self.changed.append)
        self.summaries.typed.connect(self.typed.append)
        self.summaries.finished.connect(self.results.append)
        self.summaries.dropped.connect(self.dropped.append)
        self.summaries.fault.connect(self.faults.append)

    @property
    def draft(self) -> SummaryDraft:
        draft = self.summaries.draft(I1)
        assert draft is not None
        return draft

    def complete(self) -> None:
        self.summaries.set_category(I1, CategoryId("01.02"))
        self.summaries.set_text(I1, SummaryField.QUESTION, "问")
        self.summaries.set_text(I1, SummaryField.ANSWER, "答")


def test_a_draft_exists_from_the_first_second() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(a_call())
        assert rig.changed[-1].state is DraftState.OPEN
        assert rig.summaries.open_drafts == (rig.draft,)

    run_with_tasks(story)


def test_a_call_nobody_answered_leaves_no_draft() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(a_call())
        rig.summaries.on_call(ended(a_call()))
        await settle()
        assert rig.dropped == [I1]
        assert rig.summaries.draft(I1) is None
        assert rig.keeper.written == []
        rig.summaries.on_call(ended(a_call()))
        assert rig.summaries.draft(I1) is None

    run_with_tasks(story)


def test_words_written_while_it_rang_stay_although_nobody_answered() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(a_call())
        rig.summaries.set_text(I1, SummaryField.QUESTION, "常来电")
        rig.summaries.on_call(ended(a_call()))
        await settle()
        assert rig.keeper.written[-1].question == "常来电"
        assert not rig.keeper.written[-1].call.live

    run_with_tasks(story)


def test_what_is_typed_is_kept_and_not_echoed() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        echoes = len(rig.changed)
        rig.summaries.set_text(I1, SummaryField.ANSWER, "答")
        await settle()
        assert rig.keeper.written[-1].answer == "答"
        assert rig.typed[-1].answer == "答"
        assert len(rig.changed) == echoes

    run_with_tasks(story)


def test_fast_typing_is_written_one_at_a_time_and_the_last_word_wins() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        await settle()
        rig.keeper.gate.clear()
        for length in range(1, 6):
            rig.summaries.set_text(I1, SummaryField.ANSWER, "答" * length)
            await settle()
        rig.keeper.gate.set()
        await settle()
        assert [draft.answer for draft in rig.keeper.written[1:]] == ["答", "答答答答答"]

    run_with_tasks(story)


def test_a_full_disk_is_said_and_the_next_change_is_written() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.keeper.fault = "There is no room left on the disk."
        rig.summaries.on_call(answered(a_call()))
        await settle()
        assert rig.faults == ["There is no room left on the disk."]
        rig.keeper.fault = ""
        rig.summaries.set_text(I1, SummaryField.ANSWER, "答")
        await settle()
        assert rig.keeper.written[-1].answer == "答"

    run_with_tasks(story)


def test_the_summary_belongs_to_the_person_on_the_card() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        card = CallerCard(I1, CardState.KNOWN, "", "", customer=a_customer())
        rig.summaries.on_card(card)
        rig.summaries.on_call(a_call())
        rig.summaries.on_card(replace(card, customer=None))
        assert rig.draft.customer_id is None
        rig.summaries.on_card(card)
        rig.summaries.on_card(card)
        assert rig.draft.customer_id == CustomerId("c1")
        assert rig.draft.customer_name == "张伟"

    run_with_tasks(story)


def test_a_quote_brings_answer_version_question_and_category() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        rig.summaries.quote(I1, ArticleId("K0001"))
        await settle()
        assert rig.draft.answer == "每个子女每月2000元。"
        assert rig.draft.question == "子女教育专项附加扣除标准"
        assert rig.draft.category_id == "01.02"
        assert [(q.article_id, q.version) for q in rig.draft.quotes] == [("K0001", 3)]

    run_with_tasks(story)


def test_quoting_what_is_not_there_changes_nothing() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        before = rig.draft
        rig.summaries.quote(I1, ArticleId("K9999"))
        await settle()
        rig.articles.fault = "The file cache.db is damaged."
        rig.summaries.quote(I1, ArticleId("K0001"))
        await settle()
        assert rig.draft == before
        assert rig.faults == ["The file cache.db is damaged."]

    run_with_tasks(story)


def test_saving_an_incomplete_summary_says_what_is_missing() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.save(I1)
        assert rig.results == []
        rig.summaries.on_call(ended(answered(a_call())))
        rig.summaries.on_call(answered(a_call()))
        rig.summaries.save(I1)
        assert rig.results[-1].missing == (
            SummaryField.CATEGORY,
            SummaryField.QUESTION,
            SummaryField.ANSWER,
        )
        assert not rig.results[-1].saved

    run_with_tasks(story)


def test_one_key_saves_once() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        rig.complete()
        rig.summaries.on_call(ended(answered(a_call())))
        rig.summaries.save(I1)
        rig.summaries.save(I1)
        await settle()
        assert len(rig.committed) == 1
        assert rig.results == [SaveResult(I1, saved=True)]
        assert rig.draft.state is DraftState.SAVED

    run_with_tasks(story)


def test_saving_during_the_call_waits_for_its_end() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        rig.complete()
        rig.summaries.save(I1)
        assert rig.results[-1].at_hang_up
        rig.summaries.set_text(I1, SummaryField.ANSWER, "答，还有")
        rig.summaries.on_call(ended(answered(a_call())))
        await settle()
        assert rig.committed[0].answer == "答，还有"
        assert not rig.committed[0].call.live

    run_with_tasks(story)


def test_a_save_the_disk_refused_leaves_the_draft_open() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        rig.complete()
        rig.summaries.on_call(ended(answered(a_call())))
        rig.commit_fault = "There is no room left on the disk."
        rig.summaries.save(I1)
        await settle()
        assert rig.results[-1].fault == "There is no room left on the disk."
        assert rig.draft.state is DraftState.OPEN
        rig.commit_fault = ""
        rig.summaries.save(I1)
        await settle()
        assert rig.results[-1].saved

    run_with_tasks(story)


def test_a_saved_summary_no_longer_changes() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        rig.complete()
        rig.summaries.on_call(ended(answered(a_call())))
        rig.summaries.save(I1)
        rig.summaries.set_text(I1, SummaryField.ANSWER, "其他")
        rig.summaries.set_category(I1, None)
        rig.summaries.quote(I1, ArticleId("K0001"))
        rig.summaries.on_call(answered(a_call()))
        rig.summaries.on_card(CallerCard(I1, CardState.KNOWN, "", "", customer=a_customer()))
        await settle()
        assert rig.draft.answer == "答"
        assert rig.committed[0].answer == "答"

    run_with_tasks(story)


@pytest.mark.parametrize("was_answered", [True, False])
def test_a_draft_of_a_dead_desk_comes_back_with_its_call_lost(was_answered: bool) -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        call = answered(a_call()) if was_answered else a_call()
        rig.keeper.stored = (SummaryDraft(I1, call, question="半句"),)
        restored = await rig.summaries.restore()
        assert restored[0].question == "半句"
        assert restored[0].call.end_reason is EndReason.LOST
        assert rig.changed == list(restored)

    run_with_tasks(story)


def test_a_draft_of_an_ended_call_comes_back_as_it_was() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.keeper.stored = (SummaryDraft(I1, ended(answered(a_call()))),)
        assert await rig.summaries.restore() == rig.keeper.stored
        await asyncio.sleep(0)

    run_with_tasks(story)


def test_leaving_waits_for_what_was_typed_last() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.summaries.on_call(answered(a_call()))
        rig.keeper.gate.clear()
        rig.summaries.set_text(I1, SummaryField.ANSWER, "最后一句")
        leaving = asyncio.create_task(rig.summaries.flush())
        await settle()
        assert not leaving.done()
        rig.keeper.gate.set()
        await leaving
        assert rig.keeper.written[-1].answer == "最后一句"

    run_with_tasks(story)
