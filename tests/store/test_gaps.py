"""Gap reports on the seat: typed, sent once, answered, and heard of (M31)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent_app.domain.gaps import GapAnswer, GapArticle, GapForm, GapReport, GapState
from agent_app.domain.ids import AgentId, ArticleId, CategoryId, ReportId
from agent_app.store.store import Store
from sync.wire import ChangePage, Json, OperationResult, Outcome
from tests.store.rigs import counted, in_loop, opened, page, row

ME, OTHER = AgentId("u-1"), AgentId("u-9")
ARTICLE = GapArticle(ArticleId("a-1"), 3, "子女教育专项附加扣除标准")
FORM = GapForm(ReportId("g-1"), "几岁开始？", "没有写几岁", ARTICLE, CategoryId("01.01"), "i-1")


def reports(*rows: list[Json], cursor: int = 1) -> ChangePage:
    """The centre's reports with the article that they are about."""
    return page(cursor, articles=[row("articles")], gap_reports=list(rows))


def a_row(report_id: str = "g-1", **values: Json) -> list[Json]:
    return row("gap_reports", **{"id": report_id, "reporter_id": ME, **values})


async def mine(store: Store) -> tuple[GapReport, ...]:
    return (await store.gaps.lists(ME)).mine


async def deliver(store: Store, version: int = 1) -> list[str]:
    due = await store.outbox.due(10)
    await store.outbox.settle(
        [OperationResult(one.id, Outcome.APPLIED, version=version) for one in due]
    )
    return [one.record for one in due]


@in_loop
async def test_a_sent_report_is_shown_before_and_after_the_server_has_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(1, articles=[row("articles")]))
        await store.gaps.report(FORM, agent_id=ME)
        (waiting,) = await mine(store)
        assert (waiting.provisional, waiting.state, waiting.article) == (
            True, GapState.OPEN, ARTICLE,
        )  # fmt: skip
        assert (waiting.missing, waiting.interaction_id) == ("没有写几岁", "i-1")
        (item,) = await store.outbox.items()
        assert (item.kind, item.record, item.title) == ("gap.save", "g-1", ARTICLE.title)
        assert await deliver(store) == ["g-1"]
        (delivered,) = await mine(store)
        assert (delivered.provisional, delivered.version) == (False, 1)
        await store.replica.apply(reports(a_row(missing="没有写几岁", version=2, state="taken")))
        (pulled,) = await mine(store)
        assert (pulled.version, pulled.state, pulled.owner_name) == (2, GapState.TAKEN, "严思源")


@in_loop
async def test_a_report_goes_out_once_however_often_it_is_sent(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.gaps.report(FORM, agent_id=ME)
        await store.gaps.report(FORM, agent_id=ME)
        assert (await counted(store))[0] == 1
        await deliver(store)
        await store.gaps.report(FORM, agent_id=ME)
        assert (await counted(store))[0] == 0


@in_loop
async def test_what_is_typed_is_there_again_until_it_is_sent(tmp_path: Path) -> None:
    blank = replace(FORM, report_id=ReportId("g-2"), asked="", missing="")
    async with opened(tmp_path) as store:
        assert await store.gaps.typed_form(blank) is None
        await store.gaps.keep_form(FORM)
        await store.gaps.keep_form(replace(FORM, missing="没有写"))
    async with opened(tmp_path) as store:
        found = await store.gaps.typed_form(blank)
        assert found == replace(FORM, missing="没有写")  # under the id that it had
        assert await store.gaps.typed_form(replace(blank, article=None)) is None  # about the call
        await store.gaps.report(FORM, agent_id=ME)
        assert await store.gaps.typed_form(blank) is None
        await store.gaps.keep_form(FORM)
        await store.gaps.drop_form(FORM)
        assert await store.gaps.typed_form(blank) is None


@in_loop
async def test_the_owner_takes_and_answers_without_waiting_for_the_server(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(reports(a_row(reporter_id=OTHER, owner_id="", owner_name="")))
        await store.gaps.decide(
            GapAnswer(ReportId("g-1"), 1, GapState.TAKEN), title="x", agent_id=ME
        )
        (taken,) = (await store.gaps.lists(ME)).to_do
        assert (taken.state, taken.owner_id, taken.provisional) == (GapState.TAKEN, ME, True)
        await store.gaps.keep_answer(ReportId("g-1"), "两个孩子")
        assert await store.gaps.typed_answer(ReportId("g-1")) == "两个孩子"
        answer = GapAnswer(ReportId("g-1"), 1, GapState.ANSWERED, " 每人2000元 ", ARTICLE)
        await store.gaps.decide(answer, title="x", agent_id=ME)
        assert await store.gaps.typed_answer(ReportId("g-1")) == ""
        assert not (await store.gaps.lists(ME)).to_do
        (first,) = await store.outbox.due(10)
        assert (dict(first.payload), dict(first.base)) == ({"state": "taken"}, {"state": 1})
        await deliver(store, 2)
        (second,) = await store.outbox.due(10)
        assert dict(second.payload) == {
            "state": "answered", "outcome": "每人2000元", "outcome_article_id": "a-1",
            "outcome_version": 3,
        }  # fmt: skip
        assert max(second.base.values()) == 2  # it stands on the version that taking made


@in_loop
async def test_an_answer_stands_on_her_own_taking_that_went_out_meanwhile(tmp_path: Path) -> None:
    taking = GapAnswer(ReportId("g-1"), 1, GapState.TAKEN)
    async with opened(tmp_path) as store:
        await store.replica.apply(reports(a_row(owner_id="", owner_name="")))
        await store.gaps.decide(taking, title="x", agent_id=ME)
        await deliver(store, 2)
        # What she looks at is from before the server's answer.
        await store.gaps.decide(
            replace(taking, state=GapState.ANSWERED, outcome="是"), title="x", agent_id=ME
        )
        (sent,) = await store.outbox.due(10)
        assert set(sent.base.values()) == {2}
        await deliver(store, 3)


@in_loop
async def test_an_answer_does_not_stand_on_what_a_colleague_did(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(reports(a_row(owner_id="", owner_name="")))
        # Version 2 is a colleague's giving back; on that she took it, elsewhere on this seat.
        await store.gaps.decide(
            GapAnswer(ReportId("g-1"), 2, GapState.TAKEN), title="x", agent_id=ME
        )
        await deliver(store, 3)
        await store.gaps.decide(
            GapAnswer(ReportId("g-1"), 1, GapState.ANSWERED, "是"), title="x", agent_id=ME
        )
        (sent,) = await store.outbox.due(10)
        assert set(sent.base.values()) == {1}


@in_loop
async def test_lists_say_whose_turn_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        old, new = "2026-02-01T00:00:00.000Z", "2026-02-20T00:00:00.000Z"
        await store.replica.apply(reports(
            a_row("g-1", reporter_id=OTHER, owner_id=OTHER, reported_at=old),
            a_row("g-2", reporter_id=OTHER, owner_id=ME, reported_at=new),
            a_row("g-3", reporter_id=OTHER, state="declined", outcome="x"),
            a_row("g-4", reported_at=old, state="declined", outcome="对", changed_at=new),
            a_row("g-5", reported_at=new),
        ))  # fmt: skip
        found = await store.gaps.lists(ME)
        assert [one.report_id for one in found.mine] == ["g-5", "g-4"]
        assert [one.report_id for one in found.to_do] == ["g-2", "g-1", "g-5"]
        assert [one.report_id for one in found.news] == ["g-4"]
        await store.gaps.mark_seen([ReportId("g-4")])
        await store.gaps.mark_seen([ReportId("g-4")])
        await store.gaps.mark_seen([])
        assert not (await store.gaps.lists(ME)).news


@in_loop
async def test_an_old_outcome_is_no_news(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        long_ago = "2025-12-01T00:00:00.000Z"
        answered = {"state": "answered", "outcome": "是", "changed_at": long_ago}
        await store.replica.apply(reports(a_row(reported_at=long_ago, **answered)))
        found = await store.gaps.lists(ME)
        assert (len(found.mine), found.news) == (1, ())


@in_loop
async def test_what_was_delivered_is_offered_again_to_a_restored_server(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.gaps.report(FORM, agent_id=ME)
        (sent,) = await store.outbox.due(10)
        await deliver(store)
        assert await store.outbox.offer_again() == 1
        (again,) = await store.outbox.due(10)
        assert again == sent
        await deliver(store)
        assert len(await mine(store)) == 1


@in_loop
async def test_a_refused_report_is_in_the_inbox_and_its_words_stay_to_be_read(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.gaps.report(FORM, agent_id=ME)
        (sent,) = await store.outbox.due(10)
        await store.outbox.settle([OperationResult(sent.id, Outcome.REJECTED, "no")])
        (entry,) = await store.inbox.entries()
        assert (entry.kind, entry.can_edit) == ("gap.save", False)
        assert {pair.name: pair.mine for pair in entry.pairs}["missing"] == "没有写几岁"
        assert not await mine(store)


@pytest.mark.parametrize("body", ["", "[", "[]", '{"report_id": 5}'])
@in_loop
async def test_words_that_cannot_be_read_are_no_words(tmp_path: Path, body: str) -> None:
    async with opened(tmp_path) as store:
        await store.gaps._typed.put("gap", "a-1", body)
        assert await store.gaps.typed_form(FORM) is None


@in_loop
async def test_of_a_report_that_left_the_copy_nothing_is_shown(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(reports(a_row(reporter_id=OTHER)))
        taken = GapAnswer(ReportId("g-1"), 1, GapState.TAKEN)
        await store.gaps.decide(taken, title="x", agent_id=ME)
        await store.replica.apply(page(2, {"gap_reports": ["g-1"]}))
        assert not (await store.gaps.lists(ME)).to_do


@in_loop
async def test_an_answer_in_words_names_no_article(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(reports(a_row(reporter_id=OTHER)))
        answer = GapAnswer(ReportId("g-1"), 1, GapState.DECLINED, "已经写了")
        await store.gaps.decide(answer, title="x", agent_id=ME)
        (sent,) = await store.outbox.due(10)
        assert dict(sent.payload) == {"state": "declined", "outcome": "已经写了"}
