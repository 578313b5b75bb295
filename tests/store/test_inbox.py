"""What the server did not take: both values, a decision, and the way back from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent_app.domain.customer_edit import CustomerFields, CustomerForm, Phone
from agent_app.domain.ids import CustomerId, InteractionId, OperationId
from agent_app.domain.inbox import KEPT_DAYS, UNDO_S, Decision, EntryState
from agent_app.domain.summary import DraftState
from agent_app.store.store import Store
from sync.wire import Json, Operation, OperationResult, Outcome
from tests.domain.examples import call, draft
from tests.store.rigs import NOW, counted, in_loop, opened
from tests.store.test_customers import AGENT, ZHANG, a_new_one, applied, edit, with_zhang

LATER = NOW + timedelta(seconds=UNDO_S + 1)
THEIRS: dict[str, Json] = {
    "id": "c-1", "version": 8, "name": "张薇", "region": "杭州", "notes": "下午回电",
    "phones": [{"id": "p-1", "number": "+8613800138000", "label": "手机"}],
    "field_versions": {"name": 8, "region": 1},
}  # fmt: skip


async def conflict(store: Store, operation_id: str) -> None:
    await store.outbox.settle([
        OperationResult(operation_id, Outcome.CONFLICT, "Changed meanwhile: name.", 8, THEIRS)
    ])  # fmt: skip


async def refuse(store: Store, operation_id: str) -> None:
    await store.outbox.settle([OperationResult(operation_id, Outcome.REJECTED, "not today")])


async def two_names(store: Store) -> OperationId:
    """She wrote a name and a region; somebody else wrote another name before her."""
    await with_zhang(store, version=3)
    item, _ = await edit(store, name="张维", region="宁波")
    await conflict(store, item.operation_id)
    return item.operation_id


async def due(folder: Path) -> list[Operation]:
    """What goes out once the time for undoing is over."""
    async with opened(folder, now=LATER) as store:
        return list(await store.outbox.due(10))


@in_loop
async def test_both_values_stand_side_by_side_and_the_clash_comes_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await two_names(store)
    async with opened(tmp_path) as store:
        [entry] = await store.inbox.entries()
    assert (entry.state, entry.title, entry.author) == (EntryState.CONFLICT, "张维", AGENT)
    assert entry.reason == "Changed meanwhile: name."
    assert [(p.name, p.mine, p.theirs, p.differs, p.clash) for p in entry.pairs] == [
        ("name", "张维", "张薇", True, True),
        ("region", "宁波", "杭州", True, False),
    ]
    assert entry.decisions == {Decision.KEEP_MINE, Decision.TAKE_THEIRS}
    assert entry.open
    assert not entry.can_edit


@in_loop
async def test_keeping_mine_is_a_new_operation_in_sight_of_the_servers_version(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        old = await two_names(store)
        await edit(store, notes="第二次")
        assert await store.inbox.decide(old, Decision.KEEP_MINE)
        assert await store.outbox.due(10) == []  # she may still change her mind
        [entry] = await store.inbox.entries()
        assert (entry.state, entry.can_undo, entry.open) == (EntryState.DECIDED, True, False)
        assert (await counted(store))[1] == 0
    [operation] = await due(tmp_path)
    assert operation.id != old
    assert operation.payload == {"name": "张维", "region": "宁波"}
    assert operation.base == {"name": 8, "region": 8}
    async with opened(tmp_path, now=LATER) as store:  # what follows goes on behind it
        await applied(store, operation.id, 9)
        [following] = await store.outbox.due(10)
        assert following.payload == {"notes": "第二次"}
        card = await store.callers.load(ZHANG)
        assert card is not None
        assert (card.name, card.notes) == ("张维", "第二次")


@in_loop
async def test_taking_theirs_sends_the_rest_and_keeps_my_words_to_be_read(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        old = await two_names(store)
        await store.inbox.decide(old, Decision.TAKE_THEIRS)
        card = await store.callers.load(ZHANG)
        assert card is not None
        assert (card.name, card.region, card.provisional) == ("张伟", "宁波", {"region"})
        _, note = await store.inbox.entries()
        assert (note.state, note.can_undo) == (EntryState.NOTE, False)
        assert [(pair.name, pair.mine) for pair in note.pairs] == [("name", "张维")]
    [operation] = await due(tmp_path)
    assert (operation.payload, operation.base) == ({"region": "宁波"}, {"region": 8})


@in_loop
async def test_taking_theirs_of_everything_lets_the_next_go_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store, version=3)
        item, _ = await edit(store, name="张维")
        second, _ = await edit(store, notes="第二次")
        await conflict(store, item.operation_id)
        assert await store.outbox.due(10) == []
        await store.inbox.decide(item.operation_id, Decision.TAKE_THEIRS)
        assert [one.id for one in await store.outbox.due(10)] == [second.operation_id]
        [note] = await store.inbox.entries()
        assert note.can_undo
        assert await store.inbox.undo(note.operation_id)
        [entry] = await store.inbox.entries()
        assert (entry.state, entry.operation_id) == (EntryState.CONFLICT, item.operation_id)
        card = await store.callers.load(ZHANG)
        assert card is not None
        assert card.name == "张维"


@pytest.mark.parametrize("decision", [Decision.KEEP_MINE, Decision.TAKE_THEIRS])
@in_loop
async def test_a_decision_can_be_undone_until_it_is_sent(
    tmp_path: Path, decision: Decision
) -> None:
    async with opened(tmp_path) as store:
        old = await two_names(store)
        before = await store.inbox.entries()
        await store.inbox.decide(old, decision)
        changed = (await store.inbox.entries())[0]
        assert await store.inbox.undo(changed.operation_id)
        assert await store.inbox.entries() == before
        card = await store.callers.load(ZHANG)
        assert card is not None
        assert (card.name, card.region) == ("张维", "宁波")
        assert not await store.inbox.undo(changed.operation_id)


@in_loop
async def test_what_is_on_its_way_cannot_be_undone(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.inbox.decide(await two_names(store), Decision.KEEP_MINE)
        store.outbox._now = lambda: LATER
        [operation] = await store.outbox.due(10)
        assert not await store.inbox.undo(OperationId(operation.id))
        await store.outbox.count_attempt([operation.id], "no answer")  # it may have arrived
        [entry] = await store.inbox.entries()
        assert not entry.can_undo
        assert not await store.inbox.undo(entry.operation_id)
        await applied(store, operation.id, 9)
        assert await store.inbox.entries() == ()


@in_loop
async def test_after_a_restart_only_what_was_not_due_yet_can_be_undone(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.inbox.decide(await two_names(store), Decision.KEEP_MINE)
    async with opened(tmp_path) as store:
        assert [entry.can_undo for entry in await store.inbox.entries()] == [True]
    async with opened(tmp_path, now=LATER) as store:
        assert await store.inbox.entries() == ()
        assert len(await store.outbox.due(10)) == 1


@in_loop
async def test_a_new_conflict_of_a_decided_one_is_decided_anew(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.inbox.decide(await two_names(store), Decision.KEEP_MINE)
        store.outbox._now = lambda: LATER
        [operation] = await store.outbox.due(10)
        await conflict(store, operation.id)
        [entry] = await store.inbox.entries()
        assert (entry.state, entry.can_undo) == (EntryState.CONFLICT, False)


@in_loop
async def test_a_customer_who_was_merged_away_is_decided_about_as_the_kept_one(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        item, _ = await edit(store, name="张维")
        kept = THEIRS | {"id": "c-kept"}
        await store.outbox.settle([OperationResult(item.operation_id, Outcome.CONFLICT, "merged",
                                                   8, kept)])  # fmt: skip
        await store.inbox.decide(item.operation_id, Decision.KEEP_MINE)
    [operation] = await due(tmp_path)
    assert (operation.record, operation.base) == ("c-kept", {"name": 8})


@in_loop
async def test_a_refused_edit_is_corrected_in_its_place(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store, version=3)
        item, _ = await edit(store, region="宁波", notes="x")
        await edit(store, warning="第二次")
        await refuse(store, item.operation_id)
        [entry] = await store.inbox.entries()
        assert entry.decisions == {Decision.SEND_AGAIN, Decision.SET_ASIDE}
        assert entry.can_edit
        form = await store.customers.returned(item.operation_id)
        assert form is not None
        assert (form.before.region, form.now.region, form.now.notes) == ("杭州", "宁波", "x")
        assert form.before.warning == form.now.warning == "第二次"
        corrected = replace(form, now=replace(form.now, region="绍兴"))
        await store.customers.save(corrected, agent_id=AGENT, replacing=item.operation_id)
        [operation] = await store.outbox.due(10)
        assert operation.payload == {"region": "绍兴", "notes": "x"}
        assert operation.base == {"region": 3, "notes": 3}
        assert await store.customers.returned(item.operation_id) is None


@in_loop
async def test_a_refused_one_can_be_sent_as_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store, version=3)
        item, _ = await edit(store, region="宁波")
        await refuse(store, item.operation_id)
        await store.inbox.decide(item.operation_id, Decision.SEND_AGAIN)
    [operation] = await due(tmp_path)
    assert (operation.payload, operation.base) == ({"region": "宁波"}, {"region": 3})


@in_loop
async def test_an_unwanted_new_customer_takes_its_edits_along_and_frees_its_calls(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        made = await store.customers.save(a_new_one(), agent_id=AGENT)
        await edit(store, CustomerId("c-new"), name="新来的")
        calling = call(interaction_id=InteractionId("i-new"), normal="+8613900139000")
        bound = draft(interaction_id=calling.interaction_id, call=calling,
                      customer_id=CustomerId("c-new"))  # fmt: skip
        saved = await store.summaries.save(bound, agent_id=AGENT, agent_name="李娜")
        await refuse(store, made.operation_id)
        assert await store.outbox.due(10) == []
        await store.inbox.decide(made.operation_id, Decision.SET_ASIDE)
        [operation] = await store.outbox.due(10)
        assert operation.id == saved.operation_id
        assert operation.payload["customer_id"] is None
        assert operation.payload["number"] == "+8613900139000"
        assert await store.callers.load(CustomerId("c-new")) is None
        later = replace(bound, interaction_id=InteractionId("i-2"),
                        call=replace(calling, interaction_id=InteractionId("i-2")))  # fmt: skip
        await store.summaries.save(later, agent_id=AGENT, agent_name="李娜")
        assert (await store.outbox.due(10))[1].payload["customer_id"] is None
        notes = await store.inbox.entries()
        assert [note.state for note in notes] == [EntryState.NOTE] * 2
        await store.inbox.undo(made.operation_id)
        card = await store.callers.load(CustomerId("c-new"))
        assert card is not None
        assert (card.name, card.is_new) == ("新来的", True)
        assert [entry.state for entry in await store.inbox.entries()] == [EntryState.REJECTED]


@in_loop
async def test_a_refused_summary_is_a_draft_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        saved = await store.summaries.save(draft(question="问"), agent_id=AGENT, agent_name="李娜")
        await refuse(store, saved.operation_id)
        reopened = await store.inbox.reopen(saved.operation_id)
        assert reopened is not None
        assert (reopened.state, reopened.question) == (DraftState.OPEN, "问")
        assert await store.drafts.open() == (reopened,)
        assert await store.outbox.items() == ()
        assert await store.inbox.reopen(saved.operation_id) is None
        again = replace(reopened, question="问得更好")
        await store.drafts.put(again)
        await store.summaries.save(again, agent_id=AGENT, agent_name="李娜")
        [operation] = await store.outbox.due(10)
        assert operation.payload["question"] == "问得更好"


@in_loop
async def test_a_refused_summary_that_is_set_aside_leaves_the_history_and_comes_back(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        saved = await store.summaries.save(
            draft(question="问", customer_id=ZHANG), agent_id=AGENT, agent_name="李娜"
        )
        await refuse(store, saved.operation_id)
        await store.inbox.decide(saved.operation_id, Decision.SET_ASIDE)
        card = await store.callers.load(ZHANG)
        assert card is not None
        assert card.history == ()
        [note] = await store.inbox.entries()
        assert ("question", "问") in [(pair.name, pair.mine) for pair in note.pairs]
        await store.inbox.undo(note.operation_id)
        card = await store.callers.load(ZHANG)
        assert card is not None
        assert [past.question for past in card.history] == ["问"]


@in_loop
async def test_notes_are_read_for_thirty_days_or_until_she_forgets_them(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        for name in ("甲", "乙"):
            item, _ = await edit(store, name=name)
            await conflict(store, item.operation_id)
            await store.inbox.decide(item.operation_id, Decision.TAKE_THEIRS)
        newest, _ = await store.inbox.entries()
        assert newest.pairs[0].mine == "乙"
        assert await store.inbox.forget(newest.operation_id)
        assert not await store.inbox.forget(newest.operation_id)
    async with opened(tmp_path, now=NOW + timedelta(days=KEPT_DAYS)) as store:
        assert len(await store.inbox.entries()) == 1
    async with opened(tmp_path, now=NOW + timedelta(days=KEPT_DAYS, seconds=1)) as store:
        assert await store.inbox.entries() == ()


@in_loop
async def test_nothing_happens_to_what_is_not_there(tmp_path: Path) -> None:
    nobody = OperationId("nobody")
    form = CustomerForm(ZHANG, CustomerFields(), CustomerFields(phones=(Phone("110"),)))
    async with opened(tmp_path) as store:
        assert not await store.inbox.decide(nobody, Decision.KEEP_MINE)
        assert not await store.inbox.undo(nobody)
        assert await store.inbox.reopen(nobody) is None
        item = await store.customers.save(form, agent_id=AGENT, replacing=nobody)
        assert item.title == "110"
