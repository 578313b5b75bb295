"""The audit: every act is in it, no value is, and nothing that is in it goes away."""

from __future__ import annotations

import pytest
from sqlalchemy import Executable, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from server.audit import Audited, read_audit, record
from server.database import Database
from server.tables import audit_log
from server.tokens import Identity
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, save

WHO = Identity("a1", "s1", "agent", 0)


def put(database: Database, *records: str) -> None:
    for name in records:
        with database.write() as transaction:
            record(
                transaction, identity=WHO, action=Audited.SEE, table="customers", record=name,
                detail={"field": "notes"},
            )  # fmt: skip


def entries(centre: Centre, **conditions: object) -> list[dict[str, object]]:
    answer = centre.seat("a3", "quality").get("/audit", **conditions)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, object]] = answer.json()["rows"]
    return rows


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_no_entry_can_be_changed_or_removed(database: Database) -> None:
    put(database, "p1")
    with database.read() as connection:
        kept = connection.execute(select(audit_log)).one()
    acts: list[Executable] = [
        update(audit_log).values(agent_id="a2"),
        delete(audit_log),
        text(
            "INSERT OR REPLACE INTO audit_log SELECT id, at, 'a2', session_id, action, table_name, "
            "record, detail FROM audit_log"
            if database.dialect == "sqlite"
            else "TRUNCATE audit_log"
        ),
        text(
            "REPLACE INTO audit_log SELECT * FROM audit_log"
            if database.dialect == "sqlite"
            else "INSERT INTO audit_log SELECT * FROM audit_log "
            "ON CONFLICT (id) DO UPDATE SET agent_id = 'a2'"
        ),
    ]
    for act in acts:
        with pytest.raises(DBAPIError, match="only ever added to"), database.write() as transaction:
            transaction.connection.execute(act)
    with database.read() as connection:
        assert connection.execute(select(audit_log)).one() == kept


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_an_act_that_is_undone_leaves_no_entry(database: Database) -> None:
    def act() -> None:
        with database.write() as transaction:
            record(transaction, identity=WHO, action=Audited.CHANGE, table="customers", record="p1")
            transaction.connection.execute(insert(audit_log).values(id=None))

    with pytest.raises(IntegrityError):
        act()
    with database.read() as connection:
        assert connection.execute(select(audit_log)).all() == []


def test_an_action_that_is_not_known_is_a_bug(database: Database) -> None:
    with pytest.raises(ValueError, match="peek"), database.write() as transaction:
        record(transaction, identity=WHO, action="peek")


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_entries_come_newest_first_a_page_at_a_time(database: Database) -> None:
    put(database, "p1", "p2", "p3", "p4", "p5")
    seen: list[object] = []
    before, pages = "", 0
    with database.read() as connection:
        while pages == 0 or before:
            page = read_audit(connection, before=before, limit=2)
            rows = page["rows"]
            assert isinstance(rows, list)
            seen += [row["record"] for row in rows]
            before, pages = str(page["next"]), pages + 1
    assert sorted(map(str, seen)) == ["p1", "p2", "p3", "p4", "p5"]
    assert pages == 3
    with database.read() as connection:
        times = connection.execute(select(audit_log.c.at).order_by(audit_log.c.id)).scalars().all()
    assert [moment[:23] for moment in times] == sorted(moment[:23] for moment in times)


def test_what_an_operation_changed_is_written_down_once_and_without_its_words(
    centre: Centre,
) -> None:
    operation = save("i1", payload_question="税号丢了怎么办", payload_id="i1")
    seat = centre.seat()
    assert [seat.send(operation)[0]["outcome"] for _ in range(2)] == ["applied", "already-applied"]
    found = entries(centre, table="interactions", record="i1")
    changes = [entry for entry in found if entry["action"] == "change"]
    assert len(changes) == 1
    detail = changes[0].pop("detail")
    assert isinstance(detail, dict)
    assert (detail["operation"], detail["kind"]) == (operation["id"], "interaction.save")
    assert "question" in detail["fields"]
    assert changes[0]["agent_id"] == "a1"
    assert changes[0]["agent_name"] == "名字1001"
    with centre.database.read() as connection:
        assert "税号" not in str(connection.execute(select(audit_log)).all())


def test_reading_the_audit_is_itself_in_it(centre: Centre) -> None:
    entries(centre, record="p9", table="customers")
    found = entries(centre, agent_id="a3")
    assert [entry["action"] for entry in found] == ["read-audit", "read-audit"]
    assert (found[1]["table"], found[1]["record"]) == ("customers", "p9")


def test_odd_conditions_are_answered_in_words(centre: Centre) -> None:
    seat = centre.seat("a3", "quality")
    for condition in ({"limit": 0}, {"limit": "x"}, {"record": "a\0b"}, {"agent_id": "x" * 9999}):
        assert seat.get("/audit", **condition).status_code == 400


def test_who_was_shown_a_customer_or_an_interaction_is_written_down(centre: Centre) -> None:
    seat = centre.seat()
    seat.send(save("i1", payload_id="i1"))
    for path in ("/customers/p1", "/customers/p1/history", "/customers?q=张伟",
                 "/interactions/i1", "/interactions?number=%2B8613800138000"):  # fmt: skip
        assert seat.get(path).status_code == 200, path
    for path in ("/customers/p9", "/interactions/i9", "/customers?q=nobody"):
        seat.get(path)
    with centre.database.read() as connection:
        found = connection.execute(
            select(audit_log).where(audit_log.c.action == "see").order_by(audit_log.c.id)
        ).all()
    assert [(row.agent_id, row.table_name, row.record, row.detail) for row in found] == [
        ("a1", "customers", "p1", '{"by":"card"}'),
        ("a1", "customers", "p1", '{"by":"history"}'),
        ("a1", "customers", "p1", '{"by":"search"}'),
        ("a1", "interactions", "i1", '{"by":"card"}'),
        ("a1", "interactions", "i1", '{"by":"list"}'),
    ]


def test_who_may_not_see_leaves_no_mark_of_having_seen(centre: Centre) -> None:
    assert centre.seat("a2", "administrator").get("/customers/p1").status_code == 403
    found = entries(centre, record="p1", table="customers")
    assert [entry["action"] for entry in found] == ["read-audit"]
