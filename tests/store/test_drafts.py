"""Nothing typed is lost, and a saved summary is not brought back by a late key."""

from __future__ import annotations

import logging
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from agent_app.domain.calls import Call, CallState, EndReason
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.ids import AgentId, ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import CategoryReason, CategorySource, SummaryDraft, SummaryField
from agent_app.store.draft_json import decode, encode
from agent_app.store.tables import drafts
from tests.domain.examples import RANG_AT, call, draft
from tests.store.rigs import in_loop, opened

FULL = draft(
    call=call(
        state=CallState.ENDED, waited_s=None, answered_at=RANG_AT, ended_at=RANG_AT,
        started_monotonic_s=5.25, answered_monotonic_s=9.5, talked_s=31.75, muted=True,
        held_by_caller=True, end_reason=EndReason.LOST, end_detail="engine died",
        end_status=503, encrypted=True, in_conference=True, consults_for=InteractionId("i-0"),
        transferred_by="1002", returned="busy",
    ),
    customer_id=CustomerId("c-1"), customer_name="张伟", category_id=CategoryId("01.01"),
    question="问\n第二行", answer="答", basis="国发〔2023〕13号", follow_up="回电",
    quotes=(QuotedArticle(ArticleId("a-1"), 3, "标题"),),
    hers=frozenset({SummaryField.QUESTION, SummaryField.ANSWER}), edited_at=RANG_AT,
    taken=frozenset({SummaryField.BASIS}), parked=True, asks_who=True, nobody=True,
    category_reason=CategoryReason(CategorySource.QUEUE, "咨询"),
)  # fmt: skip


@pytest.mark.parametrize("summary", [draft(), FULL])
def test_a_draft_comes_back_as_it_was(summary: SummaryDraft) -> None:
    assert decode(encode(summary)) == summary


def test_every_field_of_draft_and_call_is_kept() -> None:
    body = orjson.loads(encode(FULL))
    assert set(body) == {field.name for field in fields(SummaryDraft)}
    assert set(body["call"]) == {field.name for field in fields(Call)}


@given(st.text(st.characters()))
def test_whatever_she_types_is_kept(text: str) -> None:
    kept = decode(encode(draft(question=text)))
    whole = "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text)
    assert kept.question in (text, text.replace("\0", " "), whole.replace("\0", " "))


def test_half_a_character_and_a_nul_do_not_take_the_words_with_them() -> None:
    typed = replace(FULL, question="好\ud83d的\0完", answer="\ud83d\ude00")
    kept = decode(encode(typed))
    assert kept.question == "好\ufffd的 完"
    assert kept.answer == "\N{GRINNING FACE}"
    assert replace(kept, question="", answer="") == replace(FULL, question="", answer="")


@in_loop
async def test_a_draft_is_there_again_after_a_restart_with_its_call(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.drafts.put(draft())
        await store.drafts.put(FULL)
    async with opened(tmp_path) as store:
        assert await store.drafts.open() == (FULL,)


@in_loop
async def test_drafts_come_in_the_order_of_their_calls(tmp_path: Path) -> None:
    later = call(interaction_id=InteractionId("a"), started_at=RANG_AT + timedelta(minutes=1))
    async with opened(tmp_path) as store:
        await store.drafts.put(draft(interaction_id=later.interaction_id, call=later))
        await store.drafts.put(draft())
        assert [one.interaction_id for one in await store.drafts.open()] == ["i-1", "a"]


@in_loop
async def test_a_late_key_does_not_bring_a_saved_summary_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.drafts.put(FULL)
        await store.summaries.save(FULL, agent_id=AgentId("u-1"), agent_name="李娜")
        await store.drafts.put(replace(FULL, question="too late"))
        assert await store.drafts.open() == ()


@in_loop
async def test_a_draft_that_cannot_be_read_is_said_and_left_where_it_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(tmp_path) as store:
        await store.drafts.put(FULL)
        second = call(interaction_id=InteractionId("i-2"))
        await store.drafts.put(draft(interaction_id=InteractionId("i-2"), call=second))
        await store.drafts._work.write(lambda connection: connection.execute(
            update(drafts).where(drafts.c.interaction_id == "i-1").values(body="{}")
        ))  # fmt: skip
        with caplog.at_level(logging.ERROR):
            assert [one.interaction_id for one in await store.drafts.open()] == ["i-2"]
    assert "i-1: this draft cannot be read" in caplog.text
