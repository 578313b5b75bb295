"""A citizen stays when the agent has hung up, presses a key, and the server has the grade."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from installer.exchange.plan import Grading, Plan
from server.app import open_database
from server.database import Database
from server.service_tokens import EXCHANGE, make_token
from server.tables import grades
from tests.exchange.asterisk import LIMIT_S, Exchange
from tests.exchange.asterisk import exchange as running_exchange
from tests.exchange.baresip import Baresip, citizen, colleague
from tests.server.running import Clock, running, settings_for

pytestmark = pytest.mark.processes


@contextmanager
def graded(folder: Path) -> Iterator[tuple[Exchange, Database]]:
    """A centre and its exchange, which asks the callers of one queue."""
    settings = settings_for(folder)
    database = open_database(settings)
    with database.write() as transaction:
        token = make_token(transaction, EXCHANGE, now=0)
    with running(settings, database, clock=Clock(time.time())) as centre:

        def asks(plan: Plan) -> Plan:
            return replace(plan, grading=Grading(("7003",), centre.url, token))

        with running_exchange(asks) as exchange:
            yield exchange, database
    database.close()


def kept(database: Database) -> list[tuple[str, int]]:
    with database.read() as connection:
        return [(row.id, row.digit) for row in connection.execute(select(grades))]


def await_kept(database: Database, count: int) -> list[tuple[str, int]]:
    limit = time.monotonic() + LIMIT_S
    while len(found := kept(database)) < count:
        assert time.monotonic() < limit, "no grade arrived"
        time.sleep(0.05)
    return found


def press_when_asked(exchange: Exchange, caller: Baresip, keys: str) -> None:
    """The agent has hung up, and the citizen hears the question."""
    exchange.await_console("core show channels concise", lambda said: "!grading!" in said)
    caller.press(keys)
    caller.wait("CALL_CLOSED")


def test_what_a_citizen_presses_after_the_call_is_kept_by_the_server(tmp_path: Path) -> None:
    with graded(tmp_path) as (exchange, database):
        first, second = exchange.agent(), exchange.agent()
        with (
            colleague(tmp_path / "first", exchange, first, auto=True) as desk,
            colleague(tmp_path / "second", exchange, second, auto=True) as other,
            exchange.serving("7003", first),
            citizen(tmp_path / "citizen", exchange) as caller,
        ):
            caller.call(exchange.uri("12366"))
            caller.press("3")
            desk.wait("CALL_ESTABLISHED")
            exchange.await_talking(first)
            desk.hang_up()
            press_when_asked(exchange, caller, "92")  # 9 is not on the scale: asked again
            [(call_id, digit)] = await_kept(database, 1)
            assert (call_id.startswith("zuoxi"), digit) == (True, 2)

            caller.call(exchange.uri("12366"))
            caller.press("3")
            desk.wait("CALL_ESTABLISHED")
            exchange.await_talking(first)
            desk.transfer(exchange.uri(second.user))
            other.wait("CALL_ESTABLISHED")
            exchange.await_talking(second)
            other.hang_up()
            press_when_asked(exchange, caller, "1")
            assert [digit for _, digit in await_kept(database, 2)] == [2, 1]
            assert not [line for line in exchange.complaints() if "rade" in line]
