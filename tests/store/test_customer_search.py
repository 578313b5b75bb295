"""Customers are found as they are typed: name, sound, number, company, region; own edits too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent_app.domain.customer_edit import CustomerFields, CustomerForm, Phone
from agent_app.domain.customer_search import CustomersFound, FoundBy
from agent_app.domain.customers import CustomerKind
from agent_app.domain.ids import AgentId, CustomerId
from agent_app.store.customer_ways import BY_RANGE, COUNTS, OF_TAIL
from agent_app.store.store import Store
from sync.wire import Json
from tests.store.rigs import in_loop, opened, page, row

AGENT = AgentId("u-1")
WEI, WEN, HUI, FOOD, FAR = (CustomerId(f"c-{n}") for n in range(1, 6))


def somebody(who: str, name: str, pinyin: str, **more: Json) -> list[Json]:
    initials = "".join(one[0] for one in pinyin.split())
    return row("customers", id=who, name=name, pinyin=pinyin, initials=initials, **more)


async def a_centre(store: Store) -> None:
    people = [
        somebody(WEI, "张伟", "zhang wei", region="杭州市西湖区", company="云栖餐饮"),
        somebody(WEN, "章玮", "zhang wei", region="宁波市海曙区", segment_id=None),
        somebody(HUI, "王晓慧", "wang xiao hui", region="杭州市余杭区", address="文三路 5 号"),
        somebody(FOOD, "杭州灵隐餐饮（集团）有限公司", "hang zhou ling yin can yin",
                 kind="company", region="杭州市西湖区"),
        somebody(FAR, "旧张伟", "jiu zhang wei", merged_into=WEI),
    ]  # fmt: skip
    numbers = [
        row("phones", id="p-1", customer_id=WEI, number="+8613800138000"),
        row("phones", id="p-2", customer_id=WEI, number="+8657185123456", label="单位"),
        row("phones", id="p-3", customer_id=WEN, number="+8613900130126"),
        row("phones", id="p-4", customer_id=FOOD, number="60001", label="内部"),
    ]
    await store.replica.apply(
        page(segments=[row("segments")], customers=people, phones=numbers,
             interactions=[row("interactions", customer_id=WEI)])
    )  # fmt: skip


def ids(found: CustomersFound) -> list[CustomerId]:
    return [hit.customer_id for hit in found.hits]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("张", [WEI]),
        ("张伟", [WEI, WEN]),  # the second sounds the same
        ("晓慧", [HUI]),
        ("慧", []),
        ("zhangw", [WEI, WEN]),
        ("Zhang Wei", [WEI, WEN]),
        ("wxh", [HUI]),
        ("灵隐", [FOOD]),
        ("云栖", [WEI]),
        ("宁波", [WEN]),
        ("张 西湖", [WEI]),
        ("西湖区 杭州 灵隐", [FOOD]),
        ("王 文三路", [HUI]),
        ("wang 余杭", [HUI]),
        ("张 8000", [WEI]),
        ("张 宁波", []),
        ("火星 土星", []),
        ("13800138000", [WEI]),
        ("138 0013 8000", [WEI]),
        ("8000", [WEI]),
        ("0126", [WEN]),
        ("139", [WEN]),
        ("0571-8512 3456", [WEI]),
        ("60001", [FOOD]),
        ("0001", []),
        ("杭州灵隐餐饮(集团)", [FOOD]),
        ("' OR 1=1 --", []),
        ("%", []),
        ("", []),
        ("旧张伟", []),
    ],
)
@in_loop
async def test_who_is_found(tmp_path: Path, typed: str, wanted: list[CustomerId]) -> None:
    async with opened(tmp_path) as store:
        await a_centre(store)
        assert ids(await store.customer_search.find(typed)) == wanted


@in_loop
async def test_a_row_says_who_it_is_and_why_it_is_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await a_centre(store)
        [wei] = (await store.customer_search.find("3456")).hits
        [food] = (await store.customer_search.find("灵隐")).hits
    assert (wei.name, wei.number, wei.number_label) == ("张伟", "+8657185123456", "单位")
    assert (wei.segment, wei.region, wei.company) == ("重点企业", "杭州市西湖区", "云栖餐饮")
    assert (wei.found_by, wei.provisional) == (FoundBy.NUMBER, False)
    assert wei.last_spoke_at is not None
    assert (food.kind, food.found_by) == (CustomerKind.COMPANY, FoundBy.NAME)


@in_loop
async def test_the_number_as_the_site_reads_it_is_found_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await a_centre(store)
        found = await store.customer_search.find("8512 3456", normal="+8657185123456")
        assert ids(found) == [WEI]


@in_loop
async def test_more_than_enough_is_said(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await a_centre(store)
        found = await store.customer_search.find("杭州", 2)
    assert (len(found.hits), found.more) == (2, True)


@in_loop
async def test_what_was_changed_here_is_found_and_marked(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await a_centre(store)
        form = await store.customers.form(WEI)
        assert form is not None
        now = replace(form.now, name="欧阳修", region="台州市", segment_id=None,
                      phones=(Phone("+8613711112222"),))  # fmt: skip
        await store.customers.save(replace(form, now=now), agent_id=AGENT)
        for typed in ("欧阳", "台州 欧阳", "2222", "13711112222"):
            [hit] = (await store.customer_search.find(typed)).hits
            assert (hit.customer_id, hit.name, hit.provisional) == (WEI, "欧阳修", True)
            assert (hit.number, hit.segment) == ("+8613711112222", "")
        assert ids(await store.customer_search.find("欧阳 宁波")) == []


@in_loop
async def test_somebody_made_here_is_found_before_the_server_knows(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await a_centre(store)
        new = CustomerFields(name="诸葛亮", phones=(Phone("+8613611112222"),))
        form = CustomerForm(CustomerId("c-new"), CustomerFields(), new, is_new=True)
        await store.customers.save(form, agent_id=AGENT)
        [hit] = (await store.customer_search.find("诸葛")).hits
        assert (hit.customer_id, hit.provisional, hit.last_spoke_at) == ("c-new", True, None)


@in_loop
async def test_those_that_are_asked_for_come_in_that_order(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await a_centre(store)
        found = await store.customer_search.those([HUI, CustomerId("nobody"), WEI, FAR])
        assert ids(found) == [HUI, WEI]


@in_loop
async def test_every_way_is_answered_by_an_index(tmp_path: Path) -> None:
    """Without one, a million customers are looked through at every key."""
    async with opened(tmp_path) as store:
        questions = [*BY_RANGE.values(), *COUNTS.values(), OF_TAIL]
        with store._cache.reading() as connection:
            for question in questions:
                compiled = question.compile(connection.engine)
                plan = connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {compiled}", tuple(0 for _ in compiled.params)
                ).all()
                steps = " ".join(step.detail for step in plan)
                assert "INDEX" in steps, compiled
                assert "SCAN customers" not in steps
                assert "SCAN phones" not in steps
