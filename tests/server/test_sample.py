"""The sample centre: the same for the same seed, and like a tax line."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import orjson
import phonenumbers
import pytest
from sqlalchemy import select

from server import tables
from server.app import open_database
from server.attachments import files_of, kind_of, read_file
from server.changes import read_page
from server.commands.check import find_faults
from server.database import Database
from server.errors import StartError
from server.pinyin import spell
from server.sample import fill as filling
from server.sample import parts
from server.sample.fill import fill, fill_if_empty
from server.sample.parts import SampleSize
from server.sample.people import SHORT_CODES, People
from server.sample.source import Place, load_source, weighted
from server.settings import Settings
from tests.server.conftest import ON_BOTH

TODAY = date(2026, 11, 1)
SMALL = SampleSize(today=TODAY, customers=60)

Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def empty(directory: Path) -> Iterator[Database]:
    directory.mkdir(exist_ok=True)
    database = open_database(Settings(directory))
    yield database
    database.close()


def feed(database: Database) -> Iterator[bytes]:
    cursor = 0
    while True:
        with database.read() as connection:
            page = read_page(connection, after=cursor, limit=5_000)
        yield page.to_json()
        cursor = page.next_cursor
        if cursor == page.newest:
            return


def digest(database: Database, table: str = "") -> str:
    """Of everything a seat would get, or of one table."""
    found = hashlib.sha256()
    for page in feed(database):
        parts = orjson.loads(page)["tables"]
        found.update(orjson.dumps(parts.get(table) if table else parts))
    return found.hexdigest()


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Everything of the sample centre in its default size, read as a seat reads it."""
    found: Rows = defaultdict(list)
    with empty(tmp_path_factory.mktemp("sample")) as database:
        fill(database, SampleSize(today=TODAY))
        for page in feed(database):
            for name, part in orjson.loads(page)["tables"].items():
                found[name] += [dict(zip(part["columns"], r, strict=True)) for r in part["rows"]]
        with database.read() as connection:
            assert find_faults(connection, sqlite=True) == []
    return found


def test_the_same_seed_makes_the_same_centre(tmp_path: Path) -> None:
    digests = []
    for n, size in enumerate((SMALL, SMALL, replace(SMALL, seed=2))):
        with empty(tmp_path / str(n)) as database:
            fill(database, size)
            digests.append(digest(database))
    assert digests[0] == digests[1] != digests[2]


def test_the_people_do_not_depend_on_the_day(tmp_path: Path) -> None:
    customers, calls = set(), set()
    for n, today in enumerate((TODAY, TODAY - timedelta(days=100))):
        with empty(tmp_path / str(n)) as database:
            fill(database, replace(SMALL, today=today))
            customers.add(digest(database, "customers") + digest(database, "phones"))
            calls.add(digest(database, "interactions"))
    assert (len(customers), len(calls)) == (1, 2)


def test_the_default_centre_has_what_it_promises(rows: Rows) -> None:
    counts = {name: len(found) for name, found in rows.items()}
    assert (counts["customers"], counts["interactions"], counts["articles"]) == (2_000, 20_000, 80)
    assert counts["attachments"] == 2
    written_here = {"article_drafts", "gap_reports"}  # by its people, later
    assert set(counts) == set(tables.REPLICATED) - written_here
    for name, found in rows.items():
        assert len({row["id"] for row in found}) == counts[name], name


def test_two_articles_have_files_that_say_what_they_are(tmp_path: Path) -> None:
    with empty(tmp_path) as database:
        fill(database, SMALL)
        with database.read() as connection:
            for article, ending in (("K0004", ".txt"), ("K0009", ".csv")):
                [facts] = files_of(connection, article)
                file = read_file(connection, str(facts["id"]))
                assert file is not None
                assert file.name.endswith(ending)
                assert facts["media_type"] == kind_of(file.name, file.content)
                assert facts["digest"] == hashlib.sha256(file.content).hexdigest()
                assert "示例数据" in file.content.decode("utf-8-sig").splitlines()[-1]


def test_numbers_are_e164_or_short_codes(rows: Rows) -> None:
    numbers = [phone["number"] for phone in rows["phones"]]
    short = [number for number in numbers if not number.startswith("+")]
    assert sorted(short) == sorted(SHORT_CODES)
    for number in set(numbers) - set(short):
        parsed = phonenumbers.parse(number)
        assert phonenumbers.is_possible_number(parsed), number
        assert phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == number


def test_some_have_two_numbers_and_some_numbers_are_shared(rows: Rows) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for phone in rows["phones"]:
        owners[phone["number"]].add(phone["customer_id"])
    assert sum(len(found) > 1 for found in owners.values()) >= 10
    per_customer = Counter(phone["customer_id"] for phone in rows["phones"])
    assert set(per_customer.values()) == {1, 2}
    assert len(per_customer) == len(rows["customers"])


def test_the_known_customers_are_there_and_the_unknown_numbers_unknown(rows: Rows) -> None:
    source = load_source()
    fixed = {entry["id"]: entry for entry in source.fixed}
    customers = {row["id"]: row for row in rows["customers"]}
    numbers = defaultdict(list)
    for phone in rows["phones"]:
        numbers[phone["customer_id"]].append(phone["number"])
    for name, entry in fixed.items():
        assert customers[name]["name"] == entry["name"]
        assert sorted(numbers[name]) == sorted(entry["numbers"])
        calls = [row for row in rows["interactions"] if row["customer_id"] == name]
        assert len(calls) == len(entry["history"])
    mine = {number for entry in fixed.values() for number in entry["numbers"]}
    for phone in rows["phones"]:
        if phone["number"] in source.taken_numbers:
            assert phone["number"] in mine
            assert phone["customer_id"] in fixed


def test_a_reserved_number_is_never_drawn() -> None:
    tight = replace(
        load_source(),
        mobiles=("+8616#",),
        places=weighted([Place("市", ("区",), "+867#")], [1]),
        taken_numbers=frozenset(f"+8616{n}" for n in range(9)) | {f"+867{n}" for n in range(9)},
    )
    drawn = {n for person in People(tight, Random(1)).make(200) for n in person.numbers}
    assert drawn == {"+86169", "+8679", *SHORT_CODES}


def test_calls_are_of_the_last_two_years_and_make_sense(rows: Rows) -> None:
    articles = {row["id"]: row for row in rows["articles"]}
    categories = {row["id"] for row in rows["categories"]}
    customers = {row["id"] for row in rows["customers"]}
    for call in rows["interactions"]:
        started = datetime.fromisoformat(call["started_at"])
        assert TODAY - timedelta(days=731) <= started.date() < TODAY
        assert call["ended_at"] >= (call["answered_at"] or call["started_at"])
        assert call["customer_id"] is None or call["customer_id"] in customers
        assert (call["category_id"] in categories) == (call["answered_at"] is not None)
        assert "{" not in call["question"]
        for quote in call["quotes"]:
            article = articles[quote["article_id"]]
            assert (quote["version"], quote["title"]) == (article["version"], article["title"])
    assert {call["direction"] for call in rows["interactions"]} == {"incoming", "outgoing"}
    busiest = Counter(call["customer_id"] for call in rows["interactions"] if call["customer_id"])
    assert busiest.most_common(1)[0][1] > 25


def test_callers_grade_some_of_the_calls_that_the_agent_ended(rows: Rows) -> None:
    calls = {call["exchange_call_id"]: call for call in rows["interactions"]}
    for grade in rows["grades"]:
        call = calls[grade["id"]]
        assert (call["direction"], call["end_reason"]) == ("incoming", "agent-hung-up")
        assert grade["at"] == call["ended_at"]
    digits = Counter(grade["digit"] for grade in rows["grades"])
    assert set(digits) == {1, 2, 3, 0}
    assert digits[1] > 0.7 * len(rows["grades"]) > 2_000


def test_articles_carry_their_pinyin(rows: Rows) -> None:
    assert all(row["pinyin"] and row["initials"] and row["sample"] for row in rows["articles"])
    assert spell("个人所得税") == ("ge ren suo de shui", "grsds")
    assert spell("2022年度APP（绿色）") == ("2022 nian du app lv se", "2022ndappls")
    assert spell("……") == ("", "")


@pytest.mark.parametrize("customers", [0, 1, 9, 10, 11])
def test_even_the_smallest_centres_are_made(tmp_path: Path, customers: int) -> None:
    with empty(tmp_path) as database:
        fill(database, replace(SMALL, customers=customers, interactions_per_customer=1))
        with database.read() as connection:
            found = connection.execute(select(tables.customers.c.id)).all()
            assert len(found) == customers
            assert find_faults(connection, sqlite=True) == []


def test_a_centre_is_not_filled_twice(tmp_path: Path) -> None:
    with empty(tmp_path) as database:
        assert fill_if_empty(database, SMALL) > 0
        before = digest(database)
        assert fill_if_empty(database, replace(SMALL, seed=9)) == 0
        assert digest(database) == before


def test_a_small_centre_is_there_in_full_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with empty(tmp_path) as database:
        with monkeypatch.context() as patch:
            patch.setattr(parts, "customer_parts", fail)
            with pytest.raises(KeyboardInterrupt):
                fill(database, SMALL)
        assert fill_if_empty(database, SMALL) > 0


def test_a_large_centre_that_was_interrupted_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "COMMIT_ROWS", 50)
    with empty(tmp_path) as database:
        with monkeypatch.context() as patch:
            patch.setattr(parts, "customer_parts", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                fill(database, SMALL)
        with pytest.raises(StartError, match="was not finished"):
            fill_if_empty(database, SMALL)


def test_too_large_a_centre_is_refused(tmp_path: Path) -> None:
    with empty(tmp_path) as database, pytest.raises(StartError, match="at most 1000000"):
        fill(database, replace(SMALL, customers=1_000_001))


@pytest.mark.parametrize("settings", ON_BOTH[1:], indirect=True)
def test_postgresql_gets_the_same_centre(settings: Settings, tmp_path: Path) -> None:
    with empty(tmp_path / "other") as database:
        fill(database, SMALL)
        expected = digest(database)
    database = open_database(settings)
    with database.write() as transaction:
        for table in reversed(tables.metadata.sorted_tables):
            if table.name not in ("change_counter", "audit_log", "article_versions"):
                transaction.connection.execute(table.delete())
        transaction.connection.execute(tables.change_counter.update().values(sequence=0))
    fill(database, SMALL)
    found = digest(database)
    database.close()
    assert found == expected
