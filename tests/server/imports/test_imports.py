"""A file of customers goes into a centre: what is taken, what is refused, and why."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import orjson
import pytest
from sqlalchemy import func, insert, select, update

from server import tables
from server.commands.check import find_faults
from server.settings import Settings
from tests.server.conftest import ON_BOTH
from tests.server.imports.sending import counts, faults, imported, send
from tests.server.running import Centre, Seat

FIELDS = {
    "items": [
        {"id": "industry", "name": "行业", "name_en": "Industry", "kind": "text"},
        {"id": "card", "name": "银行卡", "kind": "text", "sensitive": True},
        {"id": "employees", "name": "人数", "kind": "number"},
        {"id": "vip", "name": "重点", "kind": "yes-no"},
    ]
}


def seat_of(centre: Centre) -> Seat:
    return centre.seat("a3", "supervisor")


def put_setting(centre: Centre, name: str, value: object) -> None:
    with centre.database.write() as transaction:
        transaction.connection.execute(
            insert(tables.centre_settings).values(
                id=name, version=1, value=orjson.dumps(value).decode()
            )
        )


def customer(centre: Centre, name: str) -> dict[str, object]:
    with centre.database.read() as connection:
        row = connection.execute(
            select(tables.customers).where(tables.customers.c.name == name)
        ).one()
        numbers = connection.execute(
            select(tables.phones.c.number)
            .where(tables.phones.c.customer_id == row.id)
            .order_by(tables.phones.c.id)
        ).scalars()
        return {**row._mapping, "numbers": list(numbers)}


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_file_is_taken_over_with_all_its_columns(centre: Centre, settings: Settings) -> None:
    put_setting(centre, "customer-fields", FIELDS)
    put_setting(centre, "numbers", {"country": "CN", "area_code": "0571", "short_codes": ["7001"]})
    seat = seat_of(centre)
    job = imported(
        seat,
        "\ufeff姓名,类型,手机,电话,客户分类,地区,欠税金额,警示,备注,单位,证件号,地址,行业,银行卡,人数,重点,没用\n"
        '王芳,个人,138 0013 8001,87654321;7001,一般,杭州,"1,234.50",小心,多行,甲公司,'
        "33010219900307888x,文三路,零售,6222020200112233,12,是,x\n",
        file_name="C:\\data\\名单.csv",
    )
    assert (job["state"], counts(job)) == ("done", (1, 0, 0, 0)), job
    assert (job["rows_done"], job["rows_total"], job["file_name"]) == (1, 1, "C:\\data\\名单.csv")
    assert job["report"]["encoding"] == "UTF-8"
    columns = {each["header"]: each["field"] for each in job["report"]["columns"]}
    assert (columns["银行卡"], columns["没用"]) == ("custom.card", "")
    got = customer(centre, "王芳")
    assert got["numbers"] == ["+8613800138001", "+8657187654321", "7001"]
    assert (got["kind"], got["segment_id"], got["arrears_cents"]) == ("person", "s1", 123_450)
    assert (got["id_number"], got["id_secret"]) == ("3301**********888X", "33010219900307888X")
    assert (got["pinyin"], got["company"], got["address"]) == ("wang fang", "甲公司", "文三路")
    custom = orjson.loads(str(got["custom"]))
    assert custom == {
        "industry": "零售", "card": "6222********2233", "employees": 12, "vip": True,
    }  # fmt: skip
    with centre.database.read() as connection:
        assert find_faults(connection, sqlite=centre.database.dialect == "sqlite") == []
        actions = connection.execute(select(tables.audit_log.c.action, tables.audit_log.c.agent_id))
        assert {tuple(row) for row in actions} == {("import", "a3")}
        told = connection.execute(select(func.max(tables.audit_log.c.detail))).scalar_one()
    assert "王芳" not in told
    assert list((settings.data_dir / "imports").iterdir()) == []


def test_bad_rows_are_named_with_row_column_and_reason_and_the_rest_is_taken(
    centre: Centre,
) -> None:
    seat = seat_of(centre)
    job = imported(
        seat,
        "name,phone,segment,arrears,id number\n"
        "Good,13800138001,,,\n"
        ",13800138002,,,\n"
        "Bad1,not a number,,,\n"
        "\n"
        "Bad2,,nobody,,\n"
        "Bad3,,,12.345,\n"
        "Bad4,,,-5,\n"
        "Bad5,,,,33 01?\n"
        f"{'x' * 1_001},,,,\n"
        "Good2,,,,\n",
    )
    assert (job["state"], counts(job)) == ("done", (2, 0, 0, 7))
    found = faults(seat, job)
    assert [line.split(",")[:2] for line in found] == [
        ["3", "name"], ["4", "phone"], ["6", "segment"], ["7", "arrears"], ["8", "arrears"],
        ["9", "id number"], ["10", "name"],
    ]  # fmt: skip
    assert found[1] == "4,phone,This is no telephone number."
    assert (job["rows_done"], job["rows_total"]) == (9, 9)


@pytest.mark.parametrize("duplicates", ["update", "skip"])
def test_the_same_person_is_found_by_id_or_by_name_and_number(
    centre: Centre, duplicates: str
) -> None:
    seat = seat_of(centre)
    assert counts(imported(seat, "姓名,电话,证件号\n李娜,13900139000,330102199003078888\n"))[0] == 1
    job = imported(
        seat,
        "姓名,电话,证件号,备注\n"
        "张伟,13800138000,,同名同号\n"
        "李娜,13700137000,330102199003078888,同证件\n"
        "张伟,13800138009,,同名不同号\n"
        "王芳,13800138000,,同号不同名\n"
        "张伟,13800138009,,又是他\n",
        duplicates=duplicates,
    )
    if duplicates == "skip":
        assert counts(job) == (2, 0, 3, 0)
        assert customer(centre, "李娜")["notes"] == ""
        return
    assert counts(job) == (2, 3, 0, 0)
    got = customer(centre, "李娜")
    assert (got["notes"], got["numbers"]) == ("同证件", ["+8613900139000", "+8613700137000"])
    assert got["version"] == 2


def test_an_empty_cell_leaves_what_is_there(centre: Centre) -> None:
    seat = seat_of(centre)
    imported(seat, "姓名,电话,备注,地址\n李娜,13900139000,旧,甲\n")
    assert counts(imported(seat, "姓名,电话,备注,地址\n李娜,13900139000,,乙\n")) == (0, 1, 0, 0)
    got = customer(centre, "李娜")
    assert (got["notes"], got["address"]) == ("旧", "乙")
    assert counts(imported(seat, "姓名,电话,证件号\n李娜,13900139000,3301******8888\n"))[1] == 1
    assert customer(centre, "李娜")["id_number"] == ""


def test_who_could_be_two_people_is_left_to_a_person(centre: Centre) -> None:
    seat = seat_of(centre)
    imported(
        seat,
        "姓名,电话,证件号\n李娜,13900139000,330102199003078888\n李娜,13900139001,330102199003079999\n",
    )
    job = imported(
        seat,
        "姓名,电话,证件号\n"
        "李娜,13900139000,330102199003079999\n"
        "李娜,13900139000,330102199003071111\n",
    )
    assert counts(job) == (0, 0, 0, 2)
    first, second = faults(seat, job)
    assert "More than one customer" in first
    assert "has another ID number" in second
    assert "3301" not in first + second


def test_a_merged_customer_is_not_written_to(centre: Centre) -> None:
    seat = seat_of(centre)
    imported(seat, "姓名,电话\n李娜,13900139000\n")
    with centre.database.write() as transaction:
        transaction.connection.execute(
            update(tables.customers)
            .where(tables.customers.c.name == "李娜")
            .values(merged_into="p1")
        )
    assert counts(imported(seat, "姓名,电话\n李娜,13900139000\n")) == (1, 0, 0, 0)


def test_a_dry_run_shows_what_would_become_of_the_rows_and_takes_none(centre: Centre) -> None:
    seat = seat_of(centre)
    content = (
        "姓名,电话,证件号\n张伟,13800138000,\n李娜,13900139000,330102199003078888\n"
        "李娜,13900139000,\n,,\n无号,x,\n"
    )
    job = imported(seat, content, dry_run=True)
    assert (job["state"], counts(job)) == ("done", (1, 2, 0, 1))
    preview = job["report"]["preview"]
    assert [(each["row"], each["outcome"]) for each in preview] == [
        (2, "updated"), (3, "created"), (4, "updated"),
    ]  # fmt: skip
    assert preview[1]["values"]["id_number"] == "3301**********8888"
    assert "330102199003078888" not in str(job)
    with centre.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.customers)).scalar() == 1
    assert len(faults(seat, job)) == 1
    assert counts(imported(seat, content)) == (1, 2, 0, 1)


@pytest.mark.parametrize("codec", ["gb18030", "utf-16", "utf-8-sig"])
def test_the_encoding_is_found_out(centre: Centre, codec: str) -> None:
    job = imported(seat_of(centre), "姓名;电话\n欧阳娜娜;13900139000\n".encode(codec))
    assert counts(job) == (1, 0, 0, 0)
    assert customer(centre, "欧阳娜娜")["numbers"] == ["+8613900139000"]
    names = {"gb18030": "GB18030", "utf-16": "UTF-16", "utf-8-sig": "UTF-8"}
    assert job["report"]["encoding"] == names[codec]


def test_a_workbook_is_taken_over_and_its_formulas_are_not(centre: Centre) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["姓名", "手机", "证件号", "欠费"])
    sheet.append(["李娜", 13900139000, "330102199003078888", 12.5])
    sheet.append(["王芳", "13900139001", None, "=1+1"])
    sheet.append(["赵六", None, 330102199003078888, None])
    content = io.BytesIO()
    book.save(content)
    seat = seat_of(centre)
    job = imported(seat, content.getvalue(), format="xlsx")
    assert (counts(job), job["report"]["encoding"]) == ((1, 0, 0, 2), "XLSX")
    got = customer(centre, "李娜")
    assert (got["arrears_cents"], got["numbers"]) == (1_250, ["+8613900139000"])
    first, second = faults(seat, job)
    assert first.startswith("3,欠费,The cell is a formula")
    assert second.startswith("4,证件号,The cell was rounded")


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("", {}, "The file is empty."),
        ("13800138000,x\n", {}, "The first row must name the columns"),
        ("姓名,name\na,b\n", {}, "Two columns of the file are 姓名 (name)."),
        ("姓名\n李娜\n\"open\n", {}, "From row 3 on the file is not CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r\xff", {}, "save it as UTF-8"),
        ("姓名\n李娜\n", {"format": "xlsx"}, "not an XLSX workbook"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_to_its_end_changes_nothing(
    centre: Centre, content: str | bytes, options: dict[str, str], said: str
) -> None:
    job = imported(seat_of(centre), content, **options)
    assert job["state"] == "failed"
    assert said in job["report"]["reason"]
    with centre.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.customers)).scalar() == 1


def test_what_is_asked_for_must_be_possible(centre: Centre, settings: Settings) -> None:
    seat = seat_of(centre)
    for options in (
        {"format": "pdf"}, {"table": "agents"}, {"duplicates": "double"}, {"dry_run": "maybe"},
        {"file_name": "x" * 201},
    ):  # fmt: skip
        assert send(seat, "姓名\n", **options).status_code == 400, options
    assert seat.post("/imports", {}).status_code == 400
    for path in ("/imports/none", "/imports/none/report", "/imports/%00"):
        assert seat.get(path).status_code == 404
    assert seat.post("/imports/none/cancel", {}).status_code == 404
    assert not (settings.data_dir / "imports").exists()


def test_agents_may_not_import(centre: Centre) -> None:
    assert send(centre.seat(), "姓名\n").status_code == 403
    assert send(Seat(centre.url), "姓名\n").status_code == 401


def test_only_the_importers_see_the_report_of_another(centre: Centre, tmp_path: Path) -> None:
    job = imported(seat_of(centre), "姓名\n,\n")
    assert centre.seat().get(f"/imports/{job['id']}").status_code == 403
    assert centre.seat().get(f"/imports/{job['id']}/report").status_code == 403
