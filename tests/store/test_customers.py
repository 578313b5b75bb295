"""An edit of a customer is shown at once, goes out once, and never fights with itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from agent_app.domain.customer_edit import CustomerFields, CustomerForm, Phone
from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.domain.link import OutboxItem, OutboxState
from agent_app.store.store import Store
from agent_app.store.tables import customer_edits
from sync.wire import Json, OperationResult, Outcome
from tests.domain.examples import call, draft
from tests.store.rigs import in_loop, opened, page, row

AGENT = AgentId("u-1")
ZHANG = CustomerId("c-1")
MOBILE = "+8613800138000"


async def with_zhang(store: Store, version: int = 3, **changes: object) -> None:
    values = {"version": version, **changes}
    await store.replica.apply(
        page(
            version,
            segments=[row("segments")],
            customers=[row("customers", **values)],  # type: ignore[arg-type]
            phones=[row("phones")],
        )
    )


async def edit(
    store: Store, customer_id: CustomerId = ZHANG, **changes: object
) -> tuple[OutboxItem, CustomerForm]:
    form = await store.customers.form(customer_id)
    assert form is not None
    form = replace(form, now=replace(form.now, **changes))  # type: ignore[arg-type]
    return await store.customers.save(form, agent_id=AGENT), form


def a_new_one(name: str = "新来", number: str = "+8613900139000") -> CustomerForm:
    fields = CustomerFields(name=name, phones=(Phone(number, "手机"),))
    return CustomerForm(CustomerId("c-new"), CustomerFields(), fields, is_new=True)


async def applied(store: Store, operation_id: str, version: int) -> None:
    await store.outbox.settle([OperationResult(operation_id, Outcome.APPLIED, version=version)])


async def bases(store: Store) -> list[Mapping[str, int]]:
    return [one.base for one in await store.outbox.due(10)]


@in_loop
async def test_an_edit_is_on_the_card_before_the_server_has_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        await edit(store, name="张维", notes="改到晚上", phones=(Phone("+8613900139000", "新"),))
    async with opened(tmp_path) as store:  # and after a crash
        card = await store.callers.load(ZHANG)
        assert card is not None
        assert (card.name, card.notes, card.numbers) == ("张维", "改到晚上", ("+8613900139000",))
        assert card.segment == "重点企业"
        assert card.provisional == {"name", "notes", "phones"}
        assert not card.is_new
        match = await store.callers.find_by_number("+8613900139000")
        assert [(one.name, one.provisional) for one in match.candidates] == [("张维", True)]
        assert (await store.callers.find_by_number(MOBILE)).candidates == ()


@in_loop
async def test_only_what_changed_goes_out_with_the_version_she_saw(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store, version=7)
        await edit(store, region="宁波")
        [operation] = await store.outbox.due(10)
    assert operation.kind == "customer.save"
    assert (operation.record, operation.author) == (ZHANG, AGENT)
    assert (operation.payload, operation.base) == ({"region": "宁波"}, {"region": 7})


@in_loop
async def test_a_page_that_comes_while_she_types_does_not_hide_the_conflict(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store, version=3)
        form = await store.customers.form(ZHANG)
        assert form is not None
        await with_zhang(store, version=4, region="温州")
        await store.customers.save(
            replace(form, now=replace(form.now, region="宁波")), agent_id=AGENT
        )
        assert await bases(store) == [{"region": 3}]


@in_loop
async def test_a_second_edit_stands_on_what_the_first_one_made(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store, version=3)
        first, _ = await edit(store, region="宁波")
        await edit(store, region="温州", notes="")
        assert len(await store.outbox.due(10)) == 1
        await applied(store, first.operation_id, 4)
        assert await bases(store) == [{"region": 4, "notes": 3}]


@in_loop
async def test_her_edit_that_went_out_while_she_typed_the_next_is_no_conflict(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store, version=3)
        first, _ = await edit(store, region="宁波")
        form = await store.customers.form(ZHANG)
        assert form is not None
        await applied(store, first.operation_id, 9)
        await store.customers.save(
            replace(form, now=replace(form.now, region="温州", notes="x")), agent_id=AGENT
        )
        assert await bases(store) == [{"region": 9, "notes": 3}]


@in_loop
async def test_an_edit_stays_marked_until_it_came_back_with_the_feed(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store, version=3)
        item, _ = await edit(store, name="张维")
        await applied(store, item.operation_id, 4)
        delivered = await store.callers.load(ZHANG)
        await with_zhang(store, version=5, name="张薇")
        pulled = await store.callers.load(ZHANG)
    assert delivered is not None
    assert pulled is not None
    assert (delivered.name, delivered.provisional) == ("张维", {"name"})
    assert (pulled.name, pulled.provisional) == ("张薇", frozenset())
    async with opened(tmp_path) as store:  # then nothing of it is left on the seat
        with store._work.reading() as connection:
            assert connection.execute(select(customer_edits)).all() == []


@in_loop
async def test_a_customer_made_here_is_found_by_number_and_waited_for(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        made = await store.customers.save(a_new_one(), agent_id=AGENT)
        match = await store.callers.find_by_number("+8613900139000")
        assert match.customer is not None
        assert (match.customer.name, match.customer.is_new) == ("新来", True)
        calling = call(interaction_id=InteractionId("i-new"), normal="+8613900139000")
        summary = draft(interaction_id=calling.interaction_id, call=calling,
                        customer_id=CustomerId("c-new"), customer_name="新来")  # fmt: skip
        saved = await store.summaries.save(summary, agent_id=AGENT, agent_name="李娜")
        assert saved.after == "c-new"
        assert [one.id for one in await store.outbox.due(10)] == [made.operation_id]
        card = await store.callers.load(CustomerId("c-new"))
        assert card is not None
        assert [past.delivered for past in card.history] == [False]
        await applied(store, made.operation_id, 1)
        assert [one.id for one in await store.outbox.due(10)] == [saved.operation_id]


@in_loop
async def test_what_follows_a_customer_made_here_stands_on_its_first_version(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        made = await store.customers.save(a_new_one(), agent_id=AGENT)
        await edit(store, CustomerId("c-new"), name="新来的")
        await applied(store, made.operation_id, 1)
        [operation] = await store.outbox.due(10)
    assert (operation.payload, operation.base) == ({"name": "新来的"}, {"name": 1})


@in_loop
async def test_a_whole_id_number_goes_out_and_is_hidden_on_the_seat(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        item, _ = await edit(store, id_number="330102199001011234")
        [operation] = await store.outbox.due(10)
        assert operation.payload == {"id_number": "330102199001011234"}
        card = await store.callers.load(ZHANG)
        assert card is not None
        assert card.id_number == "3301**********1234"
        await applied(store, item.operation_id, 4)
        with store._work.reading() as connection:
            assert "199001" not in str(connection.execute(select(customer_edits)).all())


@in_loop
async def test_what_is_typed_and_not_saved_is_there_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        form = await store.customers.form(ZHANG)
        assert form is not None
        typed = replace(form, now=replace(form.now, notes="半句", custom={"level": 3}),
                        interaction_id=InteractionId("i-1"))  # fmt: skip
        await store.customers.keep_draft(form)
        await store.customers.keep_draft(typed)
    async with opened(tmp_path) as store:
        assert await store.customers.drafts() == (typed,)
        await store.customers.save(typed, agent_id=AGENT)
        assert await store.customers.drafts() == ()
        await store.customers.keep_draft(typed)
        await store.customers.drop_draft(ZHANG)
        assert await store.customers.drafts() == ()


@in_loop
async def test_a_customer_who_left_the_cache_is_nobody(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        await edit(store, name="张维")
        await store.replica.apply(page(9, deleted={"customers": ["c-1"], "phones": ["p-1"]}))
        assert await store.callers.load(ZHANG) is None
        assert await store.customers.form(ZHANG) is None
        assert (await store.callers.find_by_number(MOBILE)).candidates == ()
        assert len(await store.outbox.items()) == 1  # what she wrote goes out all the same


@in_loop
async def test_what_is_being_sent_says_so_until_it_is_answered(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        item, _ = await edit(store, name="张维")
        states = [(await store.outbox.items())[0].state]
        await store.outbox.due(10)
        states.append((await store.outbox.items())[0].state)
        await store.outbox.count_attempt([item.operation_id], "no answer")
        states.append((await store.outbox.items())[0].state)
    assert states == [OutboxState.WAITING, OutboxState.SENDING, OutboxState.WAITING]


@in_loop
async def test_the_centre_says_what_can_be_chosen(tmp_path: Path) -> None:
    items: list[Json] = [
        {"id": "level", "name": "等级", "name_en": "Level", "kind": "choice",
         "choices": ["A", {"id": "B", "name": "乙"}]},
        {"id": "later", "kind": "not known here"},
        "nonsense",
        {"id": "note"},
    ]  # fmt: skip
    async with opened(tmp_path) as store:
        assert await store.customers.choices() == type(await store.customers.choices())()
        fields = row("settings", id="customer-fields", value={"items": items})
        await store.replica.apply(page(1, settings=[fields], segments=[row("segments")]))
        choices = await store.customers.choices()
    assert [one.name for one in choices.segments] == ["重点企业"]
    level, note = choices.custom
    assert level.choices == (("A", "A"), ("B", "乙"))
    assert (note.name, note.kind) == ("note", "text")


@pytest.mark.parametrize("count", [1, 3])
@in_loop
async def test_each_edit_is_one_entry(tmp_path: Path, count: int) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        for number in range(count):
            await edit(store, notes=f"{number}")
        assert [one.title for one in await store.outbox.items()] == ["张伟"] * count


@in_loop
async def test_merging_waits_in_the_outbox_and_marks_both(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await with_zhang(store)
        await store.customers.save(a_new_one(), agent_id=AGENT)
        item = await store.customers.merge(
            ZHANG, CustomerId("c-new"), title="新来 → 张伟", agent_id=AGENT
        )
        assert (item.kind, item.title) == ("customer.merge", "新来 → 张伟")
        due = await store.outbox.due(10)
        assert [one.kind for one in due] == ["customer.save"]  # the server must know him first
        await applied(store, due[0].id, 1)
        [operation] = await store.outbox.due(10)
        assert (operation.record, operation.payload) == (ZHANG, {"merged": "c-new"})
        found = await store.customer_search.find("张伟")
        assert [hit.provisional for hit in found.hits] == [True]
