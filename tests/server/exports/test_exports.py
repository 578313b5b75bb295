"""What leaves a centre as a file: masked, harmless in a spreadsheet, and written down."""

from __future__ import annotations

import csv
import io
import os
import time
from typing import Any

import openpyxl
import orjson
import pytest
from sqlalchemy import func, insert, select

from server import tables
from server.exports import job as exporting
from server.exports.files import SHEET_ROWS_MAX
from server.settings import Settings
from tests.server.conftest import ON_BOTH
from tests.server.imports.sending import counts, finished, imported
from tests.server.running import Centre, Seat, save

SECRET = "330102199003078888"


def export(seat: Seat, table: str = "customers", **options: object) -> dict[str, Any]:
    answer = seat.post("/exports", {"table": table, "format": "csv", **options})
    assert answer.status_code == 202, answer.text
    return finished(seat, "exports", answer.json()["id"])


def lines(seat: Seat, job: dict[str, Any]) -> list[list[str]]:
    assert job["state"] == "done", job
    answer = seat.get(f"/exports/{job['id']}/file")
    assert answer.content.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def put_odd_customer(centre: Centre) -> None:
    items = [{"id": "card", "name": "银行卡", "kind": "text", "sensitive": True}]
    with centre.database.write() as transaction:
        transaction.connection.execute(
            insert(tables.centre_settings).values(
                id="customer-fields", version=1, value=orjson.dumps({"items": items}).decode()
            )
        )
    seat = centre.seat("a3", "supervisor")
    job = imported(
        seat,
        "姓名,电话,证件号,备注,欠费,银行卡\n"
        f'"=HYPERLINK(""http://x"")",13900139000;110,{SECRET},"两\n行",12.05,6222020200112233\n',
    )
    assert counts(job) == (1, 0, 0, 0)


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_customers_leave_masked_and_guarded_and_can_come_back(
    centre: Centre, settings: Settings
) -> None:
    put_odd_customer(centre)
    seat = centre.seat("a3", "supervisor")
    job = export(seat)
    assert (job["rows_done"], job["rows_total"], job["file_name"]) == (2, 2, "customers.csv")
    header, *rows = lines(seat, job)
    odd = next(dict(zip(header, row, strict=True)) for row in rows if "HYPERLINK" in row[0])
    assert odd["姓名"] == '\'=HYPERLINK("http://x")'
    assert odd["电话"] == "'+8613900139000; 110"
    assert (odd["证件号"], odd["银行卡"]) == ("3301**********8888", "6222********2233")
    assert (odd["欠费"], odd["备注"], odd["类型"]) == ("12.05", "两\n行", "个人")
    content = seat.get(f"/exports/{job['id']}/file").content
    again = imported(seat, content)
    assert counts(again) == (0, 2, 0, 0), again
    assert [row[:10] for row in lines(seat, export(seat))] == [row[:10] for row in (header, *rows)]
    with centre.database.read() as connection:
        query = select(tables.customers.c.id_secret).where(tables.customers.c.id_secret != "")
        assert connection.execute(query).scalars().all() == [SECRET]
    if os.name == "posix":
        for path in (settings.data_dir / "exports").iterdir():
            assert path.stat().st_mode & 0o077 == 0


def test_a_workbook_holds_text_and_no_formula(centre: Centre) -> None:
    put_odd_customer(centre)
    seat = centre.seat("a3", "supervisor")
    job = export(seat, format="xlsx", language="en")
    content = seat.get(f"/exports/{job['id']}/file").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]][:3] == ["name", "kind", "phone"]
    odd = next(row for row in rows if "HYPERLINK" in str(row[0].value))
    assert (odd[0].value, odd[0].data_type) == ('=HYPERLINK("http://x")', "s")
    assert odd[2].value == "+8613900139000; 110"
    assert counts(imported(seat, content, format="xlsx")) == (0, 2, 0, 0)


def test_interactions_leave_for_a_span_of_time_with_callers_hidden_from_an_analyst(
    centre: Centre,
) -> None:
    agent = centre.seat()
    for record, day, question in (("i1", "03", "早"), ("i2", "04", "@SUM(A1)"), ("i3", "05", "晚")):
        agent.send(
            save(record, payload_started_at=f"2026-05-{day}T01:00:00Z", payload_question=question,
                 payload_caller_name="张伟", payload_customer_name="张伟宏",
                 payload_basis="据", payload_category_id="c1")
        )  # fmt: skip
    span = {"since": "2026-05-04T00:00:00Z", "until": "2026-05-05T00:00:00Z"}
    for role, number, caller in (
        ("supervisor", "'+8613800138000", "张伟"), ("analyst", "'+861380013****", "张**"),
    ):  # fmt: skip
        seat = centre.seat("a3", role)
        header, *rows = lines(seat, export(seat, "interactions", **span))
        (only,) = (dict(zip(header, row, strict=True)) for row in rows)
        assert (only["号码"], only["来电人"]) == (number, caller)
        assert (only["登记姓名"][:2], only["依据"]) == ((caller + "宏")[:2], "据")
        assert (only["问题"], only["业务分类"], only["坐席"]) == ("'@SUM(A1)", "增值税", "名字1001")


def test_each_export_and_each_fetching_is_written_down(centre: Centre) -> None:
    seat = centre.seat("a3", "supervisor")
    job = export(seat)
    lines(seat, job)
    audit = tables.audit_log
    with centre.database.read() as connection:
        entries = connection.execute(
            select(audit.c.agent_id, audit.c.table_name, audit.c.record, audit.c.detail)
            .where(audit.c.action == "export")
            .order_by(audit.c.id)
        ).all()
    assert [tuple(row) for row in entries] == [
        ("a3", "customers", job["id"], '{"format":"csv"}'),
        ("a3", "customers", job["id"], '{"fetched":true}'),
    ]


def test_nobody_gets_what_the_role_may_not_or_another_asked_for(centre: Centre) -> None:
    analyst = centre.seat("a1", "analyst")
    refused = analyst.post("/exports", {"table": "customers", "format": "csv"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not-allowed")
    job = export(centre.seat("a3", "supervisor"))
    for path in ("", "/file"):
        assert analyst.get(f"/exports/{job['id']}{path}").status_code == 404
    assert analyst.post(f"/exports/{job['id']}/cancel", {}).status_code == 404
    once_supervisor = centre.seat("a3", "analyst")
    assert once_supervisor.get(f"/exports/{job['id']}/file").status_code == 403
    assert centre.seat().post("/exports", {"table": "interactions"}).status_code == 403


def test_what_cannot_be_exported_is_said(centre: Centre) -> None:
    seat = centre.seat("a3", "supervisor")
    good: dict[str, object] = {"table": "customers", "format": "csv"}
    for wrong in (
        {"table": "agents"}, {"table": None}, {"format": "pdf"}, {"language": "fr"},
        {"since": "yesterday"}, {"until": 5}, {"where": "1=1"},
    ):  # fmt: skip
        assert seat.post("/exports", {**good, **wrong}).status_code == 400, wrong
    assert seat.get("/exports/none").status_code == 404
    assert seat.get("/exports/none/file").status_code == 404


def test_an_import_is_no_export(centre: Centre) -> None:
    seat = centre.seat("a3", "supervisor")
    job = imported(seat, "姓名\n李娜\n")
    assert seat.get(f"/exports/{job['id']}").status_code == 404


def test_a_file_is_removed_when_its_time_is_over(centre: Centre, settings: Settings) -> None:
    seat = centre.seat("a3", "supervisor")
    old, new = export(seat), export(seat)
    path = settings.data_dir / "exports" / f"{old['id']}.csv"
    then = time.time() - settings.exports_kept_s - 1
    os.utime(path, (then, then))
    centre.services.jobs.tidy()
    assert seat.get(f"/exports/{old['id']}/file").status_code == 404
    assert lines(seat, new)


def test_more_rows_than_a_sheet_holds_are_refused_in_words(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(exporting, "count_rows", lambda *_: SHEET_ROWS_MAX)
    seat = centre.seat("a3", "supervisor")
    job = export(seat, format="xlsx")
    assert job["state"] == "failed"
    assert "more than a sheet can hold" in job["report"]["reason"]
    assert seat.get(f"/exports/{job['id']}/file").status_code == 404
    assert list((settings.data_dir / "exports").iterdir()) == []


def test_a_disk_that_takes_no_file_is_said(centre: Centre, settings: Settings) -> None:
    (settings.data_dir / "exports").write_text("in the way", encoding="utf-8")
    job = export(centre.seat("a3", "supervisor"))
    assert job["state"] == "failed"
    assert job["report"]["reason"].startswith("The file cannot be written")
    with centre.database.read() as connection:
        query = select(func.count()).where(tables.audit_log.c.action == "export")
        assert connection.execute(query).scalar_one() == 0
