"""Who calls: exactly this number, everybody it is known for, what was said before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_app.domain.customers import CandidateReason, CustomerKind, CustomValue, ReasonKind
from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.domain.numbers import normalise
from agent_app.store.callers import CANDIDATE_LIMIT
from agent_app.store.errors import StoreClosedError
from agent_app.store.store import Store
from sync.wire import ChangePage, Json, OperationResult, Outcome
from tests.domain.examples import RANG_AT, call, draft
from tests.store.rigs import centre_page, in_loop, opened, page, row

ZHANG = CustomerId("c-1")
NUMBER = "+8613800138000"


async def save(store: Store, name: str, **changes: Any) -> str:
    """One call of 张伟 saved on this seat; its operation's id."""
    made = call(interaction_id=InteractionId(name), talked_s=65.4)
    summary = draft(interaction_id=InteractionId(name), call=made, customer_id=ZHANG,
                    category_id="01.01", question="问", answer="答")  # fmt: skip
    item = await store.summaries.save(
        replace(summary, **changes), agent_id=AgentId("u-2"), agent_name="王芳"
    )
    return item.operation_id


@in_loop
async def test_a_known_number_gives_its_customer(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        [found] = (await store.callers.find_by_number("+8613800138000")).candidates
    assert found.customer_id == ZHANG
    assert (found.name, found.kind, found.segment) == ("张伟", CustomerKind.PERSON, "重点企业")
    assert (found.region, found.number_label) == ("杭州", "手机")
    assert found.last_spoke_at == datetime(2026, 1, 5, 2, 3, 4, tzinfo=UTC)


@in_loop
async def test_a_number_of_one_customer_brings_the_whole_card(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        match = await store.callers.find_by_number("+8613800138000")
        assert match.customer is not None
        assert match.customer == await store.callers.load(ZHANG)


@in_loop
async def test_a_call_that_comes_while_the_store_closes_is_told_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.close()
        asked = store.callers.find_by_number("+8613800138000")
        with pytest.raises(StoreClosedError):
            await asked


@pytest.mark.parametrize("number", ["", "+8613800138001", "8000", "13800138000", "%", "+86138%"])
@in_loop
async def test_anything_but_the_whole_number_finds_nobody(tmp_path: Path, number: str) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        assert (await store.callers.find_by_number(number)).candidates == ()


@in_loop
async def test_a_short_code_that_ends_a_customers_number_finds_only_its_own(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(
            customers=[row("customers"), row("customers", id="c-2", name="分机一二三")],
            phones=[row("phones", number="+8657155512366"),
                    row("phones", id="p-2", customer_id="c-2", number="12366")],
        ))  # fmt: skip
        [code] = (await store.callers.find_by_number(normalise("12366").normal)).candidates
        [long] = (await store.callers.find_by_number(normalise("0571-55512366").normal)).candidates
    assert (code.customer_id, long.customer_id) == ("c-2", "c-1")


@in_loop
async def test_a_number_of_three_customers_gives_three_who_spoke_last_first(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(
            customers=[row("customers", id=f"c-{n}", name=f"公司{n}", kind="company",
                           segment_id=None) for n in range(1, 5)],
            phones=[row("phones", id=f"p-{n}", customer_id=f"c-{n}") for n in range(1, 5)],
            interactions=[
                row("interactions", id="i-2", customer_id="c-2", started_at="2026-01-01T00:00:00Z"),
                row("interactions", id="i-3", customer_id="c-3", started_at="2026-02-01T00:00:00Z"),
            ],
        ))  # fmt: skip
        await save(store, "own", customer_id=CustomerId("c-4"))
        await save(store, "older", customer_id=CustomerId("c-3"),
                   call=call(started_at=datetime(2025, 1, 1, tzinfo=UTC)))  # fmt: skip
        found = (await store.callers.find_by_number("+8613800138000")).candidates
    assert [one.customer_id for one in found] == ["c-4", "c-3", "c-2", "c-1"]
    assert found[0].last_spoke_at == RANG_AT
    assert found[1].last_spoke_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert found[3].last_spoke_at is None
    assert {one.kind for one in found} == {CustomerKind.COMPANY}
    assert found[0].segment == ""


@in_loop
async def test_one_customer_with_a_number_under_two_labels_is_one_candidate(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await store.replica.apply(page(2, phones=[row("phones", id="p-2", label="家")]))
        assert len((await store.callers.find_by_number("+8613800138000")).candidates) == 1


@in_loop
async def test_a_switchboard_of_a_whole_street_is_cut_to_what_can_be_chosen_from(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(
            customers=[row("customers", id=f"c-{n}") for n in range(80)],
            phones=[row("phones", id=f"p-{n}", customer_id=f"c-{n}") for n in range(80)],
        ))  # fmt: skip
        match = await store.callers.find_by_number("+8613800138000")
    assert len(match.candidates) == CANDIDATE_LIMIT
    assert match.customer is None


@in_loop
async def test_a_card_holds_everything_known(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await store.replica.apply(page(2, phones=[
            row("phones", id="p-2", number="+8657187123456"), row("phones", id="p-3"),
        ]))  # fmt: skip
        card = await store.callers.load(ZHANG)
    assert card is not None
    assert (card.name, card.segment, card.segment_rule) == ("张伟", "重点企业", "优先接听")
    assert (card.arrears_cents, card.warning, card.notes) == (1250, "曾辱骂", "下午回电")
    assert card.numbers == ("+8613800138000", "+8657187123456")
    assert card.history_total == 1
    [past] = card.history
    assert (past.category, past.category_id, past.agent_name) == ("专项附加扣除", "01.01", "李娜")
    assert (past.question, past.answer, past.talk_s) == ("子女教育", "每月2000元。", 120)
    assert past.delivered


@in_loop
async def test_nobody_by_that_id_is_none(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await store.callers.load(CustomerId("nobody")) is None


@in_loop
async def test_what_only_this_seat_has_is_history_too_and_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        operation = await save(store, "own-1")
        await save(store, "own-2", category_id=None,
                   call=call(started_at=RANG_AT + timedelta(hours=1)))  # fmt: skip
        before = await store.callers.load(ZHANG)
        await store.outbox.settle([OperationResult(operation, Outcome.APPLIED)])
        after = await store.callers.load(ZHANG)
    assert before is not None
    assert after is not None
    assert [past.interaction_id for past in before.history] == ["own-2", "own-1", "i-1"]
    assert [past.delivered for past in before.history] == [False, False, True]
    assert [past.delivered for past in after.history] == [False, True, True]
    assert before.history_total == after.history_total == 3
    own = before.history[1]
    assert (own.category, own.agent_name, own.talk_s) == ("专项附加扣除", "王芳", 65)
    assert (before.history[0].category, before.history[0].category_id) == ("", None)


@in_loop
async def test_an_own_call_that_came_back_from_the_centre_is_there_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await save(store, "own-1")
        await store.replica.apply(page(2, interactions=[row("interactions", id="own-1")]))
        card = await store.callers.load(ZHANG)
    assert card is not None
    assert sorted(past.interaction_id for past in card.history) == ["i-1", "own-1"]
    assert all(past.delivered for past in card.history), "the centre has it, whoever said so"
    assert card.history_total == 2


@in_loop
async def test_history_is_newest_first_and_counted_beyond_its_limit(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await store.replica.apply(page(2, interactions=[
            row("interactions", id=f"i-{n}", started_at=f"2026-02-{n:02}T08:00:00Z")
            for n in range(2, 27)
        ]))  # fmt: skip
        await save(store, "own-1", call=call(started_at=datetime(2020, 1, 1, tzinfo=UTC)))
        await store.replica.apply(page(3, interactions=[
            row("interactions", id="own-1", started_at="2020-01-01T00:00:00Z")
        ]))  # fmt: skip
        card = await store.callers.load(ZHANG, history_limit=5)
    assert card is not None
    assert [past.interaction_id for past in card.history] == [f"i-{n}" for n in range(26, 21, -1)]
    assert card.history_total == 27


def talk(name: str, customer_id: str, **values: Json) -> list[Json]:
    return row("interactions", id=name, customer_id=customer_id, **values)


def shared(*talks: list[Json], first: str = "person", count: int = 3) -> ChangePage:
    """Several who have 张伟's number; ``first`` is what the first of them is."""
    ids = range(1, count + 1)
    return page(
        customers=[row("customers", id=f"c-{n}", name=f"来电人{n}",
                       kind=first if n == 1 else "person") for n in ids],
        phones=[row("phones", id=f"p-{n}", customer_id=f"c-{n}") for n in ids],
        interactions=list(talks),
    )  # fmt: skip


@in_loop
async def test_each_candidate_says_why_and_who_spoke_to_her_comes_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(shared(
            talk("i-1", "c-1", agent_id="u-9", agent_name="王芳"),
            talk("i-2", "c-2", agent_id="u-2", started_at="2025-01-05T02:03:04Z"),
        ))  # fmt: skip
        found = (await store.callers.find_by_number(NUMBER, you="u-2")).candidates
    assert [[reason.kind for reason in one.reasons] for one in found] == [
        [ReasonKind.SAME_NUMBER, ReasonKind.SPOKE_TO_YOU],
        [ReasonKind.SAME_NUMBER, ReasonKind.SPOKE_TO_COLLEAGUE],
        [ReasonKind.SAME_NUMBER],
    ]
    assert [one.customer_id for one in found] == ["c-2", "c-1", "c-3"]
    assert found[1].reasons[1].text == "王芳"


@in_loop
async def test_a_companys_number_is_a_switchboard_for_all_who_have_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(shared(first="company", count=2))
        found = (await store.callers.find_by_number(NUMBER)).candidates
    reasons = {one.customer_id: one.reasons for one in found}
    assert reasons[ZHANG] == (CandidateReason(ReasonKind.SWITCHBOARD, "手机"),)
    assert reasons[CustomerId("c-2")] == (CandidateReason(ReasonKind.SWITCHBOARD, "来电人1"),)


@in_loop
async def test_who_called_from_a_strange_number_before_is_proposed_and_not_believed(
    tmp_path: Path,
) -> None:
    strange = "+8613900139000"
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await store.replica.apply(page(2, interactions=[talk("i-2", "c-1", number=strange)]))
        match = await store.callers.find_by_number(strange, you="u-1")
    [found] = match.candidates
    assert (found.customer_id, found.number, match.customer) == (ZHANG, "", None)
    [reason] = found.reasons
    assert (reason.kind, reason.from_here) == (ReasonKind.SPOKE_TO_YOU, True)


@in_loop
async def test_an_owner_stays_the_caller_where_somebody_else_called_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await store.replica.apply(page(2, customers=[row("customers", id="c-2", name="李娜")],
                                       interactions=[talk("i-2", "c-2")]))  # fmt: skip
        match = await store.callers.find_by_number(NUMBER)
    assert [one.customer_id for one in match.candidates] == ["c-1", "c-2"]
    assert match.customer is not None
    assert match.customer.customer_id == ZHANG


@in_loop
async def test_what_was_saved_here_a_moment_ago_is_a_reason_already(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        other = call(interaction_id=InteractionId("own"), normal="+8613900139000", talked_s=9)
        await save(store, "own", call=other)
        [found] = (await store.callers.find_by_number("+8613900139000", you="u-2")).candidates
    assert [reason.kind for reason in found.reasons] == [ReasonKind.SPOKE_TO_YOU]
    assert found.last_spoke_at == RANG_AT


@in_loop
async def test_a_call_nobody_talked_in_is_no_reason(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        unsaid = row("interactions", id="i-2", customer_id=None)
        await store.replica.apply(shared(talk("i-1", "c-1", talk_s=0), unsaid, count=1))
        [found] = (await store.callers.find_by_number(NUMBER)).candidates
    assert [reason.kind for reason in found.reasons] == [ReasonKind.SAME_NUMBER]


@in_loop
async def test_somebody_merged_away_is_shown_as_the_one_who_was_kept(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await store.replica.apply(page(2, customers=[
            row("customers", version=2, merged_into="c-2"), row("customers", id="c-2", name="张炜"),
        ]))  # fmt: skip
        card = await store.callers.load(ZHANG)
    assert card is not None
    assert (card.customer_id, card.was) == ("c-2", frozenset({"c-1"}))


@in_loop
async def test_customers_merged_in_a_circle_are_nobody(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(customers=[
            row("customers", merged_into="c-2"), row("customers", id="c-2", merged_into="c-1"),
        ]))  # fmt: skip
        assert await store.callers.load(ZHANG) is None


@in_loop
async def test_the_centres_own_fields_are_on_the_card_in_its_words(tmp_path: Path) -> None:
    fields: Json = {"items": [
        {"id": "grade", "name": "信用等级", "name_en": "Credit", "kind": "choice",
         "choices": [{"id": "a", "name": "甲"}]},
        {"id": "bank", "name": "银行账号", "sensitive": True}, {"id": "empty", "name": "空"},
        {"id": "sms", "name": "短信", "kind": "yes-no"},
    ]}  # fmt: skip
    custom: Json = {"grade": "a", "bank": "6222********1234", "empty": "", "sms": False, "old": "x"}
    async with opened(tmp_path) as store:
        await store.replica.apply(page(
            settings=[row("settings", id="customer-fields", value=fields)],
            customers=[row("customers", custom=custom)],
        ))  # fmt: skip
        card = await store.callers.load(ZHANG)
    assert card is not None
    assert card.custom == (
        CustomValue("grade", "信用等级", "Credit", "甲"),
        CustomValue("bank", "银行账号", "", "6222********1234", sensitive=True),
        CustomValue("sms", "短信", "", False),
    )
