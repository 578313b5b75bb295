"""Drafts of articles on the seat: typed, sent, shown before the feed has them, published (M29)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from agent_app.domain.editing import ArticleDraft, DraftForm, DraftState, DraftWords
from agent_app.domain.ids import AgentId, CategoryId
from agent_app.domain.inbox import Decision, EntryState
from agent_app.store.store import Store
from sync.wire import ChangePage, Json, Operation, OperationResult, Outcome
from tests.store.rigs import in_loop, opened, page, row

ME = AgentId("u-1")
WORDS = DraftWords(
    category_id=CategoryId("01.01"), title="子女教育", answer="每月3000元。",
    valid_from="2027年1月1日",
)  # fmt: skip
NEW = DraftForm("d-9", WORDS)


def drafts(*rows: list[Json], cursor: int = 1) -> ChangePage:
    return page(cursor, articles=[row("articles")], article_drafts=list(rows))


def a_row(**values: Json) -> list[Json]:
    return row("article_drafts", **values)


async def deliver(store: Store, version: int = 1, **facts: object) -> list[Operation]:
    due = list(await store.outbox.due(10))
    await store.outbox.settle([
        OperationResult(one.id, Outcome.APPLIED, version=version, **facts)  # type: ignore[arg-type]
        for one in due
    ])  # fmt: skip
    return due


async def only(store: Store) -> ArticleDraft:
    (found,) = (await store.article_drafts.overview()).drafts
    return found


@in_loop
async def test_a_saved_draft_is_shown_before_and_after_the_server_has_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.article_drafts.keep(NEW)
        assert ((await only(store)).typed, (await only(store)).waits) == (True, False)
        await store.article_drafts.save(NEW, state=DraftState.IN_REVIEW, agent_id=ME)
        waiting = await only(store)
        assert (waiting.state, waiting.author_id, waiting.waits, waiting.typed) == (
            DraftState.IN_REVIEW, ME, True, False,
        )  # fmt: skip
        (sent,) = await deliver(store)
        assert (sent.kind.value, sent.record, sent.base) == ("draft.save", "d-9", {})
        assert sent.payload["valid_from"] == "2027-01-01"
        assert sent.payload["valid_until"] is None
        delivered = await only(store)
        assert (delivered.waits, delivered.form.version) == (False, 1)
        await store.replica.apply(drafts(a_row(id="d-9", version=2, state="returned", remark="？")))
        pulled = await only(store)
        assert (pulled.state, pulled.remark, pulled.form.version) == (DraftState.RETURNED, "？", 2)


@in_loop
async def test_what_is_typed_survives_and_is_dropped_when_she_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await store.article_drafts.typed_form("d-9") is None
        await store.article_drafts.keep(replace(NEW, words=replace(WORDS, note="半句")))
        await store.article_drafts.keep(NEW)
    async with opened(tmp_path) as store:
        assert await store.article_drafts.typed_form("d-9") == NEW
        await store.article_drafts.drop("d-9")
        assert (await store.article_drafts.overview()).drafts == ()


@in_loop
async def test_her_own_edits_are_no_conflict_with_herself(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(drafts(a_row()))
        first = await store.article_drafts.draft("d-1")
        assert first is not None
        await store.article_drafts.save(first.form, state=DraftState.WRITING, agent_id=ME)
        second = await store.article_drafts.draft("d-1")
        assert second is not None
        # It goes out while she types on; then one waits behind another.
        (sent,) = await deliver(store, 2)
        assert sent.base["answer"] == 1
        await store.article_drafts.save(second.form, state=DraftState.WRITING, agent_id=ME)
        await store.article_drafts.save(second.form, state=DraftState.IN_REVIEW, agent_id=ME)
        (behind,) = await deliver(store, 3)
        assert set(behind.base.values()) == {2}
        (last,) = await deliver(store, 4)
        assert set(last.base.values()) == {3}
        assert (await only(store)).form.version == 4


@in_loop
async def test_reviewing_sends_the_state_and_the_remark(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(drafts(a_row(state="in-review")))
        draft = await store.article_drafts.draft("d-1")
        assert draft is not None
        assert (draft.author_name, draft.form.words.note, draft.article_version) == (
            "严思源", "新标准", 3,
        )  # fmt: skip
        await store.article_drafts.move(draft, DraftState.RETURNED, agent_id=ME, remark="依据？")
        (sent,) = await deliver(store)
        assert sent.payload == {"state": "returned", "remark": "依据？"}
        assert (await only(store)).author_id == "u-9"


@in_loop
async def test_publishing_carries_what_was_read_and_shows_that_it_is_under_way(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(drafts(a_row(state="in-review", version=5)))
        draft = await store.article_drafts.draft("d-1")
        assert draft is not None
        await store.article_drafts.publish(draft, files=("f1",), agent_id=ME)
        assert (await only(store)).publishing
        (sent,) = await deliver(store, 6)
        assert (sent.kind.value, sent.payload["version"], sent.base) == (
            "draft.publish", 5, {"version": 3},
        )  # fmt: skip
        assert sent.payload["files"] == ["f1"]
        assert sent.payload["answer"] == "每月3000元。"
        assert (await only(store)).publishing
        await store.replica.apply(drafts(a_row(state="published", version=6), cursor=2))
        assert ((await only(store)).publishing, (await only(store)).state) == (
            False, DraftState.PUBLISHED,
        )  # fmt: skip


@in_loop
async def test_a_publication_that_meets_a_newer_article_is_hers_to_decide(tmp_path: Path) -> None:
    article: dict[str, Json] = {"id": "a-1", "version": 4, "title": "子女教育", "answer": "别的"}
    async with opened(tmp_path) as store:
        await store.replica.apply(drafts(a_row(state="in-review")))
        draft = await store.article_drafts.draft("d-1")
        assert draft is not None
        for decision in (Decision.KEEP_MINE, Decision.TAKE_THEIRS):
            await store.article_drafts.publish(draft, files=("f1",), agent_id=ME)
            (sent,) = await store.outbox.due(10)
            await store.outbox.settle(
                [OperationResult(sent.id, Outcome.CONFLICT, "newer", version=4, server=article)]
            )
            assert (await only(store)).set_aside
            entry = (await store.inbox.entries())[0]
            answer = next(pair for pair in entry.pairs if pair.name == "answer")
            assert (answer.mine, answer.theirs, answer.clash) == ("每月3000元。", "别的", True)
            assert await store.inbox.decide(entry.operation_id, decision)
            if decision is Decision.KEEP_MINE:
                (again,) = [one for one in (await store.outbox.items()) if one.record == "d-1"]
                await store.outbox.settle(
                    [OperationResult(again.operation_id, Outcome.APPLIED, version=2)]
                )
        # Taking theirs publishes nothing; her words stay to be read.
        assert await store.outbox.items() == ()
        assert (await store.inbox.entries())[0].state is EntryState.NOTE


@in_loop
async def test_words_that_the_server_refused_are_put_right_and_sent_anew(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.article_drafts.save(NEW, state=DraftState.IN_REVIEW, agent_id=ME)
        (sent,) = await store.outbox.due(10)
        refused = OperationResult(sent.id, Outcome.REJECTED, "The owner is not known here.")
        await store.outbox.settle([refused])
        shown = await only(store)
        assert (shown.refused, shown.form.words.title) == (
            "The owner is not known here.",
            "子女教育",
        )
        form = await store.article_drafts.typed_form("d-9")
        assert form is not None
        assert (form.words.answer, form.version) == (WORDS.answer, 0)
        await store.article_drafts.save(form, state=DraftState.WRITING, agent_id=ME)
        (again,) = await deliver(store)
        assert (again.payload["state"], again.base) == ("writing", {})
        # What was refused waits no more, and can be read.
        assert await store.outbox.items() == ()
        assert (await store.inbox.entries())[0].state is EntryState.NOTE
        assert (await only(store)).refused == ""


@in_loop
async def test_the_list_knows_the_centres_rule_and_who_owns_articles(tmp_path: Path) -> None:
    one: dict[str, Json] = {"id": "knowledge-review", "value": {"people": 1}}
    async with opened(tmp_path) as store:
        assert (await store.article_drafts.overview()).people == 2
        await store.replica.apply(page(1, articles=[row("articles")], settings=[
            row("settings", **one)]))  # fmt: skip
        found = await store.article_drafts.overview()
        assert (found.people, found.owners) == (1, (("u-9", "严思源"),))


@in_loop
async def test_a_form_of_another_version_is_left_where_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.gaps.keep_answer("d-9", "x")  # type: ignore[arg-type]
        await store.article_drafts._typed.put("article", "d-9", "[]")
        assert await store.article_drafts.typed_form("d-9") is None
        assert (await store.article_drafts.overview()).drafts == ()
