"""What must hold when everything is delivered: the sentences that the model is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Row, select

from agent_app.store import tables as seat_tables
from server import tables
from server.database import Database
from sync.wire import TABLES
from tests.shift_model.ledger import Act, Ledger
from tests.shift_model.seat import Seat


def applied_acts(database: Database) -> dict[str, Row[Any]]:
    with database.read() as connection:
        rows = connection.execute(select(tables.applied_operations)).all()
    return {row.id: row for row in rows}


async def check_nothing_lost(ledger: Ledger, database: Database, seats: Sequence[Seat]) -> None:
    """Each act is applied or is shown to its agent with her words, to be decided or as a note of
    hers that went along with what it stood on; each draft is still open."""
    applied = applied_acts(database)
    kept: dict[str, Row[Any]] = {}
    for seat in seats:
        notes = await seat.store.outbox._rows(select(seat_tables.decided))
        rows = await seat.store.outbox._rows(select(seat_tables.outbox))
        kept |= {row.id: row for row in [*notes, *rows]}
        held_up = {row.record for row in rows if row.state != "waiting"}
        for row in rows:
            waits_rightly = row.record in held_up or row.after in held_up
            assert row.state != "waiting" or waits_rightly, f"{row.id} was not delivered"
        drafts = {d.interaction_id: d.question for d in await seat.store.drafts.open()}
        typed = {name: text for name, (of, text) in ledger.drafts.items() if of == seat.name}
        assert drafts == typed
        for row in rows:
            allowed = ledger.acts[row.id].refusable or row.record in ledger.given_up
            assert row.state != "rejected" or allowed, f"{row.id}: {row.detail}"
    assert set(applied) <= set(ledger.acts) | ledger.retired, (
        "something was applied that nobody did"
    )
    for act in ledger.acts.values():
        assert act.operation_id in applied or act.operation_id in kept, f"{act} is lost"
        if act.operation_id in kept:
            payload = orjson.loads(kept[act.operation_id].payload)
            assert {name: payload[name] for name in act.words} == act.words


def check_applied_once(ledger: Ledger, database: Database) -> None:
    """Each row is what its acts made of it one after the other, and each act counted once."""
    by_record: dict[tuple[str, str], list[tuple[int, Act]]] = {}
    for name, row in applied_acts(database).items():
        if name in ledger.retired:
            continue  # a late copy of it came when its words stood there already
        act = ledger.acts[name]
        by_record.setdefault((act.table, act.record), []).append((row.version, act))
    with database.read() as connection:
        log = Counter(
            (row.table_name, row.row_id) for row in connection.execute(select(tables.change_log))
        )
        for (table, record), acts in by_record.items():
            of = tables.REPLICATED[table]
            row = connection.execute(select(of).where(of.c.id == record)).one()
            written = _replayed(acts)
            assert {name: row._mapping[name] for name in written} == written
            if table == "customers":
                continue  # the centre changes them, too
            made = {version for version, _ in acts}
            assert made == set(range(1, row.version + 1)), "a version that no act made"
            assert log[table, record] == row.version, "entered in the feed more or less than once"


def _replayed(acts: Sequence[tuple[int, Act]]) -> dict[str, str]:
    """The fields after ``acts``; nobody's words were replaced by one who had not seen them."""
    written: dict[str, str] = {}
    since: dict[str, tuple[int, str]] = {}
    for version, act in sorted(acts, key=lambda one: one[0]):
        for name, words in act.words.items():
            if written.get(name) != words:
                last, by = since.get(name, (0, act.seat))
                seen = last <= act.base or by == act.seat
                assert seen, f"{act} overwrote what she had not seen"
                written[name], since[name] = words, (version, act.seat)
    return written


def check_feed(database: Database) -> None:
    """Without gaps, and as long as the counter says."""
    with database.read() as connection:
        sequences = list(
            connection.execute(
                select(tables.change_log.c.sequence).order_by(tables.change_log.c.sequence)
            ).scalars()
        )
        counter = connection.execute(select(tables.change_counter.c.sequence)).scalar_one()
    assert sequences == list(range(1, counter + 1))


def check_equal(database: Database, seats: Sequence[Seat]) -> None:
    """Every replicated row of the server is on every seat, the same to the last column."""
    for table, columns in TABLES.items():
        theirs = _rows_of_server(database, table, columns)
        for seat in seats:
            assert _rows_of_seat(seat, table, columns) == theirs, f"{table} of {seat.name}"


def _rows_of_server(database: Database, table: str, columns: Sequence[str]) -> set[Any]:
    of = tables.REPLICATED[table]
    with database.read() as connection:
        rows = connection.execute(select(*(of.c[name] for name in columns))).all()
    return {tuple(row) for row in rows}


def _rows_of_seat(seat: Seat, table: str, columns: Sequence[str]) -> set[Any]:
    of = seat_tables.CACHE.tables[table]
    with seat.store.replica._cache.reading() as connection:
        rows = connection.execute(select(*(of.c[name] for name in columns))).all()
    return {tuple(row) for row in rows}
